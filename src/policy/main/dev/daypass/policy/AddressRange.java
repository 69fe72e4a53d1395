package dev.daypass.policy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.regex.Pattern;

/// A range of IP addresses in CIDR notation (RFC 4632). No name is ever looked up.
///
/// @param bits how many leading bits are fixed
record AddressRange(byte[] address, int bits) {
  private static final Pattern V4 =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
  private static final Pattern V6_GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");
  private static final int V4_BYTES = 4;
  private static final int V6_BYTES = 16;
  private static final int V6_GROUPS = 8;
  private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

  static AddressRange parse(String text) {
    int slash = text.indexOf('/');
    byte[] address = address(slash < 0 ? text : text.substring(0, slash));
    int width = address.length * Byte.SIZE;
    int bits = slash < 0 ? width : prefix(text.substring(slash + 1), width);
    return new AddressRange(address, bits);
  }

  private static int prefix(String text, int width) {
    if (!text.matches("\\d{1,3}") || Integer.parseInt(text) > width) {
      throw new IllegalArgumentException("not a prefix length");
    }
    return Integer.parseInt(text);
  }

  boolean contains(byte[] other) {
    if (other.length != address.length) {
      return false;
    }
    int free = address.length * Byte.SIZE - bits;
    return new BigInteger(1, address)
        .shiftRight(free)
        .equals(new BigInteger(1, other).shiftRight(free));
  }

  /// Reads an IPv4 or IPv6 address (RFC 4291 §2.2); an IPv4 address written as IPv6 is IPv4.
  static byte[] address(String text) {
    if (V4.matcher(text).matches()) {
      return v4(text);
    }
    byte[] v6 = v6(text);
    return Arrays.equals(v6, 0, MAPPED.length, MAPPED, 0, MAPPED.length)
        ? Arrays.copyOfRange(v6, MAPPED.length, V6_BYTES)
        : v6;
  }

  private static byte[] v4(String text) {
    String[] parts = text.split("\\.");
    byte[] address = new byte[V4_BYTES];
    for (int i = 0; i < V4_BYTES; i++) {
      int part = Integer.parseInt(parts[i]);
      if (part > 255) {
        throw new IllegalArgumentException("not an IPv4 address");
      }
      address[i] = (byte) part;
    }
    return address;
  }

  private static byte[] v6(String text) {
    String[] halves = text.split("::", -1);
    if (halves.length > 2 || text.length() > 45) {
      throw new IllegalArgumentException("not an IPv6 address");
    }
    int[] head = groups(halves[0]);
    int[] tail = halves.length == 2 ? groups(halves[1]) : new int[0];
    int given = head.length + tail.length;
    if (halves.length == 2 ? given >= V6_GROUPS : given != V6_GROUPS) {
      throw new IllegalArgumentException("not an IPv6 address");
    }
    byte[] address = new byte[V6_BYTES];
    write(head, address, 0);
    write(tail, address, V6_GROUPS - tail.length);
    return address;
  }

  private static void write(int[] groups, byte[] address, int at) {
    for (int i = 0; i < groups.length; i++) {
      address[2 * (at + i)] = (byte) (groups[i] >> Byte.SIZE);
      address[2 * (at + i) + 1] = (byte) groups[i];
    }
  }

  private static int[] groups(String text) {
    if (text.isEmpty()) {
      return new int[0];
    }
    int colon = text.lastIndexOf(':') + 1;
    if (V4.matcher(text.substring(colon)).matches()) {
      byte[] v4 = v4(text.substring(colon));
      return groups(
          "%s%x:%x"
              .formatted(
                  text.substring(0, colon),
                  (v4[0] & 0xff) << Byte.SIZE | v4[1] & 0xff,
                  (v4[2] & 0xff) << Byte.SIZE | v4[3] & 0xff));
    }
    return Arrays.stream(text.split(":", -1)).mapToInt(AddressRange::group).toArray();
  }

  private static int group(String text) {
    if (!V6_GROUP.matcher(text).matches()) {
      throw new IllegalArgumentException("not an IPv6 address");
    }
    return Integer.parseInt(text, 16);
  }
}
