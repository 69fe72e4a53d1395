package dev.daypass.broker.logins;

import dev.daypass.broker.database.Conflict;
import dev.daypass.broker.database.Database;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The passwords of every account's users.
@Singleton
public final class PostgresLoginProfiles {
  private final Database database;

  PostgresLoginProfiles(Database database) {
    this.database = database;
  }

  public Uni<Optional<LoginProfile>> find(String userId) {
    return database
        .find(
            LoginProfileRow.class,
            "from LoginProfileRow where userId = :user",
            Map.of("user", userId))
        .map(found -> found.map(LoginProfileRow::toProfile));
  }

  /// The login profiles of many users, by user.
  public Uni<Map<String, LoginProfile>> of(List<String> userIds) {
    return database
        .list(
            LoginProfileRow.class,
            "from LoginProfileRow where userId in :users",
            Map.of("users", userIds),
            Integer.MAX_VALUE)
        .map(
            rows ->
                rows.stream()
                    .collect(Collectors.toMap(row -> row.userId, LoginProfileRow::toProfile)));
  }

  Uni<Void> add(LoginProfile profile) {
    return database.add(LoginProfileRow.of(profile));
  }

  /// Changes what is not the password.
  Uni<Void> update(LoginProfile profile) {
    return database.put(LoginProfileRow.of(profile));
  }

  /// Replaces a password, and keeps the hash of the one it was. Fails with [Conflict] where that is
  /// no longer the password: whoever proved it has proved nothing.
  Uni<Void> replace(LoginProfile former, LoginProfile profile) {
    return database
        .change(
            """
            update LoginProfileRow set passwordHash = :hash, resetRequired = :reset, changedAt = :at
            where userId = :user and passwordHash = :former
            """,
            Map.of(
                "hash",
                profile.passwordHash(),
                "reset",
                profile.resetRequired(),
                "at",
                profile.changedAt(),
                "user",
                profile.userId(),
                "former",
                former.passwordHash()))
        .invoke(
            replaced -> {
              if (replaced == 0) {
                throw new Conflict("the password was changed meanwhile");
              }
            })
        .chain(() -> database.add(FormerPasswordRow.of(former, profile.changedAt())));
  }

  /// Replaces a password in a transaction of its own.
  public Uni<Void> change(LoginProfile former, LoginProfile profile) {
    return database.inTransaction(() -> replace(former, profile));
  }

  /// The hashes of the passwords the user had, the latest first.
  Uni<List<String>> formerHashes(String userId, int most) {
    return most == 0
        ? Uni.createFrom().item(List.of())
        : database
            .list(
                FormerPasswordRow.class,
                "from FormerPasswordRow where userId = :user order by replacedAt desc",
                Map.of("user", userId),
                most)
            .map(rows -> rows.stream().map(row -> row.passwordHash).toList());
  }

  /// Says how many were removed: one or none.
  Uni<Integer> remove(String userId) {
    return database.change(
        "delete from LoginProfileRow where userId = :user", Map.of("user", userId));
  }
}
