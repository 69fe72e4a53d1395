package dev.daypass.sidecar.address;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Addresses to listen at.
public final class Addresses {
  private static final Pattern FORM = Pattern.compile("(?:\\[([^\\]]+)\\]|([^:]+)):([0-9]{1,5})");
  private static final int LAST_PORT = 65_535;

  private Addresses() {}

  /// `127.0.0.1:9911`, `[::1]:9911`, `localhost:0`; fails with [IllegalArgumentException]. No other
  /// name is looked up.
  public static InetSocketAddress parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches() || Integer.parseInt(parts.group(3)) > LAST_PORT) {
      throw new IllegalArgumentException(
          "`%s` is no address such as 127.0.0.1:9911".formatted(text));
    }
    String host = parts.group(1) == null ? parts.group(2) : parts.group(1);
    try {
      InetAddress address =
          host.equals("localhost")
              ? InetAddress.ofLiteral("127.0.0.1")
              : InetAddress.ofLiteral(host);
      return new InetSocketAddress(address, Integer.parseInt(parts.group(3)));
    } catch (IllegalArgumentException _) {
      throw new IllegalArgumentException(
          "`%s` is no address such as 127.0.0.1:9911".formatted(text));
    }
  }

  /// As it stands in a URL (RFC 3986 §3.2.2): `127.0.0.1:9911`, `[::1]:9911`.
  public static String format(InetSocketAddress address) {
    return literal(address.getAddress()) + ":" + address.getPort();
  }

  /// An address as it stands in a URL; of IPv6 the short form (RFC 5952).
  public static String literal(InetAddress address) {
    String text = address.getHostAddress();
    return address instanceof Inet6Address
        ? "[" + text.replaceFirst("%.*", "").replaceFirst("(^|:)0(:0)+(:|$)", "::") + "]"
        : text;
  }
}
