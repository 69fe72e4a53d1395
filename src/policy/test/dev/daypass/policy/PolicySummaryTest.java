package dev.daypass.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PolicySummaryTest {
  private static String summary(String statements) {
    return PolicySummary.of(
        Policy.parse(
            PolicyType.SESSION,
            "test",
            "{\"Version\": \"2012-10-17\", \"Statement\": [" + statements + "]}"));
  }

  @Test
  void a_statement_is_a_sentence() {
    assertThat(
            summary(
                """
                {"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject", "s3:List*"],
                 "Resource": ["arn:aws:s3:::one", "arn:aws:s3:::one/*"]},
                {"Effect": "Deny", "Action": "*", "Resource": "*"}
                """))
        .isEqualTo(
            """
            Allows s3:GetObject, s3:PutObject and s3:List* on arn:aws:s3:::one and arn:aws:s3:::one/*.
            Denies every action on every resource.""");
  }

  @Test
  void what_is_left_out_is_told_as_such() {
    assertThat(
            summary(
                """
                {"Effect": "Allow", "NotAction": "iam:*", "NotResource": "arn:aws:s3:::secret/*"}
                """))
        .isEqualTo(
            "Allows every action except iam:* on every resource except arn:aws:s3:::secret/*.");
  }

  @Test
  void conditions_are_told_with_all_their_values() {
    assertThat(
            summary(
                """
                {"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {
                  "IpAddress": {"aws:SourceIp": ["10.0.0.0/8", "192.0.2.0/24"]},
                  "BoolIfExists": {"aws:MultiFactorAuthPresent": "true"}}}
                """))
        .isEqualTo(
            "Allows s3:* on every resource, provided that aws:SourceIp meets IpAddress 10.0.0.0/8 or"
                + " 192.0.2.0/24 and aws:MultiFactorAuthPresent meets BoolIfExists true.");
  }

  @Test
  void a_trust_policy_says_who() {
    String trust =
        """
        {"Version": "2012-10-17", "Statement": [
          {"Effect": "Allow", "Action": ["sts:AssumeRole", "sts:TagSession"], "Principal":
            {"AWS": ["arn:aws:iam::111122223333:user/alice", "444455556666"], "Service": "ci.example.com"}},
          {"Effect": "Deny", "Action": "sts:*", "Principal": "*",
           "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "false"}}}]}
        """;

    assertThat(PolicySummary.of(Policy.parse(PolicyType.TRUST, "test", trust)))
        .isEqualTo(
            """
            Allows sts:AssumeRole and sts:TagSession to arn:aws:iam::111122223333:user/alice, account 444455556666 and ci.example.com.
            Denies sts:* to everyone, provided that aws:MultiFactorAuthPresent meets Bool false.""");
  }
}
