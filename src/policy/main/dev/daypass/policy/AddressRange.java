package dev.daypass.policy;

import java.util.Arrays;

/// A range of IP addresses in CIDR notation (RFC 4632). No name is ever looked up.
///
/// @param bits how many leading bits are fixed
public record AddressRange(byte[] address, int bits) {
  private static final int V4_BYTES = 4;
  private static final int V6_BYTES = 16;
  private static final int V6_GROUPS = 8;
  private static final int LONGEST = 45;
  private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

  /// Reads a range; fails with `IllegalArgumentException` where the text is none.
  public static AddressRange parse(String text) {
    int slash = text.indexOf('/');
    byte[] address = address(slash < 0 ? text : text.substring(0, slash));
    int width = address.length * Byte.SIZE;
    int bits = slash < 0 ? width : number(text, slash + 1, text.length(), 10, width);
    return new AddressRange(address, bits);
  }

  /// Whether this address, as its bytes, is in the range.
  public boolean contains(byte[] other) {
    if (other.length != address.length) {
      return false;
    }
    int whole = bits / Byte.SIZE;
    int rest = bits % Byte.SIZE;
    return Arrays.equals(address, 0, whole, other, 0, whole)
        && (rest == 0 || ((address[whole] ^ other[whole]) & 0xff) >> Byte.SIZE - rest == 0);
  }

  /// Reads an IPv4 or IPv6 address (RFC 4291 §2.2); an IPv4 address written as IPv6 is IPv4. Fails
  /// with `IllegalArgumentException` where the text is neither.
  public static byte[] address(String text) {
    if (text.length() > LONGEST) {
      throw notAnAddress();
    }
    if (text.indexOf(':') < 0) {
      byte[] address = new byte[V4_BYTES];
      v4(text, 0, address, 0);
      return address;
    }
    byte[] v6 = v6(text);
    return Arrays.equals(v6, 0, MAPPED.length, MAPPED, 0, MAPPED.length)
        ? Arrays.copyOfRange(v6, MAPPED.length, V6_BYTES)
        : v6;
  }

  /// Reads four numbers from `from` to the end of the text.
  private static void v4(String text, int from, byte[] address, int at) {
    int start = from;
    for (int i = 0; i < V4_BYTES; i++) {
      int end = i < V4_BYTES - 1 ? text.indexOf('.', start) : text.length();
      if (end < 0) {
        throw notAnAddress();
      }
      address[at + i] = (byte) number(text, start, end, 10, 255);
      start = end + 1;
    }
  }

  private static byte[] v6(String text) {
    int gap = text.indexOf("::");
    byte[] address = new byte[V6_BYTES];
    if (gap < 0) {
      if (groups(text, 0, text.length(), address) != V6_BYTES) {
        throw notAnAddress();
      }
      return address;
    }
    byte[] tail = new byte[V6_BYTES];
    int before = groups(text, 0, gap, address);
    int after = groups(text, gap + 2, text.length(), tail);
    if (before + after >= V6_BYTES) {
      throw notAnAddress();
    }
    System.arraycopy(tail, 0, address, V6_BYTES - after, after);
    return address;
  }

  /// Reads groups, the last of which can be an IPv4 address; returns how many bytes there are.
  private static int groups(String text, int from, int to, byte[] address) {
    int count = 0;
    int start = from;
    while (start < to || (start == to && start > from)) {
      int colon = text.indexOf(':', start);
      int end = colon < 0 || colon > to ? to : colon;
      boolean v4 = end == text.length() && text.indexOf('.', start) >= 0;
      if (count + (v4 ? V4_BYTES : 2) > V6_GROUPS * 2) {
        throw notAnAddress();
      }
      if (v4) {
        v4(text, start, address, count);
        return count + V4_BYTES;
      }
      int group = number(text, start, end, 16, 0xffff);
      address[count++] = (byte) (group >> Byte.SIZE);
      address[count++] = (byte) group;
      start = end + 1;
    }
    return count;
  }

  private static int number(String text, int from, int to, int radix, int most) {
    if (to <= from || to - from > (radix == 10 ? 3 : 4)) {
      throw notAnAddress();
    }
    int number = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      int digit = c < 128 ? Character.digit(c, radix) : -1;
      if (digit < 0) {
        throw notAnAddress();
      }
      number = number * radix + digit;
    }
    if (number > most) {
      throw notAnAddress();
    }
    return number;
  }

  private static IllegalArgumentException notAnAddress() {
    return new IllegalArgumentException("not an IP address");
  }
}
