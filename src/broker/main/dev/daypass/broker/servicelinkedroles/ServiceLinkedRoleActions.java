package dev.daypass.broker.servicelinkedroles;

import static dev.daypass.wire.ErrorCode.INVALID_INPUT;
import static dev.daypass.wire.ErrorCode.NO_SUCH_ENTITY;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Target;
import dev.daypass.broker.database.Quota;
import dev.daypass.broker.roles.PostgresRoles;
import dev.daypass.broker.roles.Role;
import dev.daypass.broker.tags.PostgresTags;
import dev.daypass.policy.Context;
import dev.daypass.wire.Arn;
import dev.daypass.wire.UniqueId;
import dev.daypass.wire.iam.Description;
import dev.daypass.wire.iam.ServiceLinkedRoleMessages.CreateServiceLinkedRole;
import dev.daypass.wire.iam.ServiceLinkedRoleMessages.DeleteServiceLinkedRole;
import dev.daypass.wire.iam.ServiceLinkedRoleMessages.GetServiceLinkedRoleDeletionStatus;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What callers can do to service-linked roles as such. What other actions may do to them, roles
/// themselves say.
@Singleton
public final class ServiceLinkedRoleActions {
  private static final Duration LONGEST_SESSION = Duration.ofHours(1);
  private static final String SUCCEEDED = "SUCCEEDED";

  private final PostgresRoles roles;
  private final PostgresTags tags;
  private final PostgresDeletions deletions;
  private final SecureRandom random;

  ServiceLinkedRoleActions(
      PostgresRoles roles, PostgresTags tags, PostgresDeletions deletions, SecureRandom random) {
    this.roles = roles;
    this.tags = tags;
    this.deletions = deletions;
    this.random = random;
  }

  /// Where a role is to be, and for which service.
  public Uni<Target> created(Caller caller, CreateServiceLinkedRole request) {
    LinkedService service = LinkedService.of(request.awsServiceName().value());
    return Uni.createFrom()
        .item(
            place(caller, path(service) + service.roleName(request.customSuffix()))
                .with(Context.builder().put("iam:AWSServiceName", service.principal()).build()));
  }

  /// The role whose deletion a call is about.
  public Uni<Target> deleted(Caller caller, GetServiceLinkedRoleDeletionStatus request) {
    return Uni.createFrom().item(place(caller, DeletionTask.of(request.deletionTaskId()).role()));
  }

  private static Target place(Caller caller, String pathAndName) {
    return Target.of(Arn.iam(caller.account(), "role" + pathAndName).toString(), caller.account());
  }

  private static String path(LinkedService service) {
    return Role.SERVICE_LINKED + service.principal() + "/";
  }

  public Uni<CreateServiceLinkedRole.Result> create(
      Caller caller, CreateServiceLinkedRole request) {
    Role role = role(caller, request);
    return roles
        .find(caller.account(), role.name())
        .invoke(taken -> refuseTaken(taken, role.name()))
        .chain(() -> roles.count(caller.account()))
        .invoke(count -> Quota.ROLES.check(count + 1))
        .chain(() -> roles.add(role))
        .replaceWith(() -> new CreateServiceLinkedRole.Result(role.created(List.of())));
  }

  private static void refuseTaken(Optional<Role> taken, String name) {
    if (taken.isPresent()) {
      throw INVALID_INPUT.error(
          ("Service role name %s has been taken in this account,"
                  + " please try a different suffix.")
              .formatted(name));
    }
  }

  private Role role(Caller caller, CreateServiceLinkedRole request) {
    LinkedService service = LinkedService.of(request.awsServiceName().value());
    return new Role(
        UniqueId.random(UniqueId.Kind.ROLE, random),
        caller.account(),
        path(service),
        service.roleName(request.customSuffix()),
        service.trustPolicy(),
        Map.of(),
        request.description().map(Description::value),
        LONGEST_SESSION,
        Optional.empty(),
        caller.origin().time());
  }

  /// No service uses the role here, so nothing stands against it and it is gone at once.
  public Uni<DeleteServiceLinkedRole.Result> delete(
      Caller caller, DeleteServiceLinkedRole request) {
    return roles
        .get(caller.account(), request.roleName().value())
        .invoke(ServiceLinkedRoleActions::refuseOrdinary)
        .call(role -> tags.removeAll(role.id()))
        .call(role -> roles.remove(role.id()))
        .map(DeletionTask::of)
        .call(task -> deletions.add(caller.account(), task, caller.origin().time()))
        .map(task -> new DeleteServiceLinkedRole.Result(task.id()));
  }

  private static void refuseOrdinary(Role role) {
    if (!role.isServiceLinked()) {
      throw NO_SUCH_ENTITY.error(
          "The service-linked role with name %s cannot be found.".formatted(role.name()));
    }
  }

  public Uni<GetServiceLinkedRoleDeletionStatus.Result> status(
      Caller caller, GetServiceLinkedRoleDeletionStatus request) {
    DeletionTask task = DeletionTask.of(request.deletionTaskId());
    return deletions
        .has(caller.account(), task)
        .map(
            known -> {
              if (!known) {
                throw NO_SUCH_ENTITY.error(
                    "The deletion task with id %s cannot be found.".formatted(task.id()));
              }
              return new GetServiceLinkedRoleDeletionStatus.Result(SUCCEEDED);
            });
  }
}
