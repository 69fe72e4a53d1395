package dev.daypass.policy.lint;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Policy variables: where they stand, and how they are written.
///
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html">Policy
///   variables</a>
final class VariableChecks {
  private static final Set<String> ESCAPES = Set.of("*", "?", "$");
  private static final Pattern SPACE = Pattern.compile("\\s");
  private static final Pattern SYMBOL = Pattern.compile("[{}'\"$]");
  private static final Pattern QUOTED = Pattern.compile("\\s*'[^']*'\\s*");

  private VariableChecks() {}

  static void check(DraftStatement statement, Findings findings) {
    unsupported(statement, findings);
    for (String element : List.of("Resource", "NotResource")) {
      statement.strings(element).forEach(node -> resource(statement, node, findings));
    }
    for (DraftCondition condition : statement.conditions()) {
      condition.values().forEach(value -> value(statement, condition, value, findings));
    }
  }

  private static void unsupported(DraftStatement statement, Findings findings) {
    Stream.concat(
            Stream.of("Sid", "Effect", "Action", "NotAction", "Principal")
                .flatMap(element -> statement.strings(element).stream()),
            Stream.of("AWS", "Service", "Federated")
                .flatMap(kind -> statement.principals(kind).stream()))
        .forEach(
            node ->
                variable(node.text().orElse(""))
                    .ifPresent(
                        found -> findings.add(Issue.VARIABLE_UNSUPPORTED_IN_ELEMENT, node, found)));
  }

  /// The first of the variables in a text.
  private static Optional<String> variable(String text) {
    int start = text.indexOf("${");
    int end = start < 0 ? -1 : end(text, start);
    return end < 0 ? Optional.empty() : Optional.of(text.substring(start, end + 1));
  }

  /// Where the variable's brace closes, one in a quoted default left out; or -1.
  private static int end(String text, int start) {
    boolean quoted = false;
    for (int at = start; at < text.length(); at++) {
      quoted ^= text.charAt(at) == '\'';
      if (text.charAt(at) == '}' && !quoted) {
        return at;
      }
    }
    return -1;
  }

  private static void resource(DraftStatement statement, Node node, Findings findings) {
    String[] fields = node.text().orElse("").split(":", 6);
    for (int i = 0; i < Math.min(fields.length, 5); i++) {
      if (fields[i].contains("${")) {
        findings.add(Issue.VARIABLE_UNSUPPORTED_IN_ELEMENT, node, fields[i]);
        return;
      }
    }
    written(statement, node, findings);
  }

  private static void value(
      DraftStatement statement, DraftCondition condition, Node value, Findings findings) {
    Optional<String> found = variable(value.scalar().orElse(""));
    boolean taken = condition.type().map(ValueType::takesVariables).orElse(true);
    if (taken) {
      written(statement, value, findings);
    } else {
      found.ifPresent(
          variable -> findings.add(Issue.INVALID_VARIABLE_FOR_OPERATOR, value, variable));
    }
  }

  private static void written(DraftStatement statement, Node node, Findings findings) {
    String text = node.scalar().orElse("");
    if (!statement.hasVariables()) {
      variable(text)
          .ifPresent(found -> findings.add(Issue.VARIABLE_UNSUPPORTED_IN_VERSION, node, found));
      return;
    }
    for (int start = text.indexOf("${"); start >= 0; start = text.indexOf("${", start)) {
      int end = end(text, start);
      if (end < 0) {
        open(node, text.substring(start), findings);
        return;
      }
      inside(node, text.substring(start + 2, end), findings);
      start = end;
    }
  }

  /// Something that never ends: for want of a brace, or because a quote swallows it.
  private static void open(Node node, String text, Findings findings) {
    boolean swallowed = text.contains("'") && text.contains("}");
    findings.add(
        swallowed ? Issue.MISSING_QUOTE_IN_VARIABLE : Issue.MISSING_BRACE_IN_VARIABLE, node, text);
  }

  private static void inside(Node node, String inside, Findings findings) {
    if (ESCAPES.contains(inside)) {
      return;
    }
    if (inside.isBlank()) {
      findings.add(Issue.EMPTY_VARIABLE, node);
      return;
    }
    int comma = inside.indexOf(',');
    String key = comma < 0 ? inside : inside.substring(0, comma);
    if (SPACE.matcher(key).find()) {
      findings.add(Issue.UNSUPPORTED_SPACE_IN_VARIABLE, node, inside);
    } else if (SYMBOL.matcher(key).find()) {
      findings.add(Issue.UNSUPPORTED_SYMBOL_IN_VARIABLE, node, inside);
    } else {
      key(node, key, findings);
    }
    if (comma >= 0) {
      ifAbsent(node, inside, inside.substring(comma + 1), findings);
    }
  }

  private static void key(Node node, String key, Findings findings) {
    KeyChecks.unknown(key).ifPresent(issue -> findings.add(issue, node, key));
    if (ContextKey.find(key).filter(ContextKey::multiValued).isPresent()) {
      findings.add(Issue.MULTI_VALUED_KEY_IN_VARIABLE, node, key);
    }
  }

  private static void ifAbsent(Node node, String inside, String written, Findings findings) {
    if (!QUOTED.matcher(written).matches()) {
      findings.add(Issue.MISSING_QUOTE_IN_VARIABLE, node, inside);
    } else if (!written.startsWith(" '") || !written.endsWith("'")) {
      findings.add(Issue.UNSUPPORTED_SPACE_IN_VARIABLE, node, inside);
    }
  }
}
