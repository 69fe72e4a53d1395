package dev.daypass.policy.lint;

import dev.daypass.policy.Operator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One line of a Condition block as it is written.
///
/// @param written the operator with its qualifier and suffix
/// @param base the operator without them, if there is such an operator
/// @param key in lower case, for keys have no case
/// @param writtenKey the key as it is written
/// @param node the values
record DraftCondition(
    String written,
    Qualifier qualifier,
    boolean ifExists,
    Optional<Operator> base,
    String key,
    String writtenKey,
    Node node) {
  private static final String IF_EXISTS = "IfExists";

  /// How the values of a multi-valued key are taken.
  enum Qualifier {
    NONE(""),
    FOR_ALL_VALUES("ForAllValues:"),
    FOR_ANY_VALUE("ForAnyValue:");

    private final String prefix;

    Qualifier(String prefix) {
      this.prefix = prefix;
    }
  }

  static DraftCondition of(String operator, String key, Node values) {
    Qualifier qualifier = Qualifier.NONE;
    for (Qualifier each : Qualifier.values()) {
      qualifier = operator.startsWith(each.prefix) ? each : qualifier;
    }
    String name = operator.substring(qualifier.prefix.length());
    boolean ifExists = name.endsWith(IF_EXISTS);
    String base = ifExists ? name.substring(0, name.length() - IF_EXISTS.length()) : name;
    return new DraftCondition(
        operator,
        qualifier,
        ifExists,
        Operator.find(base),
        key.toLowerCase(Locale.ROOT),
        key,
        values);
  }

  List<Node> values() {
    return node.entries().stream().filter(value -> value.scalar().isPresent()).toList();
  }

  List<String> texts() {
    return values().stream().flatMap(value -> value.scalar().stream()).toList();
  }

  boolean isAbout(String other) {
    String folded = other.toLowerCase(Locale.ROOT);
    return folded.endsWith("/") || folded.endsWith(":")
        ? key.startsWith(folded)
        : key.equals(folded);
  }

  boolean is(Operator... operators) {
    return base.filter(List.of(operators)::contains).isPresent();
  }

  Optional<ValueType> type() {
    return base.map(ValueType::of);
  }

  boolean isOf(ValueType type) {
    return type().filter(type::equals).isPresent();
  }

  boolean negated() {
    return base.filter(Operator::negated).isPresent();
  }
}
