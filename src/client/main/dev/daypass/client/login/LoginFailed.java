package dev.daypass.client.login;

/// A sign-in by browser that came to nothing.
public final class LoginFailed extends RuntimeException {
  private final Reason reason;

  LoginFailed(Reason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  /// Why.
  public enum Reason {
    /// The person would not.
    REFUSED,
    /// Nobody answered in time.
    TOO_LATE,
    /// The browser's answer cannot be waited for at the port.
    PORT_TAKEN,
    /// The broker's answer is not one to act on.
    NOT_UNDERSTOOD
  }

  public Reason reason() {
    return reason;
  }

  static LoginFailed refused() {
    return new LoginFailed(Reason.REFUSED, "You did not allow it. Nothing was given.");
  }
}
