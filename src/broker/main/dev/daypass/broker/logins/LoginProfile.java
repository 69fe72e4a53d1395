package dev.daypass.broker.logins;

import dev.daypass.wire.iam.CredentialMessages;
import java.time.Instant;

/// A user's password.
///
/// @param passwordHash Argon2id in PHC form
/// @param resetRequired whether the next sign-in must choose another
public record LoginProfile(
    String userId, String passwordHash, boolean resetRequired, Instant createdAt) {
  CredentialMessages.LoginProfile onWire(String userName) {
    return new CredentialMessages.LoginProfile(userName, createdAt, resetRequired);
  }

  @Override
  public String toString() {
    return "LoginProfile[" + userId + "]";
  }
}
