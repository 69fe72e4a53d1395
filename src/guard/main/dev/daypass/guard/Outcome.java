package dev.daypass.guard;

import dev.daypass.policy.Access;
import dev.daypass.policy.Decision;
import dev.daypass.policy.Policies;
import dev.daypass.wire.ErrorCode;

/// What became of a question.
public record Outcome(Caller caller, Access access, Policies policies, Decision decision) {
  public boolean allowed() {
    return decision.allowed();
  }

  /// The caller, if it may; fails with `AccessDenied`, in AWS's words, otherwise.
  public Caller require() {
    if (!allowed()) {
      throw ErrorCode.ACCESS_DENIED.error(decision.message(access));
    }
    return caller;
  }
}
