package dev.daypass.broker.users;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "iam_user")
@NullUnmarked
class UserRow {
  @Id String id;
  String accountId;
  String path;
  String name;
  String permissionsBoundary;
  Instant createdAt;

  /// Written by sign-ins alone, which do not wait for other changes of the user.
  @Column(updatable = false)
  Instant passwordLastUsed;

  User toUser() {
    return new User(
        id,
        accountId,
        path,
        name,
        Optional.ofNullable(permissionsBoundary),
        createdAt,
        Optional.ofNullable(passwordLastUsed));
  }

  static UserRow of(User user) {
    UserRow row = new UserRow();
    row.id = user.id();
    row.accountId = user.account();
    row.path = user.path();
    row.name = user.name();
    row.permissionsBoundary = user.boundary().orElse(null);
    row.createdAt = user.createdAt();
    row.passwordLastUsed = user.passwordLastUsed().orElse(null);
    return row;
  }
}
