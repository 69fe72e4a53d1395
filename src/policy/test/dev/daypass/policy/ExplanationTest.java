package dev.daypass.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.daypass.policy.Explanation.Change;
import dev.daypass.policy.Explanation.Edit;
import dev.daypass.policy.Explanation.KeyValue;
import dev.daypass.policy.Explanation.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExplanationTest {
  private static final Principal ALICE =
      new Principal.User(
          "arn:aws:iam::111122223333:user/alice", "AIDAALICE", "alice", "111122223333", Map.of());
  private static final String READ_WITH_MFA =
      """
      {"Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject",
       "Resource": "arn:aws:s3:::reports/*",
       "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}}
      """;
  private static final String DENY_OUTSIDE =
      """
      {"Sid": "Inside", "Effect": "Deny", "Action": "*", "Resource": "*",
       "Condition": {"NotIpAddress": {"aws:SourceIp": "10.0.0.0/8"}}}
      """;

  private static Policy policy(PolicyType type, String... statements) {
    return Policy.parse(
        type,
        "Reports",
        "{\"Version\": \"2012-10-17\", \"Statement\": [" + String.join(",", statements) + "]}");
  }

  private static Policies identity(String... statements) {
    return Policies.identity(List.of(policy(PolicyType.IDENTITY, statements)));
  }

  private static Access read(Context context) {
    return new Access(ALICE, "s3:GetObject", "arn:aws:s3:::reports/1", Optional.empty(), context);
  }

  private static Change one(String key, String value) {
    return new Change.Request(List.of(new KeyValue(key, Optional.of(value))));
  }

  @Test
  void the_missing_key_is_named_and_what_it_should_have_been() {
    Explanation explanation = identity(READ_WITH_MFA).explain(read(Context.EMPTY));

    var condition = explanation.layers().getFirst().statements().getFirst().conditions().getFirst();
    assertThat(condition.key()).isEqualTo("aws:MultiFactorAuthPresent");
    assertThat(condition.seen()).isEmpty();
    assertThat(condition.outcome()).isEqualTo(ConditionOutcome.ABSENT);
    assertThat(explanation.changes())
        .containsExactly(
            one("aws:MultiFactorAuthPresent", "true"),
            new Change.OfPolicies(List.of(new Edit.AddAllow(PolicyType.IDENTITY))));
  }

  @Test
  void a_deny_is_undone_by_the_value_it_spares() {
    Context outside =
        Context.builder()
            .put("aws:MultiFactorAuthPresent", "true")
            .put("aws:SourceIp", "192.0.2.1")
            .build();

    Explanation explanation = identity(READ_WITH_MFA, DENY_OUTSIDE).explain(read(outside));

    assertThat(explanation.decision()).isInstanceOf(Decision.ExplicitlyDenied.class);
    assertThat(explanation.layers().getFirst().outcome()).isEqualTo(Outcome.DENIES);
    assertThat(explanation.changes()).contains(one("aws:SourceIp", "10.0.0.0"));
  }

  @Test
  void every_change_turns_the_answer_when_it_is_made() {
    for (String operator :
        List.of(
            "StringEquals",
            "StringLike",
            "NumericLessThan",
            "NumericGreaterThan",
            "NumericEquals",
            "DateGreaterThan",
            "DateLessThan",
            "IpAddress",
            "ArnLike",
            "BinaryEquals")) {
      String value =
          switch (operator) {
            case "DateGreaterThan", "DateLessThan" -> "2026-01-01T00:00:00Z";
            case "IpAddress" -> "10.0.0.0/8";
            case "ArnLike" -> "arn:aws:iam::*:role/?b*";
            case "BinaryEquals" -> "aGk=";
            case "StringLike" -> "a*b?";
            default -> "12";
          };
      Policies policies =
          identity(
              """
              {"Effect": "Allow", "Action": "*", "Resource": "*",
               "Condition": {"%s": {"app:key": "%s"}}}
              """
                  .formatted(operator, value));

      Explanation explanation = policies.explain(read(Context.EMPTY));

      assertThat(explanation.changes().getFirst()).as(operator).isInstanceOf(Change.Request.class);
      KeyValue change = ((Change.Request) explanation.changes().getFirst()).keys().getFirst();
      Context changed = Context.builder().put(change.key(), change.value().orElseThrow()).build();
      assertThat(policies.decide(read(changed)).allowed()).as(operator).isTrue();
    }
  }

  @Test
  void several_keys_are_asked_for_together_where_no_single_one_would_do() {
    Policies policies =
        identity(
            """
            {"Effect": "Allow", "Action": "*", "Resource": "*",
             "Condition": {"StringEquals": {"a:one": "1", "a:two": "2"}}}
            """);

    Explanation explanation = policies.explain(read(Context.EMPTY));

    assertThat(explanation.changes().getFirst())
        .isEqualTo(
            new Change.Request(
                List.of(
                    new KeyValue("a:one", Optional.of("1")),
                    new KeyValue("a:two", Optional.of("2")))));
  }

  @Test
  void every_obstacle_among_the_policies_is_named() {
    Policies policies =
        identity(DENY_OUTSIDE.replace("NotIpAddress", "Null").replace("10.0.0.0/8", "true"))
            .boundedBy(policy(PolicyType.PERMISSIONS_BOUNDARY, READ_WITH_MFA))
            .under(
                List.of(PolicySet.of(policy(PolicyType.SERVICE_CONTROL, READ_WITH_MFA))),
                List.of());

    Explanation explanation = policies.explain(read(Context.EMPTY));

    Change last = explanation.changes().getLast();
    assertThat(((Change.OfPolicies) last).edits())
        .extracting(
            edit ->
                switch (edit) {
                  case Edit.RemoveDeny(var type, var statement) ->
                      "-" + type + " " + statement.sid().orElse("");
                  case Edit.AddAllow(var type) -> "+" + type;
                })
        .containsExactly(
            "-IDENTITY Inside", "+SERVICE_CONTROL", "+IDENTITY", "+PERMISSIONS_BOUNDARY");
  }

  @Test
  void as_text() {
    assertThat(identity(READ_WITH_MFA, DENY_OUTSIDE).explain(read(Context.EMPTY)).toText())
        .isEqualTo(
            """
            Denied: User: arn:aws:iam::111122223333:user/alice is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::reports/1 with an explicit deny in an identity-based policy

            Identity-based policy: denies
              ✗ Allow, Reports, statement 1 `Read` at 1:41
                  ✓ Action: s3:GetObject
                  ✓ Resource: arn:aws:s3:::reports/*
                  ✗ Bool aws:MultiFactorAuthPresent: true (the key is absent)
              ✓ Deny, Reports, statement 2 `Inside` at 4:2
                  ✓ Action: *
                  ✓ Resource: *
                  ✓ NotIpAddress aws:SourceIp: 10.0.0.0/8 (the key is absent, which satisfies this operator)

            It would be allowed
              - with aws:MultiFactorAuthPresent = true and aws:SourceIp = 10.0.0.0 in the request
              - without the Deny of Reports, statement 2 `Inside` at 4:2 and with an Allow in an identity-based policy
            """);
  }

  @Test
  void as_json() throws Exception {
    JsonNode json =
        new ObjectMapper().readTree(identity(READ_WITH_MFA).explain(read(Context.EMPTY)).toJson());

    assertThat(json.get("decision").asText()).isEqualTo("implicitDeny");
    assertThat(json.get("policyType").asText()).isEqualTo("IDENTITY");
    assertThat(json.at("/layers/0/statements/0/conditions/0/reason").asText())
        .isEqualTo("the key is absent");
    assertThat(json.at("/changes/0/request/0/key").asText())
        .isEqualTo("aws:MultiFactorAuthPresent");
  }

  @Test
  void what_is_allowed_needs_no_change() {
    Explanation explanation =
        identity(READ_WITH_MFA)
            .explain(read(Context.builder().put("aws:MultiFactorAuthPresent", "true").build()));

    assertThat(explanation.decision().allowed()).isTrue();
    assertThat(explanation.changes()).isEmpty();
    assertThat(explanation.toText()).startsWith("Allowed: arn:aws:iam::111122223333:user/alice");
  }
}
