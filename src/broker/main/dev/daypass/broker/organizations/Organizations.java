package dev.daypass.broker.organizations;

import static dev.daypass.wire.ErrorCode.ACCESS_DENIED;
import static dev.daypass.wire.organizations.OrganizationsError.ACCOUNT_NOT_FOUND;
import static dev.daypass.wire.organizations.OrganizationsError.NOT_IN_USE;
import static dev.daypass.wire.organizations.OrganizationsError.PARENT_NOT_FOUND;

import dev.daypass.broker.access.Caller;
import dev.daypass.wire.organizations.OrganizationsError;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;

/// The organization that a caller speaks of: always its own.
@Singleton
final class Organizations {
  private final PostgresOrganizations organizations;
  private final PostgresTree tree;

  Organizations(PostgresOrganizations organizations, PostgresTree tree) {
    this.organizations = organizations;
    this.tree = tree;
  }

  /// The caller's organization; `AWSOrganizationsNotInUseException` where there is none.
  Uni<Organization> of(Caller caller) {
    return organizations.of(caller.account()).map(found -> found.orElseThrow(NOT_IN_USE::error));
  }

  /// The same, for its management account alone. Whatever policies say, a member account sees and
  /// changes nothing of its organization.
  Uni<Organization> managed(Caller caller) {
    return of(caller)
        .invoke(
            organization -> {
              if (!organization.managementAccount().equals(caller.account())) {
                throw ACCESS_DENIED.error("You don't have permissions to access this resource.");
              }
            });
  }

  /// A root or organizational unit of the caller's organization.
  Uni<Unit> parent(Organization organization, String id) {
    return unit(organization, id, PARENT_NOT_FOUND);
  }

  Uni<Unit> unit(Organization organization, String id, OrganizationsError missing) {
    return tree.unit(organization.id(), id).map(found -> found.orElseThrow(missing::error));
  }

  /// An account of the caller's organization.
  Uni<Member> member(Organization organization, String account) {
    return tree.member(organization.id(), account)
        .map(found -> found.orElseThrow(ACCOUNT_NOT_FOUND::error));
  }

  /// Whether a root, an organizational unit or an account of the caller's organization has this id.
  Uni<Boolean> has(Organization organization, String target) {
    return Character.isDigit(target.charAt(0))
        ? tree.member(organization.id(), target).map(Optional::isPresent)
        : tree.unit(organization.id(), target).map(Optional::isPresent);
  }
}
