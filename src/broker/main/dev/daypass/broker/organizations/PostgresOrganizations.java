package dev.daypass.broker.organizations;

import dev.daypass.broker.database.Database;
import dev.daypass.broker.database.Page;
import dev.daypass.wire.organizations.AccountMessages.CreateAccountStatus;
import dev.daypass.wire.organizations.CreateAccountState;
import dev.daypass.wire.organizations.PolicyType;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Organizations, and the accounts that were made in them.
@Singleton
final class PostgresOrganizations {
  private static final String ORGANIZATION = "organization";

  private final Database database;

  PostgresOrganizations(Database database) {
    this.database = database;
  }

  /// The organization that the account is in.
  Uni<Optional<Organization>> of(String account) {
    return database
        .find(
            OrganizationRow.class,
            """
            select o from OrganizationRow o join MemberRow m on m.organizationId = o.id
            where m.accountId = :account
            """,
            Map.of("account", account))
        .map(found -> found.map(OrganizationRow::toOrganization));
  }

  Uni<Void> add(Organization organization) {
    return database.add(OrganizationRow.of(organization));
  }

  Uni<Void> update(Organization organization) {
    return database.put(OrganizationRow.of(organization));
  }

  /// Removes an organization and what is in it. What an account is in stays as it is.
  Uni<Void> remove(Organization organization) {
    Map<String, String> of = Map.of(ORGANIZATION, organization.id());
    Uni<Void> removed = Uni.createFrom().voidItem();
    for (String tagged :
        List.of(
            "select u.id from UnitRow u where u.organizationId = :organization",
            "select p.id from ControlPolicyRow p where p.organizationId = :organization",
            "select m.accountId from MemberRow m where m.organizationId = :organization")) {
      removed = removed.chain(() -> delete("TagRow where ownerId in (" + tagged + ")", of));
    }
    for (String row :
        List.of("CreationRow", "AttachmentRow", "PolicyTypeRow", "ControlPolicyRow", "MemberRow")) {
      removed = removed.chain(() -> delete(row + " where organizationId = :organization", of));
    }
    for (int depth = Unit.DEEPEST; depth >= 0; depth--) {
      Map<String, Object> level = Map.of(ORGANIZATION, organization.id(), "depth", depth);
      removed =
          removed.chain(
              () ->
                  delete("UnitRow where organizationId = :organization and depth = :depth", level));
    }
    return removed.chain(() -> delete("OrganizationRow where id = :organization", of));
  }

  private Uni<Void> delete(String what, Map<String, ?> parameters) {
    return database.change("delete from " + what, parameters).replaceWithVoid();
  }

  /// The types of policies that are in force.
  Uni<List<PolicyType>> types(String organization) {
    return database
        .list(
            String.class,
            "select type from PolicyTypeRow where organizationId = :organization order by type desc",
            Map.of(ORGANIZATION, organization),
            PolicyType.values().length)
        .map(names -> names.stream().map(PolicyType::valueOf).toList());
  }

  Uni<Void> enable(String organization, PolicyType type) {
    PolicyTypeRow row = new PolicyTypeRow();
    row.organizationId = organization;
    row.type = type.name();
    return database.add(row);
  }

  Uni<Void> disable(String organization, PolicyType type) {
    return delete(
        "PolicyTypeRow where organizationId = :organization and type = :type",
        Map.of(ORGANIZATION, organization, "type", type.name()));
  }

  Uni<Void> add(String organization, CreateAccountStatus status) {
    return database.add(CreationRow.of(organization, status));
  }

  Uni<Optional<CreateAccountStatus>> creation(String organization, String id) {
    return database
        .find(
            CreationRow.class,
            "from CreationRow where organizationId = :organization and id = :id",
            Map.of(ORGANIZATION, organization, "id", id))
        .map(found -> found.map(CreationRow::toStatus));
  }

  /// @param states all where there are none
  Uni<Page<CreateAccountStatus>> creations(
      String organization, List<CreateAccountState> states, Page.Wanted wanted) {
    List<String> names =
        (states.isEmpty() ? List.of(CreateAccountState.values()) : states)
            .stream().map(CreateAccountState::name).toList();
    return database
        .list(
            CreationRow.class,
            """
            from CreationRow where organizationId = :organization and state in :states
            and id > :after order by id
            """,
            Map.of(ORGANIZATION, organization, "states", names, "after", wanted.after()),
            wanted.toFetch())
        .map(rows -> Page.of(rows, wanted, row -> row.id))
        .map(page -> page.map(CreationRow::toStatus));
  }
}
