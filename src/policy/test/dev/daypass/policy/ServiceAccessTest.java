package dev.daypass.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which services policies could give access to.
class ServiceAccessTest {
  private static Policy policy(String... statements) {
    return Policy.parse(
        PolicyType.IDENTITY,
        "test",
        "{\"Version\": \"2012-10-17\", \"Statement\": [" + String.join(",", statements) + "]}");
  }

  private static String allow(String actions) {
    return statement("Allow", "Action", actions);
  }

  private static String deny(String actions) {
    return statement("Deny", "Action", actions);
  }

  private static String statement(String effect, String element, String actions) {
    String list = String.join("\",\"", actions.split(" "));
    return "{\"Effect\": \"%s\", \"%s\": [\"%s\"], \"Resource\": \"*\"}"
        .formatted(effect, element, list);
  }

  private static ServiceAccess of(String... statements) {
    return ServiceAccess.of(List.of(policy(statements)));
  }

  @Test
  void what_is_named_is_given_and_nothing_else() {
    ServiceAccess access = of(allow("S3:Get* sqs:SendMessage s*:Get?"));

    assertThat(access.named()).containsExactly("s3", "sqs");
    assertThat(Stream.of("s3", "sqs", "iam", "s", "s3x").filter(access::allowsAnyOf))
        .containsExactly("s3", "sqs");
    assertThat(access.allows("s3:GetObject")).isTrue();
    assertThat(access.allows("s3:PutObject")).isFalse();
  }

  @Test
  void a_star_gives_every_service_and_names_none() {
    ServiceAccess access = of(allow("*"));

    assertThat(access.named()).isEmpty();
    assertThat(access.allowsAnyOf("anything-there-is")).isTrue();
  }

  @Test
  void not_action_gives_all_but_whole_services_that_are_left_out() {
    ServiceAccess access = of(statement("Allow", "NotAction", "iam:* s3:Delete*"));

    assertThat(access.allowsAnyOf("iam")).isFalse();
    assertThat(access.allowsAnyOf("s3")).isTrue();
    assertThat(access.allowsAnyOf("sqs")).isTrue();
    assertThat(access.allows("s3:DeleteObject")).isFalse();
    assertThat(access.allows("s3:GetObject")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "s3:*, s3:*, false",
    "s3:GetObject, s3:Get*, false",
    "s3:Get*, s3:*, false",
    "s3:Get*, *, false",
    "s3:GetObject, s3:GetObjec?, false",
    "s3:*, s3:Get*, true",
    "s3:Get*, s3:Get?, true",
    "s3:GetObject s3:PutObject, s3:Get*, true",
    "*, s3:*, false",
    "s3:*, sqs:*, true",
  })
  void a_deny_takes_away_what_it_surely_covers(String allowed, String denied, boolean left) {
    assertThat(of(allow(allowed), deny(denied)).allowsAnyOf("s3")).isEqualTo(left);
  }

  @Test
  void a_deny_of_all_but_some_services_takes_the_others_away() {
    ServiceAccess access = of(allow("*"), statement("Deny", "NotAction", "iam:Get*"));

    assertThat(access.allowsAnyOf("iam")).isTrue();
    assertThat(access.allowsAnyOf("s3")).isFalse();
    assertThat(access.allows("iam:GetUser")).isTrue();
    assertThat(access.allows("iam:CreateUser")).isFalse();
  }

  @Test
  void a_deny_with_a_condition_or_for_some_resources_takes_nothing_away() {
    String conditional =
        """
        {"Effect": "Deny", "Action": "s3:*", "Resource": "*",
         "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "false"}}}
        """;
    String partial =
        "{\"Effect\": \"Deny\", \"Action\": \"s3:*\", \"Resource\": \"arn:aws:s3:::secret/*\"}";
    String negated = "{\"Effect\": \"Deny\", \"Action\": \"s3:*\", \"NotResource\": \"*\"}";

    for (String deny : List.of(conditional, partial, negated)) {
      assertThat(of(allow("s3:*"), deny).allowsAnyOf("s3")).as(deny).isTrue();
    }
  }

  @Test
  void one_policy_beside_others_that_deny_what_it_gives() {
    Policy giving = policy(allow("s3:* sqs:*"));
    Policy denying = policy(deny("s3:*"));

    ServiceAccess access = ServiceAccess.of(giving, List.of(giving, denying));

    assertThat(access.allowsAnyOf("s3")).isFalse();
    assertThat(access.allowsAnyOf("sqs")).isTrue();
  }
}
