package dev.daypass.broker.users;

import static dev.daypass.wire.ErrorCode.NO_SUCH_ENTITY;

import dev.daypass.broker.database.Database;
import dev.daypass.broker.database.Page;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The users of every account.
@Singleton
public final class PostgresUsers {
  /// What keeps a user from being deleted, and what AWS says must be done about it.
  private static final String REFERENCED = "must remove referenced objects first.";

  private static final Map<String, String> BELONGINGS = belongings();

  private final Database database;

  PostgresUsers(Database database) {
    this.database = database;
  }

  private static Map<String, String> belongings() {
    Map<String, String> belongings = new LinkedHashMap<>();
    belongings.put("InlinePolicyRow where ownerId", "must delete policies first.");
    belongings.put("AccessKeyRow where userId", "must delete access keys first.");
    belongings.put("LoginProfileRow where userId", "must delete login profile first.");
    belongings.put("DeviceRow where userId", "must delete MFA device first.");
    belongings.put("GroupMemberRow where userId", "must remove users from group first.");
    belongings.put("SigningCertificateRow where userId", REFERENCED);
    belongings.put("SshPublicKeyRow where userId", REFERENCED);
    belongings.put("ServiceCredentialRow where userId", REFERENCED);
    return Collections.unmodifiableMap(belongings);
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

  /// Users of an account who have a tag, `most` at most. Keys of tags are without regard to case.
  public Uni<List<User>> tagged(String account, String key, String value, int most) {
    return database
        .list(
            UserRow.class,
            """
            from UserRow where accountId = :account and id in
            (select ownerId from TagRow where lower(key) = :key and value = :value)
            """,
            Map.of("account", account, "key", key.toLowerCase(Locale.ROOT), "value", value),
            most)
        .map(rows -> rows.stream().map(UserRow::toUser).toList());
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

  /// What still belongs to the user and must be removed first, in AWS's words; the first of
  /// several.
  Uni<Optional<String>> belonging(String id) {
    Uni<Optional<String>> first = Uni.createFrom().item(Optional.empty());
    for (Map.Entry<String, String> kind : BELONGINGS.entrySet()) {
      first =
          first.chain(
              found ->
                  found.isPresent()
                      ? Uni.createFrom().item(found)
                      : database
                          .count(
                              "select count(*) from " + kind.getKey() + " = :id", Map.of("id", id))
                          .map(
                              there ->
                                  there > 0 ? Optional.of(kind.getValue()) : Optional.empty()));
    }
    return first;
  }
}
