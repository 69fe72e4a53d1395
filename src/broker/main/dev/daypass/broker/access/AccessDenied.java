package dev.daypass.broker.access;

import dev.daypass.policy.Access;
import dev.daypass.policy.Decision;

/// A refusal by policy, with everything that can explain it.
public final class AccessDenied extends RuntimeException {
  private final String account;
  private final Access access;
  private final Decision decision;

  AccessDenied(String account, Access access, Decision decision) {
    super(decision.message(access), null, false, false);
    this.account = account;
    this.access = access;
    this.decision = decision;
  }

  /// The account whose policies decided.
  public String account() {
    return account;
  }

  public Access access() {
    return access;
  }

  public Decision decision() {
    return decision;
  }

  /// AWS's sentence.
  public String text() {
    return decision.message(access);
  }
}
