package dev.daypass.broker.access;

import dev.daypass.policy.Explanation;

/// A refusal by policy, with everything that can explain it.
public final class AccessDenied extends RuntimeException {
  private final String account;
  private final String text;
  private final Explanation explanation;

  /// @param account the account whose policies decided, and whose administrators may read why
  /// @param text AWS's sentence
  public AccessDenied(String account, String text, Explanation explanation) {
    super(text, null, false, false);
    this.account = account;
    this.text = text;
    this.explanation = explanation;
  }

  public String account() {
    return account;
  }

  public String text() {
    return text;
  }

  public Explanation explanation() {
    return explanation;
  }
}
