package dev.daypass.broker.calls;

import static dev.daypass.broker.calls.OrganizationsRows.read;
import static dev.daypass.broker.calls.OrganizationsRows.write;

import dev.daypass.broker.organizations.MemberActions;
import dev.daypass.broker.organizations.OrganizationActions;
import dev.daypass.broker.organizations.Places;
import dev.daypass.broker.organizations.ResourceTags;
import dev.daypass.broker.organizations.UnitActions;
import dev.daypass.broker.tags.PostgresTags;
import dev.daypass.wire.organizations.AccountMessages.CloseAccount;
import dev.daypass.wire.organizations.AccountMessages.CreateAccount;
import dev.daypass.wire.organizations.AccountMessages.DescribeAccount;
import dev.daypass.wire.organizations.AccountMessages.DescribeCreateAccountStatus;
import dev.daypass.wire.organizations.AccountMessages.ListAccounts;
import dev.daypass.wire.organizations.AccountMessages.ListAccountsForParent;
import dev.daypass.wire.organizations.AccountMessages.ListCreateAccountStatus;
import dev.daypass.wire.organizations.AccountMessages.MoveAccount;
import dev.daypass.wire.organizations.AccountMessages.RemoveAccountFromOrganization;
import dev.daypass.wire.organizations.OrganizationMessages.CreateOrganization;
import dev.daypass.wire.organizations.OrganizationMessages.DeleteOrganization;
import dev.daypass.wire.organizations.OrganizationMessages.DescribeOrganization;
import dev.daypass.wire.organizations.OrganizationMessages.DisablePolicyType;
import dev.daypass.wire.organizations.OrganizationMessages.EnablePolicyType;
import dev.daypass.wire.organizations.OrganizationMessages.ListAWSServiceAccessForOrganization;
import dev.daypass.wire.organizations.OrganizationMessages.ListDelegatedAdministrators;
import dev.daypass.wire.organizations.OrganizationMessages.ListRoots;
import dev.daypass.wire.organizations.UnitMessages.CreateOrganizationalUnit;
import dev.daypass.wire.organizations.UnitMessages.DeleteOrganizationalUnit;
import dev.daypass.wire.organizations.UnitMessages.DescribeOrganizationalUnit;
import dev.daypass.wire.organizations.UnitMessages.ListChildren;
import dev.daypass.wire.organizations.UnitMessages.ListOrganizationalUnitsForParent;
import dev.daypass.wire.organizations.UnitMessages.ListParents;
import dev.daypass.wire.organizations.UnitMessages.ListTagsForResource;
import dev.daypass.wire.organizations.UnitMessages.TagResource;
import dev.daypass.wire.organizations.UnitMessages.UntagResource;
import dev.daypass.wire.organizations.UnitMessages.UpdateOrganizationalUnit;
import jakarta.inject.Singleton;
import java.util.List;

/// The actions of Organizations on organizations, accounts and organizational units.
@Singleton
final class OrganizationCatalogue implements CatalogueSection {
  private final Places places;
  private final OrganizationActions organizations;
  private final MemberActions members;
  private final UnitActions units;
  private final ResourceTags tags;

  OrganizationCatalogue(
      Places places,
      OrganizationActions organizations,
      MemberActions members,
      UnitActions units,
      ResourceTags tags) {
    this.places = places;
    this.organizations = organizations;
    this.members = members;
    this.units = units;
    this.tags = tags;
  }

  @Override
  public List<Action<?, ?>> actions() {
    return List.of(
        write(CreateOrganization.class, (c, _) -> places.anything(c), organizations::create),
        read(DescribeOrganization.class, (c, _) -> places.anything(c), organizations::describe),
        write(DeleteOrganization.class, (c, _) -> places.anything(c), organizations::delete),
        read(ListRoots.class, (c, _) -> places.anything(c), organizations::listRoots),
        read(
            ListAWSServiceAccessForOrganization.class,
            (c, _) -> places.anything(c),
            organizations::listServices),
        read(
            ListDelegatedAdministrators.class,
            (c, _) -> places.anything(c),
            organizations::listAdministrators),
        write(
            EnablePolicyType.class,
            (c, r) -> Places.with(places.of(c, r.rootId().value()), Places.context(r.policyType())),
            organizations::enable),
        write(
            DisablePolicyType.class,
            (c, r) -> Places.with(places.of(c, r.rootId().value()), Places.context(r.policyType())),
            organizations::disable),
        write(CreateAccount.class, (c, r) -> places.tagged(c, r.tags()), members::create),
        read(
            DescribeCreateAccountStatus.class,
            (c, _) -> places.anything(c),
            members::describeCreation),
        read(ListCreateAccountStatus.class, (c, _) -> places.anything(c), members::listCreations),
        read(ListAccounts.class, (c, _) -> places.anything(c), members::list),
        read(
            ListAccountsForParent.class,
            (c, r) -> places.of(c, r.parentId().value()),
            members::listForParent),
        read(
            DescribeAccount.class,
            (c, r) -> places.of(c, r.accountId().value()),
            members::describe),
        write(
            MoveAccount.class,
            (c, r) ->
                places.of(
                    c,
                    r.accountId().value(),
                    r.sourceParentId().value(),
                    r.destinationParentId().value()),
            members::move),
        write(CloseAccount.class, (c, r) -> places.of(c, r.accountId().value()), members::close),
        write(
            RemoveAccountFromOrganization.class,
            (c, r) -> places.of(c, r.accountId().value()),
            members::remove),
        write(
            CreateOrganizationalUnit.class,
            (c, r) ->
                Places.with(places.of(c, r.parentId().value()), PostgresTags.context(r.tags())),
            units::create),
        write(
            UpdateOrganizationalUnit.class,
            (c, r) -> places.of(c, r.organizationalUnitId().value()),
            units::update),
        write(
            DeleteOrganizationalUnit.class,
            (c, r) -> places.of(c, r.organizationalUnitId().value()),
            units::delete),
        read(
            DescribeOrganizationalUnit.class,
            (c, r) -> places.of(c, r.organizationalUnitId().value()),
            units::describe),
        read(
            ListOrganizationalUnitsForParent.class,
            (c, r) -> places.of(c, r.parentId().value()),
            units::list),
        read(ListParents.class, (c, r) -> places.of(c, r.childId().value()), units::listParents),
        read(ListChildren.class, (c, r) -> places.of(c, r.parentId().value()), units::listChildren),
        write(
            TagResource.class,
            (c, r) ->
                Places.with(places.of(c, r.resourceId().value()), PostgresTags.context(r.tags())),
            tags::tag),
        write(
            UntagResource.class,
            (c, r) ->
                Places.with(
                    places.of(c, r.resourceId().value()), PostgresTags.keysContext(r.tagKeys())),
            tags::untag),
        read(
            ListTagsForResource.class, (c, r) -> places.of(c, r.resourceId().value()), tags::list));
  }
}
