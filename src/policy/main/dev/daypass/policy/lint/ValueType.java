package dev.daypass.policy.lint;

import dev.daypass.policy.Operator;
import java.util.Set;

/// What a key's values are, and so by which operators they can be compared.
enum ValueType {
  STRING("String"),
  /// Compared as ARNs or as text.
  ARN("Arn"),
  NUMERIC("Numeric"),
  /// Compared as dates, or as seconds since 1970.
  DATE("Date"),
  BOOL("Bool"),
  IP("IpAddress"),
  BINARY("Binary"),
  /// Of any key it can be asked whether it is there.
  NULL("Null");

  private final String operators;

  ValueType(String operators) {
    this.operators = operators;
  }

  static ValueType of(Operator operator) {
    String name = operator.wireName();
    if (name.endsWith(IP.operators)) {
      return IP;
    }
    for (ValueType type : values()) {
      if (name.startsWith(type.operators)) {
        return type;
      }
    }
    throw new AssertionError(name);
  }

  /// What its operators begin with.
  String operators() {
    return operators;
  }

  boolean comparedAs(ValueType other) {
    return other == this
        || other == NULL
        || switch (this) {
          case ARN -> other == STRING;
          case DATE -> other == NUMERIC;
          default -> false;
        };
  }

  /// Whether policy variables can stand in its values.
  boolean takesVariables() {
    return Set.of(STRING, ARN, BOOL).contains(this);
  }
}
