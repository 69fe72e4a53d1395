package dev.daypass.broker.signin;

import java.util.Optional;

/// A sign-in that did not succeed. It says the same whatever was wrong with the name or the
/// password.
public final class SignInFailed extends RuntimeException {
  private final Reason reason;
  private final Optional<String> transaction;

  /// What the person can do about it.
  public enum Reason {
    /// Account, name or password.
    WRONG_CREDENTIALS("The account, the name or the password is wrong."),
    /// The code, which can be tried again.
    WRONG_CODE("The code is wrong, or was used before. Wait for the next one."),
    /// The sign-in has to begin again.
    EXPIRED("This sign-in has ended. Begin again.");

    private final String text;

    Reason(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  SignInFailed(Reason reason) {
    this(reason, Optional.empty());
  }

  private SignInFailed(Reason reason, Optional<String> transaction) {
    super(reason.text(), null, false, false);
    this.reason = reason;
    this.transaction = transaction;
  }

  static SignInFailed tryAgain(String transaction) {
    return new SignInFailed(Reason.WRONG_CODE, Optional.of(transaction));
  }

  /// Under which transaction another code can be tried.
  public Optional<String> transaction() {
    return transaction;
  }

  public Reason reason() {
    return reason;
  }
}
