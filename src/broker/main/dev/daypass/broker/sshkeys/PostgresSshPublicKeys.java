package dev.daypass.broker.sshkeys;

import static dev.daypass.wire.ErrorCode.NO_SUCH_ENTITY;

import dev.daypass.broker.database.Database;
import dev.daypass.broker.database.Page;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/// The SSH public keys of every account.
@Singleton
final class PostgresSshPublicKeys {
  private final Database database;

  PostgresSshPublicKeys(Database database) {
    this.database = database;
  }

  Uni<Void> add(SshPublicKey key) {
    return database.add(SshPublicKeyRow.of(key));
  }

  Uni<List<SshPublicKey>> of(String userId) {
    return database
        .list(
            SshPublicKeyRow.class,
            "from SshPublicKeyRow where userId = :user",
            Map.of("user", userId),
            Integer.MAX_VALUE)
        .map(rows -> rows.stream().map(SshPublicKeyRow::toKey).toList());
  }

  /// By id.
  Uni<Page<SshPublicKey>> page(String userId, Page.Wanted wanted) {
    return database
        .list(
            SshPublicKeyRow.class,
            "from SshPublicKeyRow where userId = :user and id > :after order by id",
            Map.of("user", userId, "after", wanted.after()),
            wanted.toFetch())
        .map(rows -> Page.of(rows, wanted, row -> row.id))
        .map(page -> page.map(SshPublicKeyRow::toKey));
  }

  /// The user's key with this id; `NoSuchEntity` where there is none.
  Uni<SshPublicKey> get(String userId, String id) {
    return database
        .find(
            SshPublicKeyRow.class,
            "from SshPublicKeyRow where id = :id and userId = :user",
            Map.of("id", id, "user", userId))
        .map(found -> found.orElseThrow(() -> unknown(id)).toKey());
  }

  /// `NoSuchEntity` where the user has no such key.
  Uni<Void> activate(String userId, String id, boolean active) {
    return database
        .change(
            "update SshPublicKeyRow set active = :active where id = :id and userId = :user",
            Map.of("active", active, "id", id, "user", userId))
        .invoke(changed -> refuseUnlessFound(changed, id))
        .replaceWithVoid();
  }

  /// `NoSuchEntity` where the user has no such key.
  Uni<Void> remove(String userId, String id) {
    return database
        .change(
            "delete from SshPublicKeyRow where id = :id and userId = :user",
            Map.of("id", id, "user", userId))
        .invoke(removed -> refuseUnlessFound(removed, id))
        .replaceWithVoid();
  }

  private static void refuseUnlessFound(int found, String id) {
    if (found == 0) {
      throw unknown(id);
    }
  }

  private static RuntimeException unknown(String id) {
    return NO_SUCH_ENTITY.error("The Public Key with id %s cannot be found.".formatted(id));
  }
}
