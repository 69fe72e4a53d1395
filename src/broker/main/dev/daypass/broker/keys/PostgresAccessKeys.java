package dev.daypass.broker.keys;

import dev.daypass.broker.database.Database;
import dev.daypass.broker.sealing.SealedColumn;
import dev.daypass.broker.sealing.Sealer;
import dev.daypass.wire.Secret;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The access keys of every account, their secrets sealed.
@Singleton
public final class PostgresAccessKeys {
  private final Database database;
  private final Sealer sealer;

  PostgresAccessKeys(Database database, Sealer sealer) {
    this.database = database;
    this.sealer = sealer;
  }

  Uni<Void> add(AccessKey key, Secret secret) {
    return database.add(
        AccessKeyRow.of(key, sealer.seal(secret, SealedColumn.ACCESS_KEY.owner(key.id()))));
  }

  Uni<Optional<AccessKey>> find(String id) {
    return database
        .find(AccessKeyRow.class, "from AccessKeyRow where id = :id", Map.of("id", id))
        .map(found -> found.map(AccessKeyRow::toKey));
  }

  /// Oldest first.
  Uni<List<AccessKey>> of(String userId) {
    return database
        .list(
            AccessKeyRow.class,
            "from AccessKeyRow where userId = :user order by createdAt, id",
            Map.of("user", userId),
            Integer.MAX_VALUE)
        .map(rows -> rows.stream().map(AccessKeyRow::toKey).toList());
  }

  /// The keys of many users, by user, oldest first.
  public Uni<Map<String, List<AccessKey>>> ofAll(List<String> userIds) {
    return database
        .list(
            AccessKeyRow.class,
            "from AccessKeyRow where userId in :users order by createdAt, id",
            Map.of("users", userIds),
            Integer.MAX_VALUE)
        .map(
            rows ->
                rows.stream()
                    .map(AccessKeyRow::toKey)
                    .collect(Collectors.groupingBy(AccessKey::userId)));
  }

  /// Says how many changed: one, or none where the user has no such key.
  Uni<Integer> activate(String userId, String id, boolean active) {
    return database.change(
        "update AccessKeyRow set active = :active where id = :id and userId = :user",
        Map.of("active", active, "id", id, "user", userId));
  }

  /// Says how many were removed: one, or none where the user has no such key.
  Uni<Integer> remove(String userId, String id) {
    return database.change(
        "delete from AccessKeyRow where id = :id and userId = :user",
        Map.of("id", id, "user", userId));
  }
}
