package dev.daypass.broker.pages;

import java.util.List;
import java.util.Optional;

/// Where a request came from and with what, as people read it.
final class Places {
  private static final int LONGEST = 60;

  /// A word in a `User-Agent`, and what it means.
  private record Mark(String word, String name) {}

  /// The particular before the general: most browsers claim to be others, too.
  private static final List<Mark> BROWSERS =
      List.of(
          new Mark("Edg", "Edge"),
          new Mark("OPR/", "Opera"),
          new Mark("Firefox/", "Firefox"),
          new Mark("Chrome/", "Chrome"),
          new Mark("Safari/", "Safari"));

  private static final List<Mark> SYSTEMS =
      List.of(
          new Mark("Windows", "Windows"),
          new Mark("Android", "Android"),
          new Mark("iPhone", "an iPhone"),
          new Mark("iPad", "an iPad"),
          new Mark("Mac OS X", "a Mac"),
          new Mark("Linux", "Linux"));

  private Places() {}

  /// An address and a program.
  static String of(String address, String userAgent) {
    return program(userAgent).map(program -> address + ", " + program).orElse(address);
  }

  /// What a program says that it is; absent where it says nothing.
  static Optional<String> program(String userAgent) {
    return named(BROWSERS, userAgent)
        .filter(_ -> userAgent.startsWith("Mozilla/"))
        .map(browser -> named(SYSTEMS, userAgent).map(on -> browser + " on " + on).orElse(browser))
        .or(() -> Optional.of(first(userAgent)).filter(text -> !text.isBlank()));
  }

  private static Optional<String> named(List<Mark> marks, String userAgent) {
    return marks.stream()
        .filter(mark -> userAgent.contains(mark.word()))
        .map(Mark::name)
        .findFirst();
  }

  /// The product that a program names first (RFC 9110 §10.1.5).
  private static String first(String userAgent) {
    String product = userAgent.strip().split(" ", 2)[0];
    return product.substring(0, Math.min(product.length(), LONGEST));
  }
}
