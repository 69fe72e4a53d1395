package dev.daypass.policy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Values on every side of what a policy compares with.
final class Samples {
  private Samples() {}

  /// The shortest text that a pattern matches, with something in the place of each wildcard.
  static List<String> ofPattern(String pattern) {
    return List.of(
        pattern.replace("*", "").replace('?', 'x'), pattern.replace('*', 'x').replace('?', 'x'));
  }

  static List<String> aroundNumber(String text) {
    BigDecimal number = Values.number(text);
    return List.of(
        number.toPlainString(),
        number.subtract(BigDecimal.ONE).toPlainString(),
        number.add(BigDecimal.ONE).toPlainString());
  }

  static List<String> aroundDate(String text) {
    var date = Values.date(text);
    return List.of(
        date.toString(), date.minusSeconds(1).toString(), date.plusSeconds(1).toString());
  }

  /// Of texts that are numbers, one between each two neighbours.
  static List<String> betweenNumbers(Set<String> texts) {
    List<BigDecimal> numbers =
        texts.stream().flatMap(text -> read(text, Values::number).stream()).sorted().toList();
    List<String> between = new ArrayList<>();
    for (int i = 1; i < numbers.size(); i++) {
      BigDecimal middle = numbers.get(i - 1).add(numbers.get(i)).divide(BigDecimal.TWO);
      between.add(middle.toPlainString());
    }
    return between;
  }

  /// Of texts that are dates, one between each two neighbours.
  static List<String> betweenDates(Set<String> texts) {
    List<Instant> dates =
        texts.stream().flatMap(text -> read(text, Values::date).stream()).sorted().toList();
    List<String> between = new ArrayList<>();
    for (int i = 1; i < dates.size(); i++) {
      Duration half = Duration.between(dates.get(i - 1), dates.get(i)).dividedBy(2);
      between.add(dates.get(i - 1).plus(half).toString());
    }
    return between;
  }

  private static <T> Optional<T> read(String text, Function<String, T> parse) {
    try {
      return Optional.of(parse.apply(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// The first and last address of the range, and those beside it.
  static List<String> aroundRange(String text) {
    AddressRange range = AddressRange.parse(text);
    BigInteger size = BigInteger.TWO.pow(range.address().length * Byte.SIZE - range.bits());
    BigInteger all = BigInteger.TWO.pow(range.address().length * Byte.SIZE);
    BigInteger first = new BigInteger(1, range.address()).divide(size).multiply(size);
    BigInteger last = first.add(size).subtract(BigInteger.ONE);
    List<String> samples = new ArrayList<>();
    for (BigInteger address :
        List.of(first, last, first.subtract(BigInteger.ONE), last.add(BigInteger.ONE))) {
      if (address.signum() >= 0 && address.compareTo(all) < 0) {
        samples.add(shown(address, range.address().length));
      }
    }
    return samples;
  }

  private static String shown(BigInteger address, int bytes) {
    byte[] digits = address.toByteArray();
    byte[] whole = new byte[bytes];
    int length = Math.min(digits.length, bytes);
    System.arraycopy(digits, digits.length - length, whole, bytes - length, length);
    try {
      return InetAddress.getByAddress(whole).getHostAddress();
    } catch (UnknownHostException e) {
      throw new AssertionError("an address of " + Arrays.toString(whole), e);
    }
  }
}
