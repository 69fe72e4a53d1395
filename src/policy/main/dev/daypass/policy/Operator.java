package dev.daypass.policy;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The condition operators. A new one is one line here.
public enum Operator {
  STRING_EQUALS("StringEquals", false, Comparison.text(String::equals)),
  STRING_NOT_EQUALS("StringNotEquals", true, Comparison.text(String::equals)),
  STRING_EQUALS_IGNORE_CASE("StringEqualsIgnoreCase", false, Comparison.text(Operator::sameFolded)),
  STRING_NOT_EQUALS_IGNORE_CASE(
      "StringNotEqualsIgnoreCase", true, Comparison.text(Operator::sameFolded)),
  STRING_LIKE("StringLike", false, Comparison.like()),
  STRING_NOT_LIKE("StringNotLike", true, Comparison.like()),

  NUMERIC_EQUALS("NumericEquals", false, Comparison.number(c -> c == 0)),
  NUMERIC_NOT_EQUALS("NumericNotEquals", true, Comparison.number(c -> c == 0)),
  NUMERIC_LESS_THAN("NumericLessThan", false, Comparison.number(c -> c < 0)),
  NUMERIC_LESS_THAN_EQUALS("NumericLessThanEquals", false, Comparison.number(c -> c <= 0)),
  NUMERIC_GREATER_THAN("NumericGreaterThan", false, Comparison.number(c -> c > 0)),
  NUMERIC_GREATER_THAN_EQUALS("NumericGreaterThanEquals", false, Comparison.number(c -> c >= 0)),

  DATE_EQUALS("DateEquals", false, Comparison.date(c -> c == 0)),
  DATE_NOT_EQUALS("DateNotEquals", true, Comparison.date(c -> c == 0)),
  DATE_LESS_THAN("DateLessThan", false, Comparison.date(c -> c < 0)),
  DATE_LESS_THAN_EQUALS("DateLessThanEquals", false, Comparison.date(c -> c <= 0)),
  DATE_GREATER_THAN("DateGreaterThan", false, Comparison.date(c -> c > 0)),
  DATE_GREATER_THAN_EQUALS("DateGreaterThanEquals", false, Comparison.date(c -> c >= 0)),

  BOOL("Bool", false, Comparison.bool()),
  BINARY_EQUALS("BinaryEquals", false, Comparison.binary()),
  IP_ADDRESS("IpAddress", false, Comparison.address()),
  NOT_IP_ADDRESS("NotIpAddress", true, Comparison.address()),

  ARN_EQUALS("ArnEquals", false, Comparison.arn()),
  ARN_LIKE("ArnLike", false, Comparison.arn()),
  ARN_NOT_EQUALS("ArnNotEquals", true, Comparison.arn()),
  ARN_NOT_LIKE("ArnNotLike", true, Comparison.arn()),

  /// Asks whether the key is absent.
  NULL("Null", false, Comparison.constantBool());

  private static final Map<String, Operator> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(Operator::wireName, Function.identity()));

  private final String wireName;
  private final boolean negated;
  private final Comparison comparison;

  Operator(String wireName, boolean negated, Comparison comparison) {
    this.wireName = wireName;
    this.negated = negated;
    this.comparison = comparison;
  }

  /// The operator as policies spell it, without quantifier and `IfExists`.
  public static Optional<Operator> find(String wireName) {
    return Optional.ofNullable(BY_NAME.get(wireName));
  }

  public String wireName() {
    return wireName;
  }

  /// Whether it holds when none of the values matches.
  public boolean negated() {
    return negated;
  }

  /// Whether it can compare with this value, in which no variable stands.
  public boolean accepts(String value) {
    try {
      comparison.compile(Template.plain(value));
      return true;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  Comparison comparison() {
    return comparison;
  }

  private static boolean sameFolded(String one, String other) {
    return Comparison.fold(one).equals(Comparison.fold(other));
  }
}
