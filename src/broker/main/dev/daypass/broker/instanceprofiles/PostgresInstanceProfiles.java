package dev.daypass.broker.instanceprofiles;

import static dev.daypass.wire.ErrorCode.NO_SUCH_ENTITY;

import dev.daypass.broker.database.Database;
import dev.daypass.broker.database.Page;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The instance profiles of every account.
@Singleton
final class PostgresInstanceProfiles {
  private final Database database;

  PostgresInstanceProfiles(Database database) {
    this.database = database;
  }

  /// The profile of this name, whatever its case.
  Uni<Optional<InstanceProfile>> find(String account, String name) {
    return database
        .find(
            InstanceProfileRow.class,
            "from InstanceProfileRow where accountId = :account and lower(name) = :name",
            Map.of("account", account, "name", name.toLowerCase(Locale.ROOT)))
        .map(found -> found.map(InstanceProfileRow::toProfile));
  }

  /// The profile of this name; `NoSuchEntity` where there is none.
  Uni<InstanceProfile> get(String account, String name) {
    return find(account, name)
        .map(
            found ->
                found.orElseThrow(
                    () ->
                        NO_SUCH_ENTITY.error(
                            "Instance Profile %s cannot be found.".formatted(name))));
  }

  Uni<Page<InstanceProfile>> page(String account, String prefix, Page.Wanted wanted) {
    return page(
        """
        from InstanceProfileRow where accountId = :account and lower(name) > :after
        and left(path, length(:prefix)) = :prefix order by lower(name)
        """,
        Map.of("account", account, "after", wanted.after(), "prefix", prefix),
        wanted);
  }

  /// The profiles that a role is in.
  Uni<Page<InstanceProfile>> of(String roleId, Page.Wanted wanted) {
    return page(
        "from InstanceProfileRow where roleId = :role and lower(name) > :after order by lower(name)",
        Map.of("role", roleId, "after", wanted.after()),
        wanted);
  }

  /// The profiles that any of these roles is in, by name.
  Uni<List<InstanceProfile>> ofAll(List<String> roleIds) {
    return database
        .list(
            InstanceProfileRow.class,
            "from InstanceProfileRow where roleId in :roles order by lower(name)",
            Map.of("roles", roleIds),
            Integer.MAX_VALUE)
        .map(rows -> rows.stream().map(InstanceProfileRow::toProfile).toList());
  }

  private Uni<Page<InstanceProfile>> page(
      String query, Map<String, ?> parameters, Page.Wanted wanted) {
    return database
        .list(InstanceProfileRow.class, query, parameters, wanted.toFetch())
        .map(rows -> Page.of(rows, wanted, row -> row.name.toLowerCase(Locale.ROOT)))
        .map(page -> page.map(InstanceProfileRow::toProfile));
  }

  Uni<Long> count(String account) {
    return database.count(
        "select count(*) from InstanceProfileRow where accountId = :account",
        Map.of("account", account));
  }

  Uni<Void> add(InstanceProfile profile) {
    return database.add(InstanceProfileRow.of(profile));
  }

  /// Puts a role in.
  Uni<Void> put(String id, String roleId) {
    return database
        .change(
            "update InstanceProfileRow set roleId = :role where id = :id",
            Map.of("id", id, "role", roleId))
        .replaceWithVoid();
  }

  /// Takes the role out.
  Uni<Void> empty(String id) {
    return database
        .change("update InstanceProfileRow set roleId = null where id = :id", Map.of("id", id))
        .replaceWithVoid();
  }

  Uni<Void> remove(String id) {
    return database
        .change("delete from InstanceProfileRow where id = :id", Map.of("id", id))
        .replaceWithVoid();
  }
}
