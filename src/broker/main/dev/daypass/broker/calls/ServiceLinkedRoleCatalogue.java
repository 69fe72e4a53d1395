package dev.daypass.broker.calls;

import dev.daypass.broker.roles.RoleActions;
import dev.daypass.broker.servicelinkedroles.ServiceLinkedRoleActions;
import dev.daypass.wire.iam.ServiceLinkedRoleMessages.CreateServiceLinkedRole;
import dev.daypass.wire.iam.ServiceLinkedRoleMessages.DeleteServiceLinkedRole;
import dev.daypass.wire.iam.ServiceLinkedRoleMessages.GetServiceLinkedRoleDeletionStatus;
import jakarta.inject.Singleton;
import java.util.List;

/// The actions of IAM on service-linked roles.
@Singleton
final class ServiceLinkedRoleCatalogue implements CatalogueSection {
  private final ServiceLinkedRoleActions linked;
  private final RoleActions roles;

  ServiceLinkedRoleCatalogue(ServiceLinkedRoleActions linked, RoleActions roles) {
    this.linked = linked;
    this.roles = roles;
  }

  @Override
  public List<Action<?, ?>> actions() {
    return List.of(
        Action.read(GetServiceLinkedRoleDeletionStatus.class, linked::deleted, linked::status),
        Action.write(CreateServiceLinkedRole.class, linked::created, linked::create),
        Action.write(
            DeleteServiceLinkedRole.class,
            (c, r) -> roles.target(c, r.roleName().value()),
            linked::delete));
  }
}
