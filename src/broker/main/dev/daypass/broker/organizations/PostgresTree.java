package dev.daypass.broker.organizations;

import dev.daypass.broker.database.Database;
import dev.daypass.broker.database.Page;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The trees of organizations: units, and the accounts in them.
@Singleton
final class PostgresTree {
  private static final String ORGANIZATION = "organization";
  private static final String PARENT = "parent";
  private static final String AFTER = "after";

  private final Database database;

  PostgresTree(Database database) {
    this.database = database;
  }

  /// The organization's root or organizational unit of this id.
  Uni<Optional<Unit>> unit(String organization, String id) {
    return database
        .find(
            UnitRow.class,
            "from UnitRow where organizationId = :organization and id = :id",
            Map.of(ORGANIZATION, organization, "id", id))
        .map(found -> found.map(UnitRow::toUnit));
  }

  Uni<Unit> root(String organization) {
    return database
        .find(
            UnitRow.class,
            "from UnitRow where organizationId = :organization and depth = 0",
            Map.of(ORGANIZATION, organization))
        .map(found -> found.orElseThrow().toUnit());
  }

  /// The unit and what it is in, from the root down.
  Uni<List<Unit>> line(Unit unit) {
    Uni<List<Unit>> line = Uni.createFrom().item(List.of(unit));
    for (int depth = unit.depth(); depth > 0; depth--) {
      line = line.chain(this::above);
    }
    return line;
  }

  private Uni<List<Unit>> above(List<Unit> line) {
    Unit top = line.getFirst();
    return unit(top.organization(), top.parent().orElseThrow())
        .map(
            found -> {
              List<Unit> longer = new ArrayList<>(List.of(found.orElseThrow()));
              longer.addAll(line);
              return longer;
            });
  }

  Uni<Page<Unit>> unitsIn(String parent, Page.Wanted wanted) {
    return database
        .list(
            UnitRow.class,
            "from UnitRow where parentId = :parent and id > :after order by id",
            Map.of(PARENT, parent, AFTER, wanted.after()),
            wanted.toFetch())
        .map(rows -> Page.of(rows, wanted, row -> row.id))
        .map(page -> page.map(UnitRow::toUnit));
  }

  Uni<Optional<Unit>> named(String parent, String name) {
    return database
        .find(
            UnitRow.class,
            "from UnitRow where parentId = :parent and name = :name",
            Map.of(PARENT, parent, "name", name))
        .map(found -> found.map(UnitRow::toUnit));
  }

  Uni<Long> countUnits(String organization) {
    return count("UnitRow where organizationId = :organization and depth > 0", organization);
  }

  Uni<Long> countMembers(String organization) {
    return count("MemberRow where organizationId = :organization", organization);
  }

  private Uni<Long> count(String what, String organization) {
    return database.count("select count(*) from " + what, Map.of(ORGANIZATION, organization));
  }

  /// Whether nothing is in the unit.
  Uni<Boolean> empty(String unit) {
    Map<String, String> in = Map.of(PARENT, unit);
    return database
        .count("select count(*) from UnitRow where parentId = :parent", in)
        .chain(
            units ->
                database
                    .count("select count(*) from MemberRow where parentId = :parent", in)
                    .map(accounts -> units + accounts == 0));
  }

  Uni<Void> add(Unit unit) {
    return database.add(UnitRow.of(unit));
  }

  Uni<Void> rename(String unit, String name) {
    return database
        .change("update UnitRow set name = :name where id = :id", Map.of("name", name, "id", unit))
        .replaceWithVoid();
  }

  Uni<Void> remove(Unit unit) {
    return database
        .change("delete from UnitRow where id = :id", Map.of("id", unit.id()))
        .replaceWithVoid();
  }

  Uni<Optional<Member>> member(String organization, String account) {
    return database
        .find(
            MemberRow.class,
            "from MemberRow where organizationId = :organization and accountId = :account",
            Map.of(ORGANIZATION, organization, "account", account))
        .map(found -> found.map(MemberRow::toMember));
  }

  Uni<Page<Member>> members(String organization, Page.Wanted wanted) {
    return membersOf("organizationId", organization, wanted);
  }

  Uni<Page<Member>> membersIn(String parent, Page.Wanted wanted) {
    return membersOf("parentId", parent, wanted);
  }

  private Uni<Page<Member>> membersOf(String column, String value, Page.Wanted wanted) {
    return database
        .list(
            MemberRow.class,
            "from MemberRow where %s = :value and accountId > :after order by accountId"
                .formatted(column),
            Map.of("value", value, AFTER, wanted.after()),
            wanted.toFetch())
        .map(rows -> Page.of(rows, wanted, row -> row.accountId))
        .map(page -> page.map(MemberRow::toMember));
  }

  Uni<Void> add(Member member) {
    return database.add(MemberRow.of(member));
  }

  Uni<Void> move(String account, String parent) {
    return database
        .change(
            "update MemberRow set parentId = :parent where accountId = :account",
            Map.of(PARENT, parent, "account", account))
        .replaceWithVoid();
  }

  Uni<Void> remove(Member member) {
    return database
        .change(
            "delete from MemberRow where accountId = :account", Map.of("account", member.account()))
        .replaceWithVoid();
  }
}
