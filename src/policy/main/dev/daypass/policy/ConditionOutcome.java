package dev.daypass.policy;

/// What came of a condition, and why.
public enum ConditionOutcome {
  MATCHES(true, "the value matches"),
  MATCHES_NONE(true, "the value is none of these"),
  PRESENT_AS_WANTED(true, "the key is present"),
  ABSENT_AS_WANTED(true, "the key is absent"),
  /// IfExists, ForAllValues, or a negated operator.
  ABSENT_WHICH_IS_ENOUGH(true, "the key is absent, which satisfies this operator"),
  /// A negated operator in a Deny: what cannot be read does not escape it.
  UNREADABLE_WHICH_DENIES(
      true, "the value is not of this operator's kind, which cannot evade a Deny"),

  ABSENT(false, "the key is absent"),
  PRESENT(false, "the key is present"),
  DIFFERS(false, "the value does not match"),
  EXCLUDED(false, "the value is one of these"),
  UNREADABLE(false, "the value is not of this operator's kind"),
  SEVERAL_VALUES(false, "the key has several values, and the operator does not say which count");

  private final boolean holds;
  private final String sentence;

  ConditionOutcome(boolean holds, String sentence) {
    this.holds = holds;
    this.sentence = sentence;
  }

  /// Whether the condition is satisfied.
  public boolean holds() {
    return holds;
  }

  /// The reason, as part of a sentence.
  public String sentence() {
    return sentence;
  }
}
