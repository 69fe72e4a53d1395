package dev.daypass.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daypass.policy.Context.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The Condition element by the book, for [Reference].
record ReferenceConditions(Access access, boolean variables) {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^},]*)(?:, '([^']*)')?}");

  boolean hold(JsonNode block, boolean deny) {
    for (var operator : block.properties()) {
      for (var key : operator.getValue().properties()) {
        if (!holds(operator.getKey(), key.getKey(), Reference.list(key.getValue()), deny)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean holds(String written, String key, List<JsonNode> wanted, boolean deny) {
    boolean forAll = written.startsWith("ForAllValues:");
    boolean forAny = written.startsWith("ForAnyValue:");
    String name = written.substring(written.indexOf(':') + 1);
    boolean ifExists = name.endsWith("IfExists");
    String operator = ifExists ? name.substring(0, name.length() - 8) : name;
    boolean negated = operator.contains("Not");
    Optional<Value> value = Reference.find(key, access);
    List<String> seen =
        value
            .map(
                found ->
                    switch (found) {
                      case Value.Single(var one) -> List.of(one);
                      case Value.Multiple(var several) -> several;
                    })
            .orElse(List.of());
    boolean empty =
        seen.isEmpty() || (value.get() instanceof Value.Multiple && seen.equals(List.of("")));
    if (operator.equals("Null")) {
      return wanted.stream().anyMatch(each -> each.asText().equalsIgnoreCase("" + empty));
    }
    if (empty && (value.isEmpty() || (!forAll && !forAny))) {
      return ifExists || forAll || (!forAny && negated);
    }
    if (forAll) {
      return empty || seen.stream().allMatch(one -> one(operator, negated, one, wanted, deny));
    }
    if (forAny) {
      return seen.stream().anyMatch(one -> one(operator, negated, one, wanted, deny));
    }
    return seen.size() == 1 && one(operator, negated, seen.getFirst(), wanted, deny);
  }

  private boolean one(
      String operator, boolean negated, String seen, List<JsonNode> wanted, boolean deny) {
    boolean any = false;
    for (JsonNode each : wanted) {
      try {
        any |= matches(operator.replace("Not", ""), seen, each.asText());
      } catch (Exception unreadable) {
        if (negated) {
          return deny;
        }
      }
    }
    return any != negated;
  }

  private boolean matches(String operator, String seen, String wanted) throws Exception {
    return switch (operator) {
      case "StringEquals" -> text(wanted).equals(Optional.of(seen));
      case "StringEqualsIgnoreCase" ->
          text(wanted)
              .map(text -> text.toLowerCase(Locale.ROOT))
              .equals(Optional.of(seen.toLowerCase(Locale.ROOT)));
      case "StringLike" -> pattern(wanted).filter(text -> Reference.glob(text, seen)).isPresent();
      case "ArnEquals", "ArnLike" -> arn(seen, wanted);
      case "Bool" ->
          bool(seen) == Boolean.parseBoolean(text(wanted).orElse("neither"))
              && text(wanted).filter(text -> text.matches("(?i)true|false")).isPresent();
      case "BinaryEquals" ->
          Arrays.equals(Base64.getDecoder().decode(seen), Base64.getDecoder().decode(wanted));
      case "IpAddress" -> inRange(seen, wanted);
      default -> ordered(operator, seen, wanted);
    };
  }

  private static boolean ordered(String operator, String seen, String wanted) {
    int order =
        operator.startsWith("Numeric")
            ? new BigDecimal(seen).compareTo(new BigDecimal(wanted))
            : date(seen).compareTo(date(wanted));
    return switch (operator.replace("Numeric", "").replace("Date", "")) {
      case "Equals" -> order == 0;
      case "LessThan" -> order < 0;
      case "LessThanEquals" -> order <= 0;
      case "GreaterThan" -> order > 0;
      case "GreaterThanEquals" -> order >= 0;
      default -> throw new AssertionError(operator);
    };
  }

  private static Instant date(String text) {
    return text.matches("\\d+")
        ? Instant.ofEpochSecond(Long.parseLong(text))
        : Instant.parse(text.length() == 10 ? text + "T00:00:00Z" : text);
  }

  private static boolean bool(String seen) {
    if (!seen.matches("(?i)true|false")) {
      throw new IllegalArgumentException(seen);
    }
    return Boolean.parseBoolean(seen);
  }

  private boolean arn(String seen, String wanted) {
    if (wanted.matches("\\*+")) {
      return true;
    }
    String[] is = seen.split(":", 6);
    if (is.length < 6) {
      throw new IllegalArgumentException(seen);
    }
    Optional<String> pattern = pattern(wanted);
    if (pattern.isEmpty()) {
      return false;
    }
    String[] fields = pattern.get().split(":", 6);
    if (fields.length < 6) {
      throw new IllegalArgumentException(wanted);
    }
    boolean all = true;
    for (int i = 0; all && i < 6; i++) {
      all = Reference.glob(fields[i], is[i]);
    }
    return all;
  }

  private static boolean inRange(String seen, String range) throws Exception {
    // Java reads `2.5` as 2.0.0.5, which nobody else does.
    if (!seen.matches("[0-9a-fA-F.:]*:[0-9a-fA-F.:]*|(\\d+[.]){3}\\d+")) {
      throw new IllegalArgumentException(seen);
    }
    byte[] address = InetAddress.getByName(seen).getAddress();
    byte[] start = InetAddress.getByName(range.replaceAll("/.*", "")).getAddress();
    int bits =
        range.contains("/") ? Integer.parseInt(range.replaceAll(".*/", "")) : start.length * 8;
    int free = start.length * 8 - bits;
    return address.length == start.length
        && new BigInteger(1, address)
            .shiftRight(free)
            .equals(new BigInteger(1, start).shiftRight(free));
  }

  private Optional<String> text(String wanted) {
    return substitute(wanted, access, variables, false);
  }

  private Optional<String> pattern(String wanted) {
    return substitute(wanted, access, variables, true);
  }

  /// @param guarded whether wildcards that variables bring become the characters that [Reference]
  ///   takes for themselves
  static Optional<String> substitute(
      String text, Access access, boolean variables, boolean guarded) {
    if (!variables) {
      return Optional.of(text);
    }
    Matcher matcher = VARIABLE.matcher(text);
    StringBuilder done = new StringBuilder();
    List<String> absent = new ArrayList<>();
    while (matcher.find()) {
      String key = matcher.group(1);
      String value =
          List.of("*", "?", "$").contains(key)
              ? key
              : Reference.find(key, access)
                  .filter(Value.Single.class::isInstance)
                  .map(single -> ((Value.Single) single).value())
                  .orElse(matcher.group(2));
      if (value == null) {
        absent.add(key);
        value = "";
      }
      matcher.appendReplacement(
          done,
          Matcher.quoteReplacement(
              guarded ? value.replace('*', '\u0001').replace('?', '\u0002') : value));
    }
    matcher.appendTail(done);
    return absent.isEmpty() ? Optional.of(done.toString()) : Optional.empty();
  }
}
