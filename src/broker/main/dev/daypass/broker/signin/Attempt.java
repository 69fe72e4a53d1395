package dev.daypass.broker.signin;

/// A sign-in under way: the password was right, something is still to be done. Kept in Redis for a
/// few minutes under an unguessable name.
///
/// @param step what comes next
/// @param mfa whether the second factor was proven
/// @param failures wrong answers since it began
record Attempt(
    String account, String userId, String userName, Step step, boolean mfa, int failures) {
  enum Step {
    MFA,
    NEW_PASSWORD
  }

  Attempt at(Step next, boolean withMfa) {
    return new Attempt(account, userId, userName, next, withMfa, 0);
  }

  Attempt failed() {
    return new Attempt(account, userId, userName, step, mfa, failures + 1);
  }
}
