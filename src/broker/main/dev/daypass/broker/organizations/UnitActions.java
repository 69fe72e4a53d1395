package dev.daypass.broker.organizations;

import static dev.daypass.wire.Nothing.NOTHING;
import static dev.daypass.wire.organizations.OrganizationsError.CHILD_NOT_FOUND;
import static dev.daypass.wire.organizations.OrganizationsError.DUPLICATE_ORGANIZATIONAL_UNIT;
import static dev.daypass.wire.organizations.OrganizationsError.ORGANIZATIONAL_UNIT_NOT_EMPTY;
import static dev.daypass.wire.organizations.OrganizationsError.ORGANIZATIONAL_UNIT_NOT_FOUND;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.database.Page;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.organizations.ChildType;
import dev.daypass.wire.organizations.OrganizationalUnitName;
import dev.daypass.wire.organizations.PolicyType;
import dev.daypass.wire.organizations.UnitMessages.Child;
import dev.daypass.wire.organizations.UnitMessages.CreateOrganizationalUnit;
import dev.daypass.wire.organizations.UnitMessages.DeleteOrganizationalUnit;
import dev.daypass.wire.organizations.UnitMessages.DescribeOrganizationalUnit;
import dev.daypass.wire.organizations.UnitMessages.ListChildren;
import dev.daypass.wire.organizations.UnitMessages.ListOrganizationalUnitsForParent;
import dev.daypass.wire.organizations.UnitMessages.ListParents;
import dev.daypass.wire.organizations.UnitMessages.OrganizationalUnit;
import dev.daypass.wire.organizations.UnitMessages.Parent;
import dev.daypass.wire.organizations.UnitMessages.UpdateOrganizationalUnit;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/// What callers can do to the organizational units of their organization.
@Singleton
public final class UnitActions {
  private final Organizations guard;
  private final PostgresOrganizations organizations;
  private final PostgresTree tree;
  private final PostgresControlPolicies policies;
  private final ResourceTags tags;
  private final Ids ids;

  UnitActions(
      Organizations guard,
      PostgresOrganizations organizations,
      PostgresTree tree,
      PostgresControlPolicies policies,
      ResourceTags tags,
      Ids ids) {
    this.guard = guard;
    this.organizations = organizations;
    this.tree = tree;
    this.policies = policies;
    this.tags = tags;
    this.ids = ids;
  }

  public Uni<CreateOrganizationalUnit.Result> create(
      Caller caller, CreateOrganizationalUnit request) {
    return guard
        .managed(caller)
        .chain(
            organization ->
                guard
                    .parent(organization, request.parentId().value())
                    .call(
                        () ->
                            tree.countUnits(organization.id())
                                .invoke(count -> Limit.OU_NUMBER_LIMIT_EXCEEDED.check(count + 1)))
                    .invoke(parent -> Limit.OU_DEPTH_LIMIT_EXCEEDED.check(parent.depth() + 1L))
                    .call(parent -> refuseTaken(parent.id(), request.name().value()))
                    .chain(parent -> make(caller, organization, parent, request)))
        .map(CreateOrganizationalUnit.Result::new);
  }

  private Uni<OrganizationalUnit> make(
      Caller caller, Organization organization, Unit parent, CreateOrganizationalUnit request) {
    return tree.root(organization.id())
        .map(
            root ->
                new Unit(
                    ids.unit(root.id()),
                    organization.id(),
                    Optional.of(parent.id()),
                    parent.depth() + 1,
                    request.name().value(),
                    caller.origin().time()))
        .call(tree::add)
        .call(unit -> controlled(organization, unit))
        .call(unit -> tags.put(unit.id(), request.tags()))
        .chain(unit -> shown(organization, unit));
  }

  private Uni<Void> controlled(Organization organization, Unit unit) {
    return organizations
        .types(organization.id())
        .chain(
            types -> {
              Uni<Void> attached = Uni.createFrom().voidItem();
              for (PolicyType type : types) {
                attached =
                    attached.chain(
                        () ->
                            policies.attach(
                                organization.id(), ControlPolicy.full(type), type, unit.id()));
              }
              return attached;
            });
  }

  private Uni<Void> refuseTaken(String parent, String name) {
    return tree.named(parent, name)
        .invoke(
            taken -> {
              if (taken.isPresent()) {
                throw DUPLICATE_ORGANIZATIONAL_UNIT.error();
              }
            })
        .replaceWithVoid();
  }

  private Uni<OrganizationalUnit> shown(Organization organization, Unit unit) {
    return tree.line(unit)
        .map(AccountViews::path)
        .map(
            path ->
                new OrganizationalUnit(
                    unit.id(), organization.unitArn(unit.id()), unit.name(), path));
  }

  /// What is left out stays as it is; a name of its own is no other's.
  public Uni<UpdateOrganizationalUnit.Result> update(
      Caller caller, UpdateOrganizationalUnit request) {
    Optional<String> name = request.name().map(OrganizationalUnitName::value);
    return guard
        .managed(caller)
        .chain(
            organization ->
                unit(organization, request.organizationalUnitId().value())
                    .call(unit -> rename(unit, name.orElse(unit.name())))
                    .map(unit -> named(unit, name.orElse(unit.name())))
                    .chain(unit -> shown(organization, unit)))
        .map(UpdateOrganizationalUnit.Result::new);
  }

  private Uni<Void> rename(Unit unit, String name) {
    return name.equals(unit.name())
        ? Uni.createFrom().voidItem()
        : refuseTaken(unit.parent().orElseThrow(), name).chain(() -> tree.rename(unit.id(), name));
  }

  private static Unit named(Unit unit, String name) {
    return new Unit(
        unit.id(), unit.organization(), unit.parent(), unit.depth(), name, unit.createdAt());
  }

  public Uni<Nothing> delete(Caller caller, DeleteOrganizationalUnit request) {
    return guard
        .managed(caller)
        .chain(organization -> unit(organization, request.organizationalUnitId().value()))
        .call(unit -> tree.empty(unit.id()).invoke(UnitActions::refuseFull))
        .call(unit -> tags.removeAll(unit.id()))
        .chain(tree::remove)
        .replaceWith(NOTHING);
  }

  private static void refuseFull(boolean empty) {
    if (!empty) {
      throw ORGANIZATIONAL_UNIT_NOT_EMPTY.error();
    }
  }

  public Uni<DescribeOrganizationalUnit.Result> describe(
      Caller caller, DescribeOrganizationalUnit request) {
    return guard
        .managed(caller)
        .chain(
            organization ->
                unit(organization, request.organizationalUnitId().value())
                    .chain(unit -> shown(organization, unit)))
        .map(DescribeOrganizationalUnit.Result::new);
  }

  private Uni<Unit> unit(Organization organization, String id) {
    return guard.unit(organization, id, ORGANIZATIONAL_UNIT_NOT_FOUND);
  }

  public Uni<ListOrganizationalUnitsForParent.Result> list(
      Caller caller, ListOrganizationalUnitsForParent request) {
    return guard
        .managed(caller)
        .chain(
            organization ->
                guard
                    .parent(organization, request.parentId().value())
                    .chain(
                        parent ->
                            tree.unitsIn(
                                    parent.id(),
                                    Pages.wanted(request.nextToken(), request.maxResults()))
                                .chain(page -> shown(organization, parent, page))));
  }

  private Uni<ListOrganizationalUnitsForParent.Result> shown(
      Organization organization, Unit parent, Page<Unit> page) {
    return tree.line(parent)
        .map(AccountViews::path)
        .map(
            path ->
                page.map(
                    unit ->
                        new OrganizationalUnit(
                            unit.id(),
                            organization.unitArn(unit.id()),
                            unit.name(),
                            path + unit.id() + "/")))
        .map(shown -> new ListOrganizationalUnitsForParent.Result(shown.items(), shown.marker()));
  }

  /// Everything but the root has one parent.
  public Uni<ListParents.Result> listParents(Caller caller, ListParents request) {
    return guard
        .managed(caller)
        .chain(organization -> parent(organization, request.childId().value()))
        .map(found -> found.orElseThrow(CHILD_NOT_FOUND::error))
        .map(id -> new Parent(id, Unit.isRoot(id) ? "ROOT" : "ORGANIZATIONAL_UNIT"))
        .map(parent -> new ListParents.Result(List.of(parent)));
  }

  private Uni<Optional<String>> parent(Organization organization, String child) {
    return Character.isDigit(child.charAt(0))
        ? tree.member(organization.id(), child).map(found -> found.map(Member::parent))
        : tree.unit(organization.id(), child).map(found -> found.flatMap(Unit::parent));
  }

  public Uni<ListChildren.Result> listChildren(Caller caller, ListChildren request) {
    Page.Wanted wanted = Pages.wanted(request.nextToken(), request.maxResults());
    ChildType type = request.childType();
    return guard
        .managed(caller)
        .chain(organization -> guard.parent(organization, request.parentId().value()))
        .chain(
            parent ->
                type == ChildType.ACCOUNT
                    ? tree.membersIn(parent.id(), wanted).map(page -> page.map(Member::account))
                    : tree.unitsIn(parent.id(), wanted).map(page -> page.map(Unit::id)))
        .map(page -> page.map(id -> new Child(id, type)))
        .map(page -> new ListChildren.Result(page.items(), page.marker()));
  }
}
