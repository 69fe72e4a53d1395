package dev.daypass.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MalformedPolicyTest {
  private static final String SYNTAX = "Syntax errors in policy.";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          nonsense                                                                         | Syntax errors in policy.
          {}                                                                               | Syntax errors in policy.
          {"Statement":[]}                                                                 | Syntax errors in policy.
          {"Statement":{"Effect":"Allow","Action":"*","Resource":"*"},"Extra":1}           | Syntax errors in policy.
          {"Statement":{"effect":"Allow","Action":"*","Resource":"*"}}                     | Syntax errors in policy.
          {"Statement":{"Effect":"Allow","Effect":"Deny","Action":"*","Resource":"*"}}     | Syntax errors in policy.
          {"Statement":{"Effect":"Perhaps","Action":"*","Resource":"*"}}                   | Syntax errors in policy.
          {"Statement":{"Effect":"allow","Action":"*","Resource":"*"}}                     | The policy failed legacy parsing
          {"Statement":{"Effect":"Allow","Resource":"*"}}                                  | Policy statement must contain actions.
          {"Statement":{"Effect":"Allow","Action":[],"Resource":"*"}}                      | Policy statement must contain actions.
          {"Statement":{"Effect":"Allow","Action":"*"}}                                    | Policy statement must contain resources.
          {"Statement":{"Effect":"Allow","Action":"*","NotAction":"*","Resource":"*"}}     | Syntax errors in policy.
          {"Statement":{"Effect":"Allow","Action":"GetObject","Resource":"*"}}             | Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.
          {"Statement":{"Effect":"Allow","Action":"s3:a:b","Resource":"*"}}                | Actions/Condition can contain only one colon.
          {"Statement":{"Effect":"Allow","Action":"*","Resource":"bucket"}}                | Resource bucket must be in ARN format or "*".
          {"Statement":{"Effect":"Allow","Action":"*","Resource":"arn:nope:s3:::b"}}       | Partition "nope" is not valid for resource "arn:nope:s3:::b".
          {"Statement":{"Effect":"Allow","Action":"*","Resource":"arn:aws:iam:eu-1:1:x"}}  | IAM resource arn:aws:iam:eu-1:1:x cannot contain region information.
          {"Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}}     | Policy document should not specify a principal.
          {"Version":"2020-01-01","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}} | Syntax errors in policy.
          """)
  void an_identity_policy_is_refused_in_the_words_of_aws(String text, String reason) {
    var refusal =
        catchThrowableOfType(
            MalformedPolicy.class, () -> Policy.parse(PolicyType.IDENTITY, "test", text));

    assertThat(refusal.reason()).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"StringEqual":{"a:b":"c"}}               | Syntax errors in policy.
          {"stringequals":{"a:b":"c"}}              | Syntax errors in policy.
          {"NullIfExists":{"a:b":"true"}}           | Syntax errors in policy.
          {"Sometimes:StringEquals":{"a:b":"c"}}    | Syntax errors in policy.
          {"StringEquals":{"a:b":{"c":"d"}}}        | Syntax errors in policy.
          {"StringEquals":{"a:b":null}}             | Syntax errors in policy.
          {"StringEquals":{"a:b":"c","A:B":"d"}}    | Syntax errors in policy.
          {"NumericEquals":{"a:b":"12abc"}}         | The policy failed legacy parsing
          {"DateLessThan":{"a:b":"2024-13-01"}}     | The policy failed legacy parsing
          {"Bool":{"a:b":"perhaps"}}                | The policy failed legacy parsing
          {"IpAddress":{"a:b":"10.0.0.0/33"}}       | The policy failed legacy parsing
          {"IpAddress":{"a:b":"host.example.com"}}  | The policy failed legacy parsing
          {"BinaryEquals":{"a:b":"?"}}              | The policy failed legacy parsing
          {"StringEquals":{"a:b":"${aws:username"}} | The policy failed legacy parsing
          """)
  void a_condition_that_cannot_be_evaluated_is_refused(String condition, String reason) {
    String text =
        """
        {"Version": "2012-10-17", "Statement":
          {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": %s}}
        """
            .formatted(condition);

    var refusal =
        catchThrowableOfType(
            MalformedPolicy.class, () -> Policy.parse(PolicyType.IDENTITY, "test", text));

    assertThat(refusal).as("the policy was accepted").isNotNull();
    assertThat(refusal.reason()).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          nonsense                                                                                  | This policy contains invalid Json
          {"Statement":{"Effect":"Allow","Action":"sts:AssumeRole"}}                                | Missing required field Principal
          {"Statement":{"Effect":"Allow","Principal":{},"Action":"sts:AssumeRole"}}                 | Missing required field Principal
          {"Statement":{"Effect":"Allow","NotPrincipal":"*","Action":"sts:AssumeRole"}}             | Has prohibited field NotPrincipal
          {"Statement":{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Resource":"*"}} | Has prohibited field Resource
          {"Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:user/*"},"Action":"sts:AssumeRole"}}  | Invalid principal in policy: "AWS":"arn:aws:iam::111122223333:user/*"
          {"Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:group/g"},"Action":"sts:AssumeRole"}} | Invalid principal in policy: "AWS":"arn:aws:iam::111122223333:group/g"
          {"Statement":{"Effect":"Allow","Principal":"*","Action":"s3:GetObject"}} | Trust Policy statement actions can only be sts:AssumeRole, sts:AssumeRoleWithSAML,  and sts:AssumeRoleWithWebIdentity
          """)
  void a_trust_policy_is_refused_in_the_words_of_aws(String text, String reason) {
    var refusal =
        catchThrowableOfType(
            MalformedPolicy.class, () -> Policy.parse(PolicyType.TRUST, "test", text));

    assertThat(refusal).as("the policy was accepted").isNotNull();
    assertThat(refusal.reason()).isEqualTo(reason);
  }

  @Test
  void a_refusal_says_where() {
    String text =
        """
        {
          "Statement": {"Effect": "Allow", "Action": "*",
            "Resource": "nowhere"}
        }
        """;

    var refusal =
        catchThrowableOfType(
            MalformedPolicy.class, () -> Policy.parse(PolicyType.IDENTITY, "test", text));

    assertThat(refusal.position()).isEqualTo(new Position(3, 17));
  }

  @Test
  void depth_is_bounded() {
    String text = "[".repeat(100_000);

    var refusal =
        catchThrowableOfType(
            MalformedPolicy.class, () -> Policy.parse(PolicyType.IDENTITY, "test", text));

    assertThat(refusal.reason()).isEqualTo(SYNTAX);
  }

  @Test
  void a_resource_control_policy_speaks_of_everyone() {
    for (String principal :
        List.of("", "\"Principal\": {\"AWS\": \"111122223333\"},", "\"NotPrincipal\": \"*\",")) {
      assertThatThrownBy(
              () ->
                  Policy.parse(
                      PolicyType.RESOURCE_CONTROL,
                      "rcp",
                      "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Deny\", %s \"Action\": \"s3:*\", \"Resource\": \"*\"}}"
                          .formatted(principal)))
          .isInstanceOf(MalformedPolicy.class);
    }
  }

  @Test
  void null_compares_with_what_does_not_vary() {
    assertThatThrownBy(
            () ->
                Policy.parse(
                    PolicyType.IDENTITY,
                    "null",
                    "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Deny\", \"Action\": \"*\", \"Resource\": \"*\", \"Condition\": {\"Null\": {\"a:x\": \"${a:b}\"}}}}"))
        .isInstanceOf(MalformedPolicy.class);
  }
}
