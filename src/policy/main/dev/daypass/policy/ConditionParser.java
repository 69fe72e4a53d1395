package dev.daypass.policy;

import dev.daypass.policy.Condition.Quantifier;
import dev.daypass.policy.Policy.Version;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Compiles a Condition block.
final class ConditionParser {
  private static final String SYNTAX = "Syntax errors in policy.";
  private static final String LEGACY = "The policy failed legacy parsing";

  private final Version version;

  ConditionParser(Version version) {
    this.version = version;
  }

  List<Condition> parse(Json block) {
    List<Condition> conditions = new ArrayList<>();
    members(block).forEach((operator, keys) -> conditions.addAll(operator(operator, keys)));
    return conditions;
  }

  private List<Condition> operator(String operatorName, Json json) {
    Map<String, Json> keys = members(json);
    Quantifier quantifier = quantifier(operatorName);
    String name = operatorName.substring(quantifier.prefix().length());
    boolean ifExists = name.endsWith(Condition.IF_EXISTS);
    String base = ifExists ? name.substring(0, name.length() - Condition.IF_EXISTS.length()) : name;
    Operator operator = Operator.find(base).orElseThrow(() -> PolicyParser.malformed(SYNTAX, json));
    if (operator == Operator.NULL && ifExists) {
      throw PolicyParser.malformed(SYNTAX, json);
    }
    Set<String> seen = new HashSet<>();
    List<Condition> conditions = new ArrayList<>();
    keys.forEach(
        (key, written) -> {
          if (!seen.add(key.toLowerCase(Locale.ROOT))) {
            throw PolicyParser.malformed(SYNTAX, written);
          }
          List<Template> values = new ArrayList<>();
          List<Comparison.Test> tests = new ArrayList<>();
          for (Json each : PolicyParser.oneOrMore(written)) {
            Template value = value(operator.comparison(), each);
            values.add(value);
            tests.add(test(operator.comparison(), value, each));
          }
          conditions.add(
              new Condition(
                  operator,
                  quantifier,
                  ifExists,
                  key,
                  key.toLowerCase(Locale.ROOT),
                  values,
                  tests));
        });
    return conditions;
  }

  private static Quantifier quantifier(String operator) {
    return Arrays.stream(Quantifier.values())
        .filter(quantifier -> quantifier != Quantifier.NONE)
        .filter(quantifier -> operator.startsWith(quantifier.prefix()))
        .findFirst()
        .orElse(Quantifier.NONE);
  }

  private Template value(Comparison comparison, Json json) {
    if (!(json instanceof Json.Scalar(var text, _, _))) {
      throw PolicyParser.malformed(SYNTAX, json);
    }
    boolean variables = comparison.withVariables() && version == Version.V2012_10_17;
    try {
      return variables ? Template.parse(text) : Template.plain(text);
    } catch (IllegalArgumentException _) {
      throw PolicyParser.malformed(LEGACY, json);
    }
  }

  private static Comparison.Test test(Comparison comparison, Template value, Json json) {
    try {
      return comparison.compile(value);
    } catch (IllegalArgumentException _) {
      throw PolicyParser.malformed(LEGACY, json);
    }
  }

  private static Map<String, Json> members(Json json) {
    if (json instanceof Json.Members(var values, _)) {
      return values;
    }
    throw PolicyParser.malformed(SYNTAX, json);
  }
}
