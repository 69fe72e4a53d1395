package dev.daypass.broker.signin;

import java.util.Optional;

/// A sign-in that did not succeed. It says the same whatever was wrong with the name or the
/// password.
public final class SignInFailed extends RuntimeException {
  private final Reason reason;
  private final String text;
  private final Optional<String> transaction;

  /// What the person can do about it.
  public enum Reason {
    /// Account, name or password.
    WRONG_CREDENTIALS("The account, the name or the password is wrong."),
    /// The code, which can be tried again.
    WRONG_CODE("The code is wrong, or was used before. Wait for the next one."),
    /// Another new password can be chosen; the text says what it wants.
    WEAK_PASSWORD("The password does not conform to the account's policy."),
    /// An administrator has to set another one.
    PASSWORD_EXPIRED("The password has expired. Ask an administrator for another."),
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
    this(reason, reason.text(), Optional.empty());
  }

  private SignInFailed(Reason reason, String text, Optional<String> transaction) {
    super(text, null, false, false);
    this.reason = reason;
    this.text = text;
    this.transaction = transaction;
  }

  static SignInFailed tryAgain(String transaction) {
    return new SignInFailed(Reason.WRONG_CODE, Reason.WRONG_CODE.text(), Optional.of(transaction));
  }

  static SignInFailed weakPassword(String transaction, String text) {
    return new SignInFailed(Reason.WEAK_PASSWORD, text, Optional.of(transaction));
  }

  public String text() {
    return text;
  }

  /// Under which transaction another code or password can be tried.
  public Optional<String> transaction() {
    return transaction;
  }

  public Reason reason() {
    return reason;
  }
}
