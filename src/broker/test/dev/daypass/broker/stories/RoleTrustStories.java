package dev.daypass.broker.stories;

import static org.assertj.core.api.Assertions.assertThat;

import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.MalformedPolicyDocumentException;

/// Who may assume a role.
final class RoleTrustStories implements Stories {

  @Answers("UpdateAssumeRolePolicy")
  void another_trust_policy_takes_the_place_of_the_former(Aws aws) {
    String role = aws.role();
    String trust = Aws.trust(":user/" + aws.user());

    aws.iam().updateAssumeRolePolicy(r -> r.roleName(role).policyDocument(trust));

    var got = aws.iam().getRole(r -> r.roleName(role)).role();
    assertThat(Aws.decoded(got.assumeRolePolicyDocument())).isEqualTo(trust);
  }

  @Refuses("UpdateAssumeRolePolicy")
  void somebody_who_is_not_there_cannot_be_trusted(Aws aws) {
    String role = aws.role();
    String nobody = ":user/" + aws.name();

    Aws.assertRefused(
        MalformedPolicyDocumentException.class,
        "MalformedPolicyDocument",
        "Invalid principal in policy: \"AWS\":\"arn:aws:iam::" + Aws.ACCOUNT + nobody + "\"",
        () ->
            aws.iam()
                .updateAssumeRolePolicy(r -> r.roleName(role).policyDocument(Aws.trust(nobody))));
  }

  @Refuses("UpdateAssumeRolePolicy")
  void trust_policies_have_a_size(Aws aws) {
    String role = aws.role();
    String trust =
        Aws.trust(":root").replace("\"Allow\"", "\"Allow\", \"Sid\": \"" + "x".repeat(2000) + "\"");

    Aws.assertRefused(
        LimitExceededException.class,
        "LimitExceeded",
        "Cannot exceed quota for ACLSizePerRole: 2048",
        () -> aws.iam().updateAssumeRolePolicy(r -> r.roleName(role).policyDocument(trust)));
  }

  @Refuses("UpdateAssumeRolePolicy")
  void the_trust_policy_of_no_role(Aws aws) {
    String role = aws.name();

    Aws.assertUnknown(
        RoleStories.unknown(role),
        () ->
            aws.iam()
                .updateAssumeRolePolicy(r -> r.roleName(role).policyDocument(Aws.trust(":root"))));
  }
}
