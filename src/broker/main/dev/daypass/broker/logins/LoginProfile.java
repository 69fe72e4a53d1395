package dev.daypass.broker.logins;

import dev.daypass.wire.iam.CredentialMessages;
import java.time.Instant;

/// A user's password.
///
/// @param passwordHash Argon2id in PHC form
/// @param changedAt when this password was set
/// @param resetRequired whether the next sign-in must choose another
public record LoginProfile(
    String userId,
    String passwordHash,
    boolean resetRequired,
    Instant createdAt,
    Instant changedAt) {
  /// The same user's, with another password from now on.
  public LoginProfile changed(String hash, boolean reset, Instant now) {
    return new LoginProfile(userId, hash, reset, createdAt, now);
  }

  CredentialMessages.LoginProfile onWire(String userName) {
    return new CredentialMessages.LoginProfile(userName, createdAt, resetRequired);
  }

  @Override
  public String toString() {
    return "LoginProfile[" + userId + "]";
  }
}
