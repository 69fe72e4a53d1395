package dev.daypass.broker.apply;

import dev.daypass.broker.database.Database;
import dev.daypass.broker.logins.PasswordPolicyActions;
import dev.daypass.wire.iam.AccountMessages.PasswordPolicy;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads what an account looks like, a table at a time: as many questions for ten users as for ten
/// thousand.
@Singleton
final class PostgresInventory {
  private static final String OF_ACCOUNT =
      """
      (ownerId in (select id from UserRow where accountId = :account)
        or ownerId in (select id from GroupRow where accountId = :account)
        or ownerId in (select id from RoleRow where accountId = :account)
        or ownerId in (select id from ManagedPolicyRow where accountId = :account))
      """;

  private final Database database;
  private final PasswordPolicyActions passwords;

  PostgresInventory(Database database, PasswordPolicyActions passwords) {
    this.database = database;
    this.passwords = passwords;
  }

  Uni<Inventory> of(String account) {
    return read(account, new Read(account)).map(Read::inventory);
  }

  private Uni<Read> read(String account, Read read) {
    return rows("select id, path, name, permissionsBoundary from UserRow", account)
        .invoke(rows -> rows.forEach(row -> read.thing(Kind.USER, row)))
        .chain(() -> rows("select id, path, name from GroupRow", account))
        .invoke(rows -> rows.forEach(row -> read.thing(Kind.GROUP, row)))
        .chain(
            () ->
                rows(
                    """
                    select id, path, name, permissionsBoundary, description, trustPolicy,
                      maxSessionSeconds from RoleRow
                    """,
                    account))
        .invoke(rows -> rows.forEach(row -> read.thing(Kind.ROLE, row)))
        .chain(
            () ->
                rows(
                    """
                    select p.id, p.path, p.name, null, p.description, v.document, p.defaultVersion
                    from ManagedPolicyRow p
                    join PolicyVersionRow v on v.policyId = p.id and v.number = p.defaultVersion
                    """,
                    account))
        .invoke(rows -> rows.forEach(row -> read.thing(Kind.POLICY, row)))
        .chain(() -> parts(account, read))
        .chain(() -> ofAccount(account, read))
        .replaceWith(read);
  }

  private Uni<Void> parts(String account, Read read) {
    return owned("select ownerId, key, value from TagRow", account)
        .invoke(rows -> rows.forEach(row -> read.of(row).tags.put(text(row, 1), text(row, 2))))
        .chain(() -> owned("select ownerId, policyArn from AttachedPolicyRow", account))
        .invoke(rows -> rows.forEach(row -> read.of(row).attached.add(text(row, 1))))
        .chain(() -> owned("select ownerId, name, document from InlinePolicyRow", account))
        .invoke(rows -> rows.forEach(row -> read.of(row).inline.put(text(row, 1), text(row, 2))))
        .chain(
            () ->
                rows(
                    """
                    select m.userId, g.id, g.name from GroupMemberRow m
                    join GroupRow g on g.id = m.groupId
                    """,
                    account))
        .invoke(rows -> rows.forEach(row -> read.of(row).groups.put(text(row, 1), text(row, 2))))
        .chain(
            () ->
                rows(
                    """
                    select v.policyId, v.number from PolicyVersionRow v
                    join ManagedPolicyRow p on p.id = v.policyId
                    """,
                    account,
                    " order by v.number"))
        .invoke(rows -> rows.forEach(row -> read.of(row).versions.add((Integer) row[1])))
        .replaceWithVoid();
  }

  private Uni<Void> ofAccount(String account, Read read) {
    return rows("select ownerId, part from AppliedRow", account)
        .invoke(rows -> rows.forEach(row -> read.marks.add(new Mark(text(row, 0), text(row, 1)))))
        .chain(() -> rows("select alias, accountId from AccountAliasRow", account))
        .invoke(rows -> rows.forEach(row -> read.alias = Optional.of(text(row, 0))))
        .chain(() -> passwords.find(account))
        .invoke(found -> read.passwordPolicy = found)
        .replaceWithVoid();
  }

  private Uni<List<Object[]>> rows(String select, String account) {
    return rows(select, account, "");
  }

  private Uni<List<Object[]>> rows(String select, String account, String order) {
    return list(select + " where accountId = :account" + order, account);
  }

  private Uni<List<Object[]>> owned(String select, String account) {
    return list(select + " where " + OF_ACCOUNT, account);
  }

  private Uni<List<Object[]>> list(String query, String account) {
    return database.list(Object[].class, query, Map.of("account", account), Integer.MAX_VALUE);
  }

  private static String text(Object[] row, int column) {
    return row[column].toString();
  }

  /// What has been read so far.
  private static final class Read {
    private final String account;
    private final Map<String, Inventory.Thing> things = new HashMap<>();
    private final HashSet<Mark> marks = new HashSet<>();
    private Optional<String> alias = Optional.empty();
    private Optional<PasswordPolicy> passwordPolicy = Optional.empty();

    Read(String account) {
      this.account = account;
    }

    Parts of(Object[] row) {
      Inventory.Thing thing = things.get(text(row, 0));
      return thing == null ? Parts.none() : Parts.of(thing);
    }

    void thing(Kind kind, Object[] row) {
      int number = row.length > 6 ? (Integer) row[6] : 0;
      things.put(
          text(row, 0),
          new Inventory.Thing(
              kind,
              text(row, 0),
              text(row, 1),
              text(row, 2),
              optional(row, 3),
              optional(row, 4),
              optional(row, 5).orElse(""),
              number,
              number,
              new TreeMap<>(),
              new TreeSet<>(),
              new TreeMap<>(),
              new TreeMap<>(),
              new ArrayList<>()));
    }

    private static Optional<String> optional(Object[] row, int column) {
      @Nullable Object value = column < row.length ? row[column] : null;
      return Optional.ofNullable(value).map(Object::toString);
    }

    Inventory inventory() {
      Map<Inventory.Key, Inventory.Thing> byName = new HashMap<>();
      things
          .values()
          .forEach(thing -> byName.put(new Inventory.Key(thing.kind(), thing.name()), thing));
      return new Inventory(account, alias, passwordPolicy, byName, marks);
    }
  }

  /// Where what belongs to a thing is collected; what belongs to nothing (made by another since) is
  /// dropped.
  private record Parts(
      Map<String, String> tags,
      Collection<String> attached,
      Map<String, String> inline,
      Map<String, String> groups,
      List<Integer> versions) {
    static Parts of(Inventory.Thing thing) {
      return new Parts(
          thing.tags(), thing.attached(), thing.inline(), thing.groups(), thing.versions());
    }

    static Parts none() {
      return new Parts(
          new HashMap<>(), new ArrayList<>(), new HashMap<>(), new HashMap<>(), new ArrayList<>());
    }
  }
}
