package dev.daypass.broker.signin;

import java.util.List;

/// What a person has proven itself with so far.
enum Proof {
  /// Nothing yet.
  NONE(),
  PASSWORD("pwd"),
  PASSWORD_AND_CODE("pwd", "otp", "mfa"),
  PASSWORD_AND_PASSKEY("pwd", "pop", "mfa"),
  /// Another provider's word, and `UPSTREAM_MFA` where its second factor counts.
  UPSTREAM("fed"),
  UPSTREAM_MFA("fed", "mfa"),
  UPSTREAM_AND_CODE("fed", "otp", "mfa"),
  UPSTREAM_AND_PASSKEY("fed", "pop", "mfa"),
  /// A second factor again, of somebody who has signed in.
  CODE_AGAIN("otp", "mfa"),
  PASSKEY_AGAIN("pop", "mfa"),
  /// A passkey whose authenticator made sure of the person: two factors in one.
  PASSKEY("pop", "user", "mfa");

  private final List<String> methods;

  Proof(String... methods) {
    this.methods = List.of(methods);
  }

  /// Another provider's word.
  ///
  /// @param mfa whether its second factor counts
  static Proof upstream(boolean mfa) {
    return mfa ? UPSTREAM_MFA : UPSTREAM;
  }

  /// With a code beside it.
  Proof withCode() {
    return switch (this) {
      case PASSWORD -> PASSWORD_AND_CODE;
      case UPSTREAM -> UPSTREAM_AND_CODE;
      default -> CODE_AGAIN;
    };
  }

  /// With a passkey beside it.
  Proof withPasskey() {
    return switch (this) {
      case PASSWORD -> PASSWORD_AND_PASSKEY;
      case UPSTREAM -> UPSTREAM_AND_PASSKEY;
      default -> PASSKEY_AGAIN;
    };
  }

  /// By their registered names (RFC 8176).
  List<String> methods() {
    return methods;
  }

  /// Whether the password was among it.
  boolean password() {
    return methods.contains("pwd");
  }

  /// Whether there were two factors.
  boolean mfa() {
    return methods.contains("mfa");
  }
}
