package dev.daypass.broker.groups;

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

/// The groups of every account, and their members.
@Singleton
public final class PostgresGroups {
  private final Database database;

  PostgresGroups(Database database) {
    this.database = database;
  }

  /// The group of this name, whatever its case.
  public Uni<Optional<Group>> find(String account, String name) {
    return database
        .find(
            GroupRow.class,
            "from GroupRow where accountId = :account and lower(name) = :name",
            Map.of("account", account, "name", name.toLowerCase(Locale.ROOT)))
        .map(found -> found.map(GroupRow::toGroup));
  }

  /// The group of this name; `NoSuchEntity` where there is none.
  public Uni<Group> get(String account, String name) {
    return find(account, name)
        .map(
            found ->
                found.orElseThrow(
                    () ->
                        NO_SUCH_ENTITY.error(
                            "The group with name %s cannot be found.".formatted(name))));
  }

  /// The names of the groups that many users are in, by user.
  public Uni<Map<String, List<String>>> namesOf(List<String> userIds) {
    return database
        .list(
            Object[].class,
            """
            select m.userId, g.name from GroupMemberRow m join GroupRow g on g.id = m.groupId
            where m.userId in :users order by m.userId, lower(g.name)
            """,
            Map.of("users", userIds),
            Integer.MAX_VALUE)
        .map(
            rows ->
                rows.stream()
                    .collect(
                        Collectors.groupingBy(
                            columns -> (String) columns[0],
                            Collectors.mapping(
                                columns -> (String) columns[1], Collectors.toList()))));
  }

  public Uni<Page<Group>> page(String account, String prefix, Page.Wanted wanted) {
    return page(
        """
        from GroupRow where accountId = :account and lower(name) > :after
        and left(path, length(:prefix)) = :prefix order by lower(name)
        """,
        Map.of("account", account, "after", wanted.after(), "prefix", prefix),
        wanted);
  }

  /// The groups that a user is in, by name.
  public Uni<Page<Group>> of(String userId, Page.Wanted wanted) {
    return page(
        """
        from GroupRow where lower(name) > :after and id in
        (select m.groupId from GroupMemberRow m where m.userId = :user) order by lower(name)
        """,
        Map.of("after", wanted.after(), "user", userId),
        wanted);
  }

  private Uni<Page<Group>> page(String query, Map<String, ?> parameters, Page.Wanted wanted) {
    return database
        .list(GroupRow.class, query, parameters, wanted.toFetch())
        .map(rows -> Page.of(rows, wanted, row -> row.name.toLowerCase(Locale.ROOT)))
        .map(page -> page.map(GroupRow::toGroup));
  }

  Uni<Long> count(String account) {
    return database.count(
        "select count(*) from GroupRow where accountId = :account", Map.of("account", account));
  }

  Uni<Void> add(Group group) {
    return database.add(GroupRow.of(group));
  }

  Uni<Void> update(Group group) {
    return database.put(GroupRow.of(group));
  }

  Uni<Void> remove(String id) {
    return database
        .change("delete from GroupRow where id = :id", Map.of("id", id))
        .replaceWithVoid();
  }

  Uni<List<String>> groupIds(String userId) {
    return database.list(
        String.class,
        "select groupId from GroupMemberRow where userId = :user",
        Map.of("user", userId),
        Integer.MAX_VALUE);
  }

  Uni<Long> memberCount(String groupId) {
    return database.count(
        "select count(*) from GroupMemberRow where groupId = :id", Map.of("id", groupId));
  }

  Uni<Void> join(String groupId, String userId, Instant now) {
    return database.put(GroupMemberRow.of(groupId, userId, now));
  }

  /// Says how many memberships ended: one or none.
  Uni<Integer> leave(String groupId, String userId) {
    return database.change(
        "delete from GroupMemberRow where groupId = :group and userId = :user",
        Map.of("group", groupId, "user", userId));
  }
}
