package dev.daypass.broker.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.broker.stories.Grantee.Wanted;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.LimitExceededException;

/// The managed policies attached to users, to groups, or to roles.
record AttachmentStories(Grantee grantee) implements Stories {

  @Override
  public String about() {
    return grantee.action();
  }

  @Answers("Attach%sPolicy")
  @Answers("ListAttached%sPolicies")
  void a_policy_is_attached_once_however_often_it_is_said(Aws aws) {
    String owner = grantee.make(aws);
    String policy = aws.policy();

    grantee.attach(aws.iam(), owner, policy);
    grantee.attach(aws.iam(), owner, policy);

    assertThat(grantee.attached(aws.iam(), owner, "/", Wanted.ALL).items())
        .containsExactly(
            AttachedPolicy.builder()
                .policyArn(policy)
                .policyName(policy.substring(policy.lastIndexOf('/') + 1))
                .build());
    assertThat(aws.iam().getPolicy(r -> r.policyArn(policy)).policy().attachmentCount())
        .isEqualTo(1);
  }

  @Answers("ListAttached%sPolicies")
  void those_of_a_path_come_page_by_page(Aws aws) {
    String owner = grantee.make(aws);
    grantee.attach(aws.iam(), owner, aws.policy());
    List<String> below =
        Stream.generate(() -> below(aws)).limit(2).peek(p -> attach(aws, owner, p)).toList();

    var first = grantee.attached(aws.iam(), owner, "/below/", new Wanted(null, 1));
    var rest = grantee.attached(aws.iam(), owner, "/below/", new Wanted(first.marker(), 1));

    assertThat(first.isTruncated()).isTrue();
    assertThat(rest.isTruncated()).isFalse();
    assertThat(Stream.concat(first.items().stream(), rest.items().stream()))
        .extracting(AttachedPolicy::policyArn)
        .containsExactlyInAnyOrderElementsOf(below);
  }

  private void attach(Aws aws, String owner, String policy) {
    grantee.attach(aws.iam(), owner, policy);
  }

  private static String below(Aws aws) {
    return aws.iam()
        .createPolicy(r -> r.path("/below/").policyName(aws.name()).policyDocument(Aws.DOCUMENT))
        .policy()
        .arn();
  }

  @Refuses("Attach%sPolicy")
  void a_policy_that_is_not_there_or_not_of_this_account(Aws aws) {
    String owner = grantee.make(aws);

    for (String none : List.of(Aws.arn("policy/none"), "arn:aws:iam::444455556666:policy/none")) {
      Aws.assertUnknown(
          "Policy " + none + " does not exist or is not attachable.",
          () -> grantee.attach(aws.iam(), owner, none));
    }
  }

  @Refuses("Attach%sPolicy")
  void more_than_ten_policies(Aws aws) {
    String owner = grantee.make(aws);
    for (int i = 0; i < 10; i++) {
      grantee.attach(aws.iam(), owner, aws.policy());
    }

    Aws.assertRefused(
        LimitExceededException.class,
        "LimitExceeded",
        "Cannot exceed quota for PoliciesPer" + grantee.action() + ": 10",
        () -> grantee.attach(aws.iam(), owner, aws.policy()));
  }

  @Answers("Detach%sPolicy")
  void a_policy_is_detached(Aws aws) {
    String owner = grantee.make(aws);
    String policy = aws.policy();
    grantee.attach(aws.iam(), owner, policy);

    grantee.detach(aws.iam(), owner, policy);

    assertThat(grantee.attached(aws.iam(), owner, "/", Wanted.ALL).items()).isEmpty();
  }

  @Refuses("Detach%sPolicy")
  void a_policy_that_is_not_attached(Aws aws) {
    String owner = grantee.make(aws);
    String policy = aws.policy();

    Aws.assertUnknown(
        "Policy " + policy + " was not found.", () -> grantee.detach(aws.iam(), owner, policy));
  }

  @Refuses("ListAttached%sPolicies")
  @Refuses("Attach%sPolicy")
  @Refuses("Detach%sPolicy")
  void an_owner_that_is_not_there(Aws aws) {
    String owner = aws.name();
    String policy = aws.policy();

    Aws.assertUnknown(
        grantee.unknown(owner),
        () -> grantee.attached(aws.iam(), owner, "/", Wanted.ALL),
        () -> grantee.attach(aws.iam(), owner, policy),
        () -> grantee.detach(aws.iam(), owner, policy));
  }
}
