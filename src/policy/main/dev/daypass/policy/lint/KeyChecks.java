package dev.daypass.policy.lint;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The keys of conditions: that they exist, and what they are worth.
final class KeyChecks {
  private static final Pattern FORMAT = Pattern.compile("[^\\s:]+:.+");
  private static final Pattern VPC = Pattern.compile("vpc-([0-9a-z]{8}|[0-9a-z]{17})");
  private static final Pattern VPCE = Pattern.compile("vpce-([0-9a-z]{8}|[0-9a-z]{17})");

  /// Whatever a caller sends in a header.
  private static final Set<String> CHOSEN_BY_CALLERS = Set.of("aws:referer", "aws:useragent");

  /// Keys that say nothing without another.
  private static final Map<String, String> PAIRS = Map.of("aws:vpcsourceip", "aws:SourceVpc");

  private KeyChecks() {}

  static void check(DraftStatement statement, Findings findings) {
    for (DraftCondition condition : statement.conditions()) {
      name(condition, findings);
      trust(condition, findings);
      pair(statement, condition, findings);
      network(condition, "aws:sourcevpc", VPC, Issue.INVALID_VPC_FORMAT, findings);
      network(condition, "aws:sourcevpce", VPCE, Issue.INVALID_VPCE_FORMAT, findings);
    }
  }

  private static void name(DraftCondition condition, Findings findings) {
    unknown(condition.writtenKey())
        .ifPresent(issue -> findings.add(issue, condition.node(), condition.writtenKey()));
  }

  /// What is wrong with a key's name, if something is.
  static Optional<Issue> unknown(String key) {
    String folded = DraftStatement.folded(key);
    if (folded.equals("aws:arn")) {
      return Optional.of(Issue.DEPRECATED_GLOBAL_CONDITION_KEY);
    }
    if (ContextKey.lacksTag(folded)) {
      return Optional.of(Issue.MISSING_TAG_KEY_IN_CONDITION);
    }
    if (!FORMAT.matcher(key).matches()) {
      return Optional.of(Issue.INVALID_CONDITION_KEY_FORMAT);
    }
    boolean global = folded.startsWith("aws:");
    return global && ContextKey.find(key).isEmpty()
        ? Optional.of(Issue.INVALID_GLOBAL_CONDITION_KEY)
        : Optional.empty();
  }

  private static void trust(DraftCondition condition, Findings findings) {
    if (CHOSEN_BY_CALLERS.contains(condition.key())) {
      findings.add(Issue.UNTRUSTWORTHY_CONDITION_KEY, condition.node(), condition.writtenKey());
    }
  }

  private static void pair(DraftStatement statement, DraftCondition condition, Findings findings) {
    String other = PAIRS.get(condition.key());
    if (other != null && !statement.looksAt(other)) {
      findings.add(
          Issue.MISSING_PAIRED_CONDITION_KEYS, condition.node(), condition.writtenKey(), other);
    }
  }

  private static void network(
      DraftCondition condition, String key, Pattern format, Issue issue, Findings findings) {
    if (!condition.key().equals(key) || !condition.isOf(ValueType.STRING)) {
      return;
    }
    for (Node value : condition.values()) {
      String text = value.scalar().orElse("");
      // Patterns and variables in such keys have a finding of their own.
      if (!format.matcher(text).matches() && !Wildcards.in(text) && !text.contains("${")) {
        findings.add(issue, value, text);
      }
    }
  }
}
