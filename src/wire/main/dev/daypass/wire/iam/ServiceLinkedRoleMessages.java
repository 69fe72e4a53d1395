package dev.daypass.wire.iam;

import dev.daypass.wire.Named;
import dev.daypass.wire.Request;
import java.util.Optional;

/// What travels between a client and IAM about roles that are linked to a service.
///
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html">Service-linked
///   roles</a>
public final class ServiceLinkedRoleMessages {
  private ServiceLinkedRoleMessages() {}

  public record CreateServiceLinkedRole(
      @Named("AWSServiceName") ServicePrincipal awsServiceName,
      Optional<Description> description,
      Optional<CustomSuffix> customSuffix)
      implements Request<CreateServiceLinkedRole.Result> {
    public record Result(RoleMessages.Role role) {}
  }

  public record DeleteServiceLinkedRole(RoleName roleName)
      implements Request<DeleteServiceLinkedRole.Result> {
    public record Result(String deletionTaskId) {}
  }

  public record GetServiceLinkedRoleDeletionStatus(DeletionTaskId deletionTaskId)
      implements Request<GetServiceLinkedRoleDeletionStatus.Result> {
    /// @param status `SUCCEEDED`: a deletion is done when it is asked for
    public record Result(String status) {}
  }
}
