package dev.daypass.broker.roles;

import static dev.daypass.wire.ErrorCode.NO_SUCH_ENTITY;

import dev.daypass.broker.database.Database;
import dev.daypass.broker.database.Page;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The roles of every account.
@Singleton
public final class PostgresRoles {
  private final Database database;

  PostgresRoles(Database database) {
    this.database = database;
  }

  /// The role of this name, whatever its case.
  public Uni<Optional<Role>> find(String account, String name) {
    return database
        .find(
            RoleRow.class,
            "from RoleRow where accountId = :account and lower(name) = :name",
            Map.of("account", account, "name", name.toLowerCase(Locale.ROOT)))
        .map(found -> found.map(RoleRow::toRole));
  }

  /// The role of this name; `NoSuchEntity` where there is none.
  public Uni<Role> get(String account, String name) {
    return find(account, name)
        .map(
            found ->
                found.orElseThrow(
                    () ->
                        NO_SUCH_ENTITY.error(
                            "The role with name %s cannot be found.".formatted(name))));
  }

  /// The same, to be changed; `UnmodifiableEntity` where it is linked to a service.
  public Uni<Role> modifiable(String account, String name) {
    return get(account, name).map(Role::requireModifiable);
  }

  /// The role with this unique id.
  public Uni<Optional<Role>> byId(String id) {
    return database
        .find(RoleRow.class, "from RoleRow where id = :id", Map.of("id", id))
        .map(found -> found.map(RoleRow::toRole));
  }

  /// Whether an instance profile has the role in it.
  Uni<Boolean> inInstanceProfile(String id) {
    return database
        .count("select count(*) from InstanceProfileRow where roleId = :id", Map.of("id", id))
        .map(profiles -> profiles > 0);
  }

  /// Roles by their unique ids.
  public Uni<Map<String, Role>> byIds(List<String> ids) {
    return database
        .list(RoleRow.class, "from RoleRow where id in :ids", Map.of("ids", ids), Integer.MAX_VALUE)
        .map(rows -> rows.stream().collect(Collectors.toMap(row -> row.id, RoleRow::toRole)));
  }

  public Uni<Page<Role>> page(String account, String prefix, Page.Wanted wanted) {
    return database
        .list(
            RoleRow.class,
            """
            from RoleRow where accountId = :account and lower(name) > :after
            and left(path, length(:prefix)) = :prefix order by lower(name)
            """,
            Map.of("account", account, "after", wanted.after(), "prefix", prefix),
            wanted.toFetch())
        .map(rows -> Page.of(rows, wanted, row -> row.name.toLowerCase(Locale.ROOT)))
        .map(page -> page.map(RoleRow::toRole));
  }

  /// The ARNs of all roles, for whoever asks which of them can be assumed.
  public Uni<List<Role>> all() {
    return database
        .list(
            RoleRow.class,
            "from RoleRow order by accountId, lower(name)",
            Map.of(),
            Integer.MAX_VALUE)
        .map(rows -> rows.stream().map(RoleRow::toRole).toList());
  }

  public Uni<Long> count(String account) {
    return database.count(
        "select count(*) from RoleRow where accountId = :account", Map.of("account", account));
  }

  public Uni<Void> add(Role role) {
    return database.add(RoleRow.of(role));
  }

  /// Gives a role another trust policy, description, longest session or boundary.
  public Uni<Void> update(Role role) {
    return database.put(RoleRow.of(role));
  }

  public Uni<Void> remove(String id) {
    return database
        .change("delete from RoleRow where id = :id", Map.of("id", id))
        .replaceWithVoid();
  }
}
