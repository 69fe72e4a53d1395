package dev.daypass.broker.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.broker.stories.Grantee.Inline;
import dev.daypass.broker.stories.Grantee.Wanted;
import java.util.Locale;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.MalformedPolicyDocumentException;

/// The inline policies of users, of groups, or of roles.
record InlinePolicyStories(Grantee grantee) implements Stories {

  @Override
  public String about() {
    return grantee.action();
  }

  @Answers("Put%sPolicy")
  @Answers("Get%sPolicy")
  void a_policy_is_put_and_replaced_and_read_as_it_was_written(Aws aws) {
    String owner = grantee.make(aws);

    grantee.put(aws.iam(), owner, "Policy", Aws.DOCUMENT.replace("Allow", "Deny"));
    grantee.put(aws.iam(), owner, "Policy", Aws.DOCUMENT);

    Inline got = grantee.get(aws.iam(), owner, "Policy");
    assertThat(got.owner()).isEqualTo(owner);
    assertThat(got.name()).isEqualTo("Policy");
    assertThat(Aws.decoded(got.document())).isEqualTo(Aws.DOCUMENT);
  }

  @Answers("Get%sPolicy")
  void the_answer_has_the_owners_name_as_it_was_made(Aws aws) {
    String owner = grantee.make(aws);
    grantee.put(aws.iam(), owner, "Policy", Aws.DOCUMENT);

    String other = owner.toLowerCase(Locale.ROOT);

    assertThat(grantee.get(aws.iam(), other, "Policy").owner()).isEqualTo(owner);
  }

  @Refuses("Put%sPolicy")
  void what_is_no_policy_is_not_kept(Aws aws) {
    String owner = grantee.make(aws);

    for (String text : new String[] {"{}", "no JSON", Aws.DOCUMENT.replace("Allow", "allow")}) {
      Aws.assertRefused(
          MalformedPolicyDocumentException.class,
          "MalformedPolicyDocument",
          "",
          () -> grantee.put(aws.iam(), owner, "Policy", text));
    }
    assertThat(grantee.list(aws.iam(), owner, Wanted.ALL).items()).isEmpty();
  }

  @Refuses("Put%sPolicy")
  void all_policies_together_have_a_size(Aws aws) {
    String owner = grantee.make(aws);
    String large = Aws.DOCUMENT.replace("s3:Get*", "s3:" + "x".repeat(1500));
    int most = grantee == Grantee.USER ? 2048 : grantee == Grantee.GROUP ? 5120 : 10240;

    Aws.assertRefused(
        LimitExceededException.class,
        "LimitExceeded",
        "Maximum policy size of %d bytes exceeded for %s %s".formatted(most, grantee.noun(), owner),
        () -> {
          for (int i = 0; i <= most / 1500; i++) {
            grantee.put(aws.iam(), owner, "Policy" + i, large);
          }
        });
  }

  @Refuses("Get%sPolicy")
  @Refuses("Delete%sPolicy")
  void a_policy_that_is_not_there(Aws aws) {
    String owner = grantee.make(aws);

    Aws.assertUnknown(
        "The %s policy with name Policy cannot be found.".formatted(grantee.noun()),
        () -> grantee.get(aws.iam(), owner, "Policy"),
        () -> grantee.delete(aws.iam(), owner, "Policy"));
  }

  @Refuses("Put%sPolicy")
  @Refuses("Get%sPolicy")
  @Refuses("Delete%sPolicy")
  @Refuses("List%sPolicies")
  void an_owner_that_is_not_there(Aws aws) {
    String owner = aws.name();

    Aws.assertUnknown(
        grantee.unknown(owner),
        () -> grantee.put(aws.iam(), owner, "Policy", Aws.DOCUMENT),
        () -> grantee.get(aws.iam(), owner, "Policy"),
        () -> grantee.delete(aws.iam(), owner, "Policy"),
        () -> grantee.list(aws.iam(), owner, Wanted.ALL));
  }

  @Answers("List%sPolicies")
  @Answers("Delete%sPolicy")
  void names_come_page_by_page_until_they_are_deleted(Aws aws) {
    String owner = grantee.make(aws);
    grantee.put(aws.iam(), owner, "a", Aws.DOCUMENT);
    grantee.put(aws.iam(), owner, "b", Aws.DOCUMENT);

    var first = grantee.list(aws.iam(), owner, new Wanted(null, 1));
    var rest = grantee.list(aws.iam(), owner, new Wanted(first.marker(), null));
    grantee.delete(aws.iam(), owner, "a");

    assertThat(first.items()).containsExactly("a");
    assertThat(first.isTruncated()).isTrue();
    assertThat(rest.items()).containsExactly("b");
    assertThat(rest.isTruncated()).isFalse();
    assertThat(rest.marker()).isNull();
    assertThat(grantee.list(aws.iam(), owner, Wanted.ALL).items()).containsExactly("b");
  }

  @Refuses("List%sPolicies")
  void no_page_is_empty(Aws aws) {
    String owner = grantee.make(aws);

    Aws.assertRefused(
        IamException.class,
        "ValidationError",
        "Value '0' at 'maxItems' failed to satisfy constraint: Member must have value greater than"
            + " or equal to 1",
        () -> grantee.list(aws.iam(), owner, new Wanted(null, 0)));
  }
}
