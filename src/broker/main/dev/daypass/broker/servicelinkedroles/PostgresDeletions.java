package dev.daypass.broker.servicelinkedroles;

import dev.daypass.broker.database.Database;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// The deletions of service-linked roles, for thirty days at least.
@Singleton
final class PostgresDeletions {
  private static final Duration KEPT = Duration.ofDays(30);

  private final Database database;

  PostgresDeletions(Database database) {
    this.database = database;
  }

  Uni<Boolean> has(String account, DeletionTask task) {
    return database
        .count(
            "select count(*) from DeletionRow where accountId = :account and taskId = :task",
            Map.of("account", account, "task", task.id()))
        .map(count -> count > 0);
  }

  /// Adds one, and forgets those that nobody asks for any more.
  Uni<Void> add(String account, DeletionTask task, Instant now) {
    return database
        .change(
            "delete from DeletionRow where accountId = :account and deletedAt < :old",
            Map.of("account", account, "old", now.minus(KEPT)))
        .chain(() -> database.add(DeletionRow.of(account, task, now)));
  }
}
