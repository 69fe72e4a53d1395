package dev.daypass.broker.signin;

import dev.daypass.broker.passkeys.RequestOptions;
import java.util.Optional;

/// A sign-in that did not succeed. It says the same whatever was wrong with the name or the
/// password.
public final class SignInFailed extends RuntimeException {
  private final Reason reason;
  private final String text;
  private final Optional<String> transaction;
  private final Optional<RequestOptions> passkey;

  /// What the person can do about it.
  public enum Reason {
    /// Account, name or password.
    WRONG_CREDENTIALS("The account, the name or the password is wrong."),
    /// The code, which can be tried again.
    WRONG_CODE("The code is wrong, or was used before. Wait for the next one."),
    /// The recovery code, which can be tried again.
    WRONG_RECOVERY_CODE("The recovery code is wrong, or was used before."),
    /// The passkey, which can be tried again.
    WRONG_PASSKEY("This passkey cannot be used here. Try again, or with another."),
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
    this(reason, reason.text(), Optional.empty(), Optional.empty());
  }

  private SignInFailed(
      Reason reason, String text, Optional<String> transaction, Optional<RequestOptions> passkey) {
    super(text, null, false, false);
    this.reason = reason;
    this.text = text;
    this.transaction = transaction;
    this.passkey = passkey;
  }

  static SignInFailed tryAgain(
      Reason reason, String transaction, Optional<RequestOptions> passkey) {
    return new SignInFailed(reason, reason.text(), Optional.of(transaction), passkey);
  }

  static SignInFailed weakPassword(String transaction, String text) {
    return new SignInFailed(Reason.WEAK_PASSWORD, text, Optional.of(transaction), Optional.empty());
  }

  public String text() {
    return text;
  }

  /// Under which transaction another code or password can be tried.
  public Optional<String> transaction() {
    return transaction;
  }

  /// What a passkey has to sign under that transaction, where there is one.
  public Optional<RequestOptions> passkey() {
    return passkey;
  }

  public Reason reason() {
    return reason;
  }
}
