package dev.daypass.broker.logins;

import dev.daypass.broker.database.Database;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;

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

  Uni<Void> add(LoginProfile profile) {
    return database.add(LoginProfileRow.of(profile));
  }

  public Uni<Void> update(LoginProfile profile) {
    return database.put(LoginProfileRow.of(profile));
  }

  /// Replaces the password in a transaction of its own.
  public Uni<Void> change(LoginProfile profile) {
    return database.inTransaction(() -> update(profile));
  }

  /// Says how many were removed: one or none.
  Uni<Integer> remove(String userId) {
    return database.change(
        "delete from LoginProfileRow where userId = :user", Map.of("user", userId));
  }
}
