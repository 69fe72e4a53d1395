package dev.daypass.policy;

import dev.daypass.policy.Condition.Quantifier;
import dev.daypass.policy.Policy.Version;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Compiles a Condition block.
final class ConditionParser {
  private static final String SYNTAX = "Syntax errors in policy.";
  private static final String IF_EXISTS = "IfExists";
  private static final String FOR_ALL = "ForAllValues:";
  private static final String FOR_ANY = "ForAnyValue:";

  private final Version version;

  ConditionParser(Version version) {
    this.version = version;
  }

  List<Condition> parse(Json block) {
    List<Condition> conditions = new ArrayList<>();
    members(block).forEach((operator, keys) -> conditions.addAll(operator(operator, keys)));
    return conditions;
  }

  private List<Condition> operator(String written, Json json) {
    Map<String, Json> keys = members(json);
    Quantifier quantifier = quantifier(written);
    String name =
        switch (quantifier) {
          case NONE -> written;
          case FOR_ALL_VALUES -> written.substring(FOR_ALL.length());
          case FOR_ANY_VALUE -> written.substring(FOR_ANY.length());
        };
    boolean ifExists = name.endsWith(IF_EXISTS);
    String base = ifExists ? name.substring(0, name.length() - IF_EXISTS.length()) : name;
    Operator operator = Operator.find(base).orElseThrow(() -> PolicyParser.malformed(SYNTAX, json));
    if (operator == Operator.NULL && ifExists) {
      throw PolicyParser.malformed(SYNTAX, json);
    }
    Set<String> seen = new HashSet<>();
    List<Condition> conditions = new ArrayList<>();
    keys.forEach(
        (key, values) -> {
          if (!seen.add(key.toLowerCase(Locale.ROOT))) {
            throw PolicyParser.malformed(SYNTAX, values);
          }
          conditions.add(
              new Condition(operator, quantifier, ifExists, key, tests(operator, values)));
        });
    return conditions;
  }

  private static Quantifier quantifier(String operator) {
    if (operator.startsWith(FOR_ALL)) {
      return Quantifier.FOR_ALL_VALUES;
    }
    return operator.startsWith(FOR_ANY) ? Quantifier.FOR_ANY_VALUE : Quantifier.NONE;
  }

  private List<Comparison.Test> tests(Operator operator, Json json) {
    List<Json> values = json instanceof Json.Items(var items, _) ? items : List.of(json);
    List<Comparison.Test> tests = new ArrayList<>();
    for (Json value : values) {
      tests.add(test(operator.comparison(), value));
    }
    return tests;
  }

  private Comparison.Test test(Comparison comparison, Json json) {
    if (!(json instanceof Json.Scalar(var text, _, _))) {
      throw PolicyParser.malformed(SYNTAX, json);
    }
    boolean variables = comparison.withVariables() && version == Version.V2012_10_17;
    try {
      return comparison.compile(variables ? Template.parse(text) : Template.plain(text));
    } catch (IllegalArgumentException _) {
      throw PolicyParser.malformed("The policy failed legacy parsing", json);
    }
  }

  private static Map<String, Json> members(Json json) {
    if (json instanceof Json.Members(var values, _)) {
      return values;
    }
    throw PolicyParser.malformed(SYNTAX, json);
  }
}
