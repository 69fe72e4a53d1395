package dev.daypass.broker.webidentity;

import dev.daypass.policy.AddressRange;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/// Which addresses are of the public internet. Whoever chooses an issuer's name chooses its
/// addresses, and must not make the broker call what only the broker can reach.
///
/// @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IANA's special
///   addresses</a>
final class PublicAddresses {
  private static final List<AddressRange> SPECIAL_V4 =
      ranges(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "192.168.0.0/16",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/3");

  /// What is routed on the public internet, less what carries IPv4 addresses (6to4, Teredo) or is
  /// special within.
  private static final AddressRange GLOBAL_V6 = AddressRange.parse("2000::/3");

  private static final List<AddressRange> SPECIAL_V6 =
      ranges("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

  private PublicAddresses() {}

  private static List<AddressRange> ranges(String... texts) {
    return Stream.of(texts).map(AddressRange::parse).toList();
  }

  static boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    return address instanceof Inet6Address
        ? GLOBAL_V6.contains(bytes) && none(SPECIAL_V6, bytes)
        : none(SPECIAL_V4, bytes);
  }

  private static boolean none(List<AddressRange> ranges, byte[] address) {
    return ranges.stream().noneMatch(range -> range.contains(address));
  }
}
