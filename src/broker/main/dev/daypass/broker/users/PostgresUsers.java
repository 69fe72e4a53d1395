package dev.daypass.broker.users;

import static dev.daypass.wire.ErrorCode.NO_SUCH_ENTITY;

import dev.daypass.broker.database.Database;
import dev.daypass.broker.database.Page;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The users of every account.
@Singleton
public final class PostgresUsers {
  private final Database database;

  PostgresUsers(Database database) {
    this.database = database;
  }

  /// The user of this name, whatever its case.
  public Uni<Optional<User>> find(String account, String name) {
    return database
        .find(
            UserRow.class,
            "from UserRow where accountId = :account and lower(name) = :name",
            Map.of("account", account, "name", name.toLowerCase(Locale.ROOT)))
        .map(found -> found.map(UserRow::toUser));
  }

  /// The user of this name; `NoSuchEntity` where there is none.
  public Uni<User> get(String account, String name) {
    return find(account, name)
        .map(
            found ->
                found.orElseThrow(
                    () ->
                        NO_SUCH_ENTITY.error(
                            "The user with name %s cannot be found.".formatted(name))));
  }

  /// The user with this unique id.
  public Uni<Optional<User>> byId(String id) {
    return database
        .find(UserRow.class, "from UserRow where id = :id", Map.of("id", id))
        .map(found -> found.map(UserRow::toUser));
  }

  /// Users by their unique ids.
  public Uni<Map<String, User>> byIds(List<String> ids) {
    return database
        .list(UserRow.class, "from UserRow where id in :ids", Map.of("ids", ids), Integer.MAX_VALUE)
        .map(rows -> rows.stream().collect(Collectors.toMap(row -> row.id, UserRow::toUser)));
  }

  /// Users whose path begins with `prefix`, by name.
  public Uni<Page<User>> page(String account, String prefix, Page.Wanted wanted) {
    return database
        .list(
            UserRow.class,
            """
            from UserRow where accountId = :account and lower(name) > :after
            and left(path, length(:prefix)) = :prefix order by lower(name)
            """,
            Map.of("account", account, "after", wanted.after(), "prefix", prefix),
            wanted.toFetch())
        .map(rows -> Page.of(rows, wanted, row -> row.name.toLowerCase(Locale.ROOT)))
        .map(page -> page.map(UserRow::toUser));
  }

  /// The members of a group, by name.
  public Uni<Page<User>> inGroup(String groupId, Page.Wanted wanted) {
    return database
        .list(
            UserRow.class,
            """
            from UserRow where lower(name) > :after and id in
            (select m.userId from GroupMemberRow m where m.groupId = :group) order by lower(name)
            """,
            Map.of("after", wanted.after(), "group", groupId),
            wanted.toFetch())
        .map(rows -> Page.of(rows, wanted, row -> row.name.toLowerCase(Locale.ROOT)))
        .map(page -> page.map(UserRow::toUser));
  }

  public Uni<Long> count(String account) {
    return database.count(
        "select count(*) from UserRow where accountId = :account", Map.of("account", account));
  }

  public Uni<Void> add(User user) {
    return database.add(UserRow.of(user));
  }

  /// Gives a user another name, path or boundary.
  public Uni<Void> update(User user) {
    return database.put(UserRow.of(user));
  }

  /// Notes that the password was used.
  public Uni<Void> signedIn(String id, Instant at) {
    return database
        .inTransaction(
            () ->
                database.change(
                    "update UserRow set passwordLastUsed = :at where id = :id",
                    Map.of("at", at, "id", id)))
        .replaceWithVoid();
  }

  public Uni<Void> remove(String id) {
    return database
        .change("delete from UserRow where id = :id", Map.of("id", id))
        .replaceWithVoid();
  }

  /// Whether something still belongs to the user that must be removed first.
  public Uni<Boolean> inUse(String id) {
    return database
        .count(
            """
            select (select count(*) from GroupMemberRow where userId = :id)
              + (select count(*) from AccessKeyRow where userId = :id)
              + (select count(*) from LoginProfileRow where userId = :id)
              + (select count(*) from DeviceRow where userId = :id)
              + (select count(*) from SigningCertificateRow where userId = :id)
              + (select count(*) from SshPublicKeyRow where userId = :id)
              + (select count(*) from ServiceCredentialRow where userId = :id)
              + (select count(*) from InlinePolicyRow where ownerId = :id)
            """,
            Map.of("id", id))
        .map(belongings -> belongings > 0);
  }
}
