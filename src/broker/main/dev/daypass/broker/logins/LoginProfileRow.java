package dev.daypass.broker.logins;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "login_profile")
@NullUnmarked
class LoginProfileRow {
  @Id String userId;
  String passwordHash;
  boolean resetRequired;
  Instant createdAt;
  Instant changedAt;

  LoginProfile toProfile() {
    return new LoginProfile(userId, passwordHash, resetRequired, createdAt, changedAt);
  }

  static LoginProfileRow of(LoginProfile profile) {
    LoginProfileRow row = new LoginProfileRow();
    row.userId = profile.userId();
    row.passwordHash = profile.passwordHash();
    row.resetRequired = profile.resetRequired();
    row.createdAt = profile.createdAt();
    row.changedAt = profile.changedAt();
    return row;
  }
}
