package dev.daypass.broker.stories;

import static org.assertj.core.api.Assertions.assertThat;

/// The boundaries of roles.
final class RoleBoundaryStories implements Stories {

  @Answers("PutRolePermissionsBoundary")
  void a_boundary_is_put_and_replaced(Aws aws) {
    String role = aws.role();
    String first = aws.policy();
    String second = aws.policy();

    aws.iam().putRolePermissionsBoundary(r -> r.roleName(role).permissionsBoundary(first));
    aws.iam().putRolePermissionsBoundary(r -> r.roleName(role).permissionsBoundary(second));

    var bounded = aws.iam().getRole(r -> r.roleName(role)).role().permissionsBoundary();
    assertThat(bounded.permissionsBoundaryArn()).isEqualTo(second);
    assertThat(usage(aws, first)).isZero();
    assertThat(usage(aws, second)).isEqualTo(1);
  }

  private static int usage(Aws aws, String policy) {
    return aws.iam().getPolicy(r -> r.policyArn(policy)).policy().permissionsBoundaryUsageCount();
  }

  @Refuses("PutRolePermissionsBoundary")
  void a_boundary_that_is_no_policy(Aws aws) {
    String role = aws.role();
    String none = Aws.arn("policy/" + aws.name());

    Aws.assertUnknown(
        "Policy " + none + " does not exist or is not attachable.",
        () ->
            aws.iam().putRolePermissionsBoundary(r -> r.roleName(role).permissionsBoundary(none)));
  }

  @Answers("DeleteRolePermissionsBoundary")
  void the_boundary_is_gone(Aws aws) {
    String role = aws.role();
    String policy = aws.policy();
    aws.iam().putRolePermissionsBoundary(r -> r.roleName(role).permissionsBoundary(policy));

    aws.iam().deleteRolePermissionsBoundary(r -> r.roleName(role));

    assertThat(aws.iam().getRole(r -> r.roleName(role)).role().permissionsBoundary()).isNull();
    aws.iam().deletePolicy(r -> r.policyArn(policy));
  }

  @Refuses("DeleteRolePermissionsBoundary")
  void the_boundary_of_nobody(Aws aws) {
    String role = aws.name();

    Aws.assertUnknown(
        "The role with name " + role + " cannot be found.",
        () -> aws.iam().deleteRolePermissionsBoundary(r -> r.roleName(role)));
  }
}
