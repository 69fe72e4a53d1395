package dev.daypass.broker.stories;

import static org.assertj.core.api.Assertions.assertThat;

import software.amazon.awssdk.services.iam.model.DeleteConflictException;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.PolicyVersion;

/// The versions of managed policies.
final class PolicyVersionStories implements Stories {

  private static PolicyVersion version(Aws aws, String policy, boolean asDefault) {
    return aws.iam()
        .createPolicyVersion(
            r -> r.policyArn(policy).policyDocument(Aws.DOCUMENT).setAsDefault(asDefault))
        .policyVersion();
  }

  private static String defaultOf(Aws aws, String policy) {
    return aws.iam().getPolicy(r -> r.policyArn(policy)).policy().defaultVersionId();
  }

  @Answers("CreatePolicyVersion")
  @Answers("GetPolicyVersion")
  void versions_are_counted_and_numbers_never_used_again(Aws aws) {
    String policy = aws.policy();
    PolicyVersion second = version(aws, policy, true);
    PolicyVersion third = version(aws, policy, false);
    aws.iam().deletePolicyVersion(r -> r.policyArn(policy).versionId("v3"));

    PolicyVersion fourth = version(aws, policy, false);

    assertThat(second.versionId()).isEqualTo("v2");
    assertThat(second.isDefaultVersion()).isTrue();
    assertThat(second.document()).isNull();
    Aws.assertRecent(second.createDate());
    assertThat(third.isDefaultVersion()).isFalse();
    assertThat(fourth.versionId()).isEqualTo("v4");
    assertThat(defaultOf(aws, policy)).isEqualTo("v2");
    PolicyVersion got =
        aws.iam().getPolicyVersion(r -> r.policyArn(policy).versionId("v4")).policyVersion();
    assertThat(Aws.decoded(got.document())).isEqualTo(Aws.DOCUMENT);
    assertThat(got.isDefaultVersion()).isFalse();
  }

  @Refuses("CreatePolicyVersion")
  void a_sixth_version(Aws aws) {
    String policy = aws.policy();
    for (int i = 0; i < 4; i++) {
      version(aws, policy, false);
    }

    Aws.assertRefused(
        LimitExceededException.class,
        "LimitExceeded",
        "A managed policy can have up to 5 versions.",
        () -> version(aws, policy, false));
  }

  @Refuses("CreatePolicyVersion")
  void what_comes_with_aws_is_not_ours_to_change(Aws aws) {
    Aws.assertRefused(
        IamException.class,
        "AccessDenied",
        "",
        () -> version(aws, "arn:aws:iam::aws:policy/IAMFullAccess", true));
  }

  @Refuses("GetPolicyVersion")
  @Refuses("SetDefaultPolicyVersion")
  @Refuses("DeletePolicyVersion")
  void a_version_there_is_not(Aws aws) {
    String policy = aws.policy();

    Aws.assertUnknown(
        "Policy " + policy + " version v9 does not exist or is not attachable.",
        () -> aws.iam().getPolicyVersion(r -> r.policyArn(policy).versionId("v9")),
        () -> aws.iam().setDefaultPolicyVersion(r -> r.policyArn(policy).versionId("v9")),
        () -> aws.iam().deletePolicyVersion(r -> r.policyArn(policy).versionId("v9")));
  }

  @Answers("ListPolicyVersions")
  void the_newest_comes_first_page_by_page_without_documents(Aws aws) {
    String policy = aws.policy();
    version(aws, policy, false);
    version(aws, policy, true);

    var all = aws.iam().listPolicyVersions(r -> r.policyArn(policy));
    var first = aws.iam().listPolicyVersions(r -> r.policyArn(policy).maxItems(2));
    var paged = aws.iam().listPolicyVersionsPaginator(r -> r.policyArn(policy).maxItems(1));

    assertThat(all.versions())
        .extracting(PolicyVersion::versionId)
        .containsExactly("v3", "v2", "v1");
    assertThat(all.versions())
        .extracting(PolicyVersion::isDefaultVersion)
        .containsExactly(true, false, false);
    assertThat(all.versions()).allMatch(each -> each.document() == null);
    assertThat(all.isTruncated()).isFalse();
    assertThat(first.versions()).hasSize(2);
    assertThat(first.isTruncated()).isTrue();
    assertThat(paged.versions()).containsExactlyElementsOf(all.versions());
  }

  @Refuses("ListPolicyVersions")
  void the_versions_of_no_policy(Aws aws) {
    String none = Aws.arn("policy/" + aws.name());

    Aws.assertUnknown(
        PolicyStories.unknown(none), () -> aws.iam().listPolicyVersions(r -> r.policyArn(none)));
  }

  @Answers("SetDefaultPolicyVersion")
  void a_former_version_holds_again(Aws aws) {
    String policy = aws.policy();
    version(aws, policy, true);

    aws.iam().setDefaultPolicyVersion(r -> r.policyArn(policy).versionId("v1"));

    assertThat(defaultOf(aws, policy)).isEqualTo("v1");
    assertThat(
            aws.iam()
                .getPolicyVersion(r -> r.policyArn(policy).versionId("v2"))
                .policyVersion()
                .isDefaultVersion())
        .isFalse();
  }

  @Answers("DeletePolicyVersion")
  void a_version_that_does_not_hold_goes(Aws aws) {
    String policy = aws.policy();
    version(aws, policy, true);

    aws.iam().deletePolicyVersion(r -> r.policyArn(policy).versionId("v1"));

    assertThat(aws.iam().listPolicyVersions(r -> r.policyArn(policy)).versions()).hasSize(1);
  }

  @Refuses("DeletePolicyVersion")
  void the_version_that_holds_stays(Aws aws) {
    String policy = aws.policy();

    Aws.assertRefused(
        DeleteConflictException.class,
        "DeleteConflict",
        "Cannot delete the default version of a policy.",
        () -> aws.iam().deletePolicyVersion(r -> r.policyArn(policy).versionId("v1")));
  }
}
