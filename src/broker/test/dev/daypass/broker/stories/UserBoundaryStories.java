package dev.daypass.broker.stories;

import static org.assertj.core.api.Assertions.assertThat;

/// The boundaries of users.
final class UserBoundaryStories implements Stories {

  @Answers("PutUserPermissionsBoundary")
  void a_boundary_is_put_and_replaced(Aws aws) {
    String user = aws.user();
    String first = aws.policy();
    String second = aws.policy();

    aws.iam().putUserPermissionsBoundary(r -> r.userName(user).permissionsBoundary(first));
    aws.iam().putUserPermissionsBoundary(r -> r.userName(user).permissionsBoundary(second));

    var bounded = aws.iam().getUser(r -> r.userName(user)).user().permissionsBoundary();
    assertThat(bounded.permissionsBoundaryArn()).isEqualTo(second);
    assertThat(usage(aws, first)).isZero();
    assertThat(usage(aws, second)).isEqualTo(1);
  }

  private static int usage(Aws aws, String policy) {
    return aws.iam().getPolicy(r -> r.policyArn(policy)).policy().permissionsBoundaryUsageCount();
  }

  @Refuses("PutUserPermissionsBoundary")
  void a_boundary_that_is_no_policy(Aws aws) {
    String user = aws.user();
    String none = Aws.arn("policy/" + aws.name());

    Aws.assertUnknown(
        "Policy " + none + " does not exist or is not attachable.",
        () ->
            aws.iam().putUserPermissionsBoundary(r -> r.userName(user).permissionsBoundary(none)));
  }

  @Answers("DeleteUserPermissionsBoundary")
  void the_boundary_is_gone(Aws aws) {
    String user = aws.user();
    String policy = aws.policy();
    aws.iam().putUserPermissionsBoundary(r -> r.userName(user).permissionsBoundary(policy));

    aws.iam().deleteUserPermissionsBoundary(r -> r.userName(user));

    assertThat(aws.iam().getUser(r -> r.userName(user)).user().permissionsBoundary()).isNull();
    aws.iam().deletePolicy(r -> r.policyArn(policy));
  }

  @Refuses("DeleteUserPermissionsBoundary")
  void the_boundary_of_nobody(Aws aws) {
    String user = aws.name();

    Aws.assertUnknown(
        "The user with name " + user + " cannot be found.",
        () -> aws.iam().deleteUserPermissionsBoundary(r -> r.userName(user)));
  }
}
