package dev.daypass.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.policy.PolicyComparison.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyComparisonTest {
  private static final String MFA = "\"Bool\": {\"aws:MultiFactorAuthPresent\": \"true\"}";

  private static PolicySet set(PolicyType type, String... statements) {
    return PolicySet.of(
        Policy.parse(
            type,
            "test",
            "{\"Version\": \"2012-10-17\", \"Statement\": ["
                + String.join(",", statements)
                + "]}"));
  }

  private static String allow(String action, String resource, String conditions) {
    return statement("Allow", action, resource, conditions);
  }

  private static String statement(
      String effect, String action, String resource, String conditions) {
    return "{\"Effect\": \"%s\", \"Action\": \"%s\", \"Resource\": \"%s\", \"Condition\": {%s}}"
        .formatted(effect, action, resource, conditions);
  }

  private static String name(Answer answer) {
    return switch (answer) {
      case Answer.No() -> "no";
      case Answer.Yes _ -> "yes";
      case Answer.CannotTell _ -> "cannot tell";
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s3:Get* | arn:aws:s3:::b/* |  | s3:GetObject | arn:aws:s3:::b/* |  | no",
        "s3:GetObject | arn:aws:s3:::b/* |  | s3:Get* | arn:aws:s3:::b/* |  | yes",
        "s3:GetObject | arn:aws:s3:::* |  | s3:getobject | arn:aws:s3:::b* |  | no",
        "s3:GetObject | arn:aws:s3:::b* |  | s3:GetObject | * |  | yes",
        "s3:GetObject | arn:aws:s3:::b/x/* |  | s3:GetObject | arn:aws:s3:::b/*/x |  | yes",
        "* | * | \"Bool\": {\"aws:MultiFactorAuthPresent\": \"true\"} | * | * |  | yes",
        "* | * |  | * | * | \"Bool\": {\"aws:MultiFactorAuthPresent\": \"true\"} | no",
        "* | * | \"NumericLessThan\": {\"a:n\": \"10\"} | * | * | \"NumericLessThan\": {\"a:n\": \"10.5\"} | yes",
        "* | * | \"NumericLessThan\": {\"a:n\": \"10\"} | * | * | \"NumericLessThanEquals\": {\"a:n\": \"9.5\"} | no",
        "* | * | \"IpAddress\": {\"aws:SourceIp\": \"10.0.0.0/8\"} | * | * | \"IpAddress\": {\"aws:SourceIp\": \"10.1.0.0/16\"} | no",
        "* | * | \"IpAddress\": {\"aws:SourceIp\": \"10.1.0.0/16\"} | * | * | \"IpAddress\": {\"aws:SourceIp\": \"10.0.0.0/15\"} | yes",
        "* | * | \"StringLike\": {\"a:k\": \"a*\"} | * | * | \"StringEquals\": {\"a:k\": \"ab\"} | no",
        "* | * | \"StringEquals\": {\"a:k\": \"ab\"} | * | * | \"StringEqualsIgnoreCase\": {\"a:k\": \"ab\"} | yes",
        "* | * | \"StringNotEquals\": {\"a:k\": \"a\"} | * | * | \"StringEqualsIfExists\": {\"a:k\": \"b\"} | no",
        "* | * | \"StringEquals\": {\"a:k\": \"b\"} | * | * | \"StringEqualsIfExists\": {\"a:k\": \"b\"} | yes",
        "* | * | \"ForAnyValue:StringEquals\": {\"a:k\": [\"a\", \"b\"]} | * | * | \"ForAnyValue:StringEquals\": {\"a:k\": \"a\"} | no",
        "* | * | \"ForAnyValue:StringEquals\": {\"a:k\": \"a\"} | * | * | \"ForAllValues:StringEquals\": {\"a:k\": \"a\"} | yes",
        "* | * | \"ArnLike\": {\"aws:PrincipalArn\": \"arn:aws:iam::*:role/*\"} | * | * | \"ArnEquals\": {\"aws:PrincipalArn\": \"arn:aws:iam::111122223333:role/x\"} | no",
        "s3:Get* | arn:aws:s3:::${aws:username}/* |  | s3:GetObject | arn:aws:s3:::${aws:username}/a/* |  | no",
        "s3:Get* | arn:aws:s3:::${aws:username}/* |  | s3:GetObject | arn:aws:s3:::*/a/* |  | yes",
        "* | * | \"StringEquals\": {\"a:k\": \"${aws:username}\"} | * | * | \"StringLike\": {\"a:k\": \"${aws:username}\"} | cannot tell",
      })
  void an_edit_that_allows_more_is_told_from_one_that_does_not(
      String action,
      String resource,
      String conditions,
      String newAction,
      String newResource,
      String newConditions,
      String newAccess) {
    PolicySet existing =
        set(PolicyType.IDENTITY, allow(action, resource, conditions == null ? "" : conditions));
    PolicySet updated =
        set(
            PolicyType.IDENTITY,
            allow(newAction, newResource, newConditions == null ? "" : newConditions));

    assertThat(name(PolicyComparison.newAccess(updated, existing))).isEqualTo(newAccess);
  }

  @Test
  void a_lost_deny_is_new_access_and_the_example_shows_it() {
    String all = allow("s3:*", "*", "");
    String deny = statement("Deny", "s3:Delete*", "arn:aws:s3:::kept/*", "");

    Answer answer =
        PolicyComparison.newAccess(
            set(PolicyType.IDENTITY, all), set(PolicyType.IDENTITY, all, deny));

    assertThat(answer).isInstanceOf(Answer.Yes.class);
    Access example = ((Answer.Yes) answer).example();
    assertThat(example.action()).startsWith("s3:delete");
    assertThat(example.resource()).startsWith("arn:aws:s3:::kept/");
  }

  /// A star is all of its splits together.
  @Test
  void what_two_statements_share_out_is_not_new() {
    PolicySet one = set(PolicyType.IDENTITY, allow("s3:*", "*", ""));
    PolicySet two =
        set(
            PolicyType.IDENTITY,
            "{\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": \"arn:aws:s3:::a*\"}",
            "{\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"NotResource\": \"arn:aws:s3:::a*\"}");

    assertThat(name(PolicyComparison.newAccess(one, two))).isEqualTo("no");
    assertThat(name(PolicyComparison.newAccess(two, one))).isEqualTo("no");
  }

  @Test
  void whether_anything_can_ever_be_allowed() {
    PolicySet policies =
        set(
            PolicyType.IDENTITY,
            allow("iam:Get*", "*", ""),
            allow("s3:*", "arn:aws:s3:::b/*", MFA),
            statement("Deny", "s3:Delete*", "*", ""));

    assertThat(name(PolicyComparison.grants(policies, "s3:GetObject", "arn:aws:s3:::b/x")))
        .isEqualTo("yes");
    assertThat(name(PolicyComparison.grants(policies, "s3:DeleteObject", "*"))).isEqualTo("no");
    assertThat(name(PolicyComparison.grants(policies, "s3:*", "arn:aws:s3:::other/*")))
        .isEqualTo("no");
    assertThat(name(PolicyComparison.grants(policies, "iam:CreateUser", "*"))).isEqualTo("no");
    assertThat(name(PolicyComparison.grants(policies, "iam:*", "*"))).isEqualTo("yes");
  }

  private static PolicySet trust(String principal, String condition) {
    return set(
        PolicyType.TRUST,
        "{\"Effect\": \"Allow\", \"Principal\": %s, \"Action\": \"sts:AssumeRole\", \"Condition\": {%s}}"
            .formatted(principal, condition));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"Bool\": {\"aws:MultiFactorAuthPresent\": \"true\"} | no",
        "\"BoolIfExists\": {\"aws:MultiFactorAuthPresent\": \"true\"} | yes",
        "\"NumericLessThan\": {\"aws:MultiFactorAuthAge\": \"3600\"} | no",
        "\"NumericLessThanIfExists\": {\"aws:MultiFactorAuthAge\": \"3600\"} | yes",
        "\"Null\": {\"aws:MultiFactorAuthAge\": \"false\"} | no",
        "\"StringEquals\": {\"sts:ExternalId\": \"x\"} | yes",
      })
  void whether_a_role_can_be_had_without_a_second_factor(String condition, String without) {
    PolicySet trust = trust("{\"AWS\": \"111122223333\"}", condition);

    assertThat(name(PolicyComparison.withoutMfa(trust))).isEqualTo(without);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"*\" | | yes",
        "{\"AWS\": \"*\"} | | yes",
        "{\"AWS\": \"111122223333\"} | | no",
        "\"*\" | \"StringEquals\": {\"aws:PrincipalOrgID\": \"o-1\"} | no",
        "\"*\" | \"StringLike\": {\"aws:PrincipalOrgID\": \"*\"} | yes",
        "\"*\" | \"StringLike\": {\"aws:PrincipalArn\": \"arn:aws:iam::111122223333:role/*\"} | no",
        "\"*\" | \"IpAddress\": {\"aws:SourceIp\": \"10.0.0.0/8\"} | no",
        "\"*\" | \"IpAddress\": {\"aws:SourceIp\": \"0.0.0.0/0\"} | yes",
        "\"*\" | \"Bool\": {\"aws:SecureTransport\": \"true\"} | yes",
        "{\"Service\": \"ec2.amazonaws.com\"} | | no",
      })
  void whether_anybody_gets_in(String principal, String condition, String isPublic) {
    assertThat(
            name(
                PolicyComparison.publicAccess(
                    trust(principal, condition == null ? "" : condition))))
        .isEqualTo(isPublic);
  }

  @Test
  void no_sampled_request_contradicts_an_answer_and_every_example_is_one() {
    Random random = new Random(7);
    Generated generated = new Generated(random);
    int[] answers = new int[3];
    for (int round = 0; round < 1500; round++) {
      PolicyType type = round % 3 == 0 ? PolicyType.RESOURCE : PolicyType.IDENTITY;
      List<Policy> before = new ArrayList<>();
      for (int i = 0; i < 1 + round % 2; i++) {
        before.add(Policy.parse(type, "old" + i, generated.document(type)));
      }
      List<Policy> after = new ArrayList<>(before);
      after.set(0, Policy.parse(type, "new", generated.document(type)));
      PolicySet existing = PolicySet.of(before);
      PolicySet updated = PolicySet.of(after);

      Answer answer = PolicyComparison.newAccess(updated, existing);

      String shown =
          updated.policies().stream().map(Policy::text).toList()
              + "\n"
              + existing.policies().stream().map(Policy::text).toList();
      switch (answer) {
        case Answer.Yes(var example, _) -> {
          answers[0]++;
          assertThat(isNew(updated, existing, example)).as(shown + example).isTrue();
        }
        case Answer.No() -> {
          answers[1]++;
          for (int i = 0; i < 500; i++) {
            Access access = generated.access();
            boolean hasIdentity = access.principal().account().isPresent();
            assertThat(
                    (hasIdentity || type == PolicyType.RESOURCE)
                        && isNew(updated, existing, access))
                .as(() -> shown + access + access.context().all())
                .isFalse();
          }
        }
        case Answer.CannotTell _ -> answers[2]++;
      }
    }
    assertThat(answers[0]).as("examples").isGreaterThan(200);
    assertThat(answers[1]).as("proofs").isGreaterThan(150);
  }

  /// Most of an edited set is settled without looking at it twice.
  @Test
  void one_condition_dropped_among_a_hundred_policies_is_found() {
    List<Policy> before = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      before.add(
          set(
                  PolicyType.IDENTITY,
                  allow("s3:*", "arn:aws:s3:::team-" + i + "/*", MFA),
                  statement("Deny", "s3:Delete*", "arn:aws:s3:::team-" + i + "/kept/*", ""))
              .policies()
              .getFirst());
    }
    List<Policy> after = new ArrayList<>(before);
    after.set(
        50,
        set(PolicyType.IDENTITY, allow("s3:*", "arn:aws:s3:::team-50/*", ""))
            .policies()
            .getFirst());

    Answer answer = PolicyComparison.newAccess(PolicySet.of(after), PolicySet.of(before));

    assertThat(answer).isInstanceOf(Answer.Yes.class);
    assertThat(name(PolicyComparison.newAccess(PolicySet.of(before), PolicySet.of(after))))
        .isEqualTo("no");
  }

  private static boolean isNew(PolicySet updated, PolicySet existing, Access access) {
    return allows(updated, access) && !allows(existing, access);
  }

  private static boolean allows(PolicySet set, Access access) {
    Verdict verdict = set.ask(new Question(access, false));
    return verdict.denied().isEmpty() && verdict.allows();
  }
}
