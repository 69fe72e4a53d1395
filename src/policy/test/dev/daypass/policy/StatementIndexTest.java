package dev.daypass.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever the index leaves out could not have matched.
class StatementIndexTest {
  private static final Principal ALICE =
      new Principal.User(
          "arn:aws:iam::111122223333:user/alice", "AIDAALICE", "alice", "111122223333", Map.of());
  private static final List<String> ACTIONS =
      List.of("s3:GetObject", "S3:getobject", "s3:Get*", "s3:*", "*", "sqs:Send?essage", "s*:Get*");
  private static final List<String> ASKED =
      List.of("s3:GetObject", "S3:GETOBJECT", "s3:GetAcl", "sqs:SendMessage", "iam:GetUser", "s3:");
  private static final List<String> RESOURCES =
      List.of(
          "*",
          "arn:aws:s3:::bucket-%d/*",
          "arn:aws:s3:::*-%d/reports/*",
          "arn:aws:S3:::Bucket-%d/?",
          "arn:aws:s3:::*%d",
          "arn:aws:s3:::a?%d",
          "arn:aws:s3:::${aws:username}/%d/*",
          "arn:aws:s3:::x${*}y${?}-%d*",
          "arn:*:*:*:*:*%d-long-literal-text",
          "arn:aws:s3",
          "arn:aws:s3:::café-ÿ-%d/*");
  private static final List<String> NAMED =
      List.of(
          "*",
          "arn:aws:s3:::bucket-%d/key",
          "arn:aws:s3:::b-%d/reports/x",
          "ARN:AWS:S3:::Bucket-%d/k",
          "arn:aws:s3:::zz%d",
          "arn:aws:s3:::ab%d",
          "arn:aws:s3:::alice/%d/x",
          "arn:aws:s3:::x*y?-%d",
          "arn:aws:sqs:us-east-1:1:q%d-long-literal-text",
          "arn:aws:s3:::café-ÿ-%d/é",
          "no arn %d",
          "");

  private final Random random = new Random(20261124);

  @Test
  void an_indexed_set_says_what_its_statements_say_one_by_one() {
    for (int round = 0; round < 200; round++) {
      List<Policy> policies = new ArrayList<>();
      int count = 10 + random.nextInt(200);
      for (int i = 0; i < count; i++) {
        policies.add(policy(statement()));
      }
      PolicySet set = PolicySet.of(policies);
      for (int i = 0; i < 100; i++) {
        Question question = question();

        Verdict verdict = set.ask(question);

        List<Statement> matching =
            policies.stream()
                .map(policy -> policy.statements().getFirst())
                .filter(statement -> statement.match(question) != PrincipalMatch.NONE)
                .toList();
        assertThat(verdict.denied()).isEqualTo(first(matching, Effect.DENY));
        if (verdict.denied().isEmpty()) {
          assertThat(verdict.allowed(PrincipalMatch.ANY)).isEqualTo(first(matching, Effect.ALLOW));
        }
      }
    }
  }

  private static Optional<StatementId> first(List<Statement> matching, Effect effect) {
    return matching.stream()
        .filter(statement -> statement.effect() == effect)
        .map(Statement::id)
        .findFirst();
  }

  private String statement() {
    String not = random.nextInt(8) == 0 ? "Not" : "";
    return "{\"Effect\": \"%s\", \"%sAction\": [%s], \"%sResource\": [%s]}"
        .formatted(
            random.nextInt(5) == 0 ? "Deny" : "Allow",
            random.nextInt(10) == 0 ? "Not" : "",
            some(ACTIONS),
            not,
            some(RESOURCES));
  }

  private String some(List<String> among) {
    List<String> some = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      some.add("\"" + one(among) + "\"");
    }
    return String.join(", ", some);
  }

  private String one(List<String> among) {
    return among.get(random.nextInt(among.size())).formatted(random.nextInt(30));
  }

  private int number;

  private Policy policy(String statement) {
    return Policy.parse(
        PolicyType.IDENTITY,
        "policy " + number++,
        "{\"Version\": \"2012-10-17\", \"Statement\": " + statement + "}");
  }

  private Question question() {
    return new Question(
        new Access(ALICE, one(ASKED), one(NAMED), Optional.empty(), Context.EMPTY), false);
  }
}
