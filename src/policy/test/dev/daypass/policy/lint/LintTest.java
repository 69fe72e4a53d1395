package dev.daypass.policy.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.daypass.policy.PolicyType;
import dev.daypass.policy.Position;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LintTest {
  /// What a policy is, and what is found in it.
  record Case(Issue issue, PolicyType type, String path, String text) {
    static Case of(String line) {
      String[] fields = line.split(" \\| ", 4);
      return new Case(
          Issue.valueOf(fields[0]), PolicyType.valueOf(fields[1]), fields[2], fields[3]);
    }

    @Override
    public String toString() {
      return issue.code();
    }
  }

  /// Too long to be written down.
  private static final Map<Issue, PolicyType> SIZES =
      Map.of(
          Issue.POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA, PolicyType.IDENTITY,
          Issue.POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA, PolicyType.TRUST,
          Issue.POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA, PolicyType.RESOURCE,
          Issue.POLICY_SIZE_EXCEEDS_SESSION_POLICY_QUOTA, PolicyType.SESSION,
          Issue.POLICY_SIZE_EXCEEDS_SCP_QUOTA, PolicyType.SERVICE_CONTROL,
          Issue.POLICY_SIZE_EXCEEDS_RCP_QUOTA, PolicyType.RESOURCE_CONTROL);

  static Stream<Case> cases() {
    Stream<Case> written =
        lines("/cases/findings.txt").stream().filter(line -> !line.startsWith("#")).map(Case::of);
    String text = "{\"Id\": \"%s\"}".formatted("x".repeat(21_000));
    return Stream.concat(
        written,
        SIZES.entrySet().stream()
            .map(entry -> new Case(entry.getKey(), entry.getValue(), "", text)));
  }

  private static List<String> lines(String resource) {
    try (var reader =
        new BufferedReader(
            new InputStreamReader(
                LintTest.class.getResourceAsStream(resource), StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void each_issue_is_found_where_it_stands(Case given) {
    List<Finding> findings = Lint.check(given.type(), given.text());

    assertThat(findings)
        .anySatisfy(
            finding -> {
              assertThat(finding.code()).isEqualTo(given.issue().code());
              assertThat(finding.kind()).isEqualTo(given.issue().kind());
              assertThat(finding.path()).isEqualTo(given.path());
              assertThat(finding.message()).isNotBlank().doesNotContain("%s");
            });
  }

  @Test
  void no_issue_is_without_a_case() {
    Set<Issue> missing = EnumSet.allOf(Issue.class);

    cases().map(Case::issue).forEach(missing::remove);

    assertThat(missing).isEmpty();
  }

  @Test
  void positions_are_those_of_the_values() {
    String text =
        """
        {
          "Statement": [
            {"Effect": "Deny", "Action": ["s3:Get*",
              "s3:GetObject"], "Resource": "*",
              "Condition": {"StringEquals": {"aws:username": ["a", "b*"]}}}
          ]
        }
        """;

    List<Finding> findings = Lint.check(PolicyType.IDENTITY, text);

    assertThat(findings)
        .extracting(Finding::code, Finding::position)
        .containsExactly(
            tuple(Issue.MISSING_VERSION, 1, 1),
            tuple(Issue.REDUNDANT_ACTION, 4, 7),
            tuple(Issue.WILDCARD_WITHOUT_LIKE_OPERATOR, 5, 60));
  }

  private static Tuple tuple(Issue issue, int line, int column) {
    return Tuple.tuple(issue.code(), new Position(line, column));
  }

  @Test
  void a_refused_document_says_so_once_and_is_read_on() {
    String text =
        """
        {"Version": "2012-10-17", "Statement":
          {"Action": "GetObject", "Resource": "bucket"}}
        """;

    List<Finding> findings = Lint.check(PolicyType.IDENTITY, text);

    assertThat(findings)
        .extracting(Finding::code)
        .containsExactlyInAnyOrder(
            "MALFORMED_POLICY_DOCUMENT", "MISSING_EFFECT", "INVALID_ACTION", "INVALID_ARN_PREFIX");
    assertThat(findings.getFirst().message()).contains("Syntax errors in policy.");
    assertThat(findings.getFirst().position()).isEqualTo(new Position(2, 3));
  }

  @Test
  void what_is_no_json_has_one_finding() {
    List<Finding> findings = Lint.check(PolicyType.TRUST, "{\"Version\": \"2012-10-17\",");

    assertThat(findings).extracting(Finding::code).containsExactly("JSON_SYNTAX_ERROR");
    assertThat(findings.getFirst().message()).contains("This policy contains invalid Json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          IDENTITY | {"Version":"2012-10-17","Statement":[{"Sid":"Read","Effect":"Allow","Action":["s3:GetObject","s3:ListBucket"],"Resource":["arn:aws:s3:::b","arn:aws:s3:::b/${aws:username, 'nobody'}/*"]}]}
          IDENTITY | {"Version":"2012-10-17","Statement":[{"Effect":"Deny","NotAction":"iam:*","Resource":"*","Condition":{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}}]}
          IDENTITY | {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:PassRole","Resource":"*","Condition":{"StringEquals":{"iam:PassedToService":"ec2.amazonaws.com"}}}]}
          IDENTITY | {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ec2:CreateTags","Resource":"*","Condition":{"ForAllValues:StringEquals":{"aws:TagKeys":["a","b"]},"Null":{"aws:TagKeys":"false"}}}]}
          IDENTITY | {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"arn:aws:sqs:*:111122223333:q","Condition":{"DateLessThan":{"aws:CurrentTime":"2030-01-01T00:00:00Z"},"IpAddress":{"aws:SourceIp":["203.0.113.0/24","2001:db8::/32"]}}}]}
          PERMISSIONS_BOUNDARY | {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"iam:*","Resource":"*"}]}
          SERVICE_CONTROL | {"Version":"2012-10-17","Statement":[{"Effect":"Allow","NotAction":"iam:*Role*","Resource":"*"}]}
          RESOURCE_CONTROL | {"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"StringNotEqualsIfExists":{"aws:PrincipalOrgID":"o-1"},"BoolIfExists":{"aws:PrincipalIsAWSService":"false"}}}]}
          RESOURCE | {"Version":"2012-10-17","Statement":[{"Effect":"Deny","NotPrincipal":{"AWS":["arn:aws:iam::111122223333:user/a","111122223333"]},"Action":"s3:*","Resource":["arn:aws:s3:::b","arn:aws:s3:::b/*"]}]}
          TRUST | {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":["sts:AssumeRole","sts:TagSession"],"Condition":{"StringEquals":{"sts:ExternalId":"x","aws:RequestTag/Team":"y"}}}]}
          TRUST | {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}
          TRUST | {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"},"Action":"sts:AssumeRoleWithWebIdentity","Condition":{"StringEquals":{"token.actions.githubusercontent.com:aud":"sts.amazonaws.com","token.actions.githubusercontent.com:sub":"repo:o/r:ref:refs/heads/main"}}}]}
          """)
  void a_good_policy_has_no_findings(PolicyType type, String text) {
    assertThat(Lint.check(type, text)).isEmpty();
  }

  @Test
  void the_policies_of_aws_documentation_are_read() throws IOException {
    ObjectMapper json = new ObjectMapper();
    for (String line : lines("/cases/aws-documentation.jsonl")) {
      JsonNode policies = json.readTree(line).get("policies");
      for (PolicyType type : PolicyType.values()) {
        for (JsonNode kind : policies) {
          kind.findParents("Statement")
              .forEach(policy -> assertThat(Lint.check(type, policy.toString())).isNotNull());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "7",
        "\"\"",
        "[]",
        "[[]]",
        "{}",
        "{\"Statement\": null}",
        "\u0000"
      })
  void what_is_no_policy_at_all_has_findings(String text) {
    for (PolicyType type : PolicyType.values()) {
      assertThat(Lint.check(type, text)).isNotEmpty();
    }
  }

  @Test
  void garbage_makes_no_exceptions() {
    Random random = new Random(20261124);
    List<String> texts = cases().map(Case::text).filter(text -> text.length() < 2000).toList();
    for (int i = 0; i < 30_000; i++) {
      String text = disturbed(texts.get(random.nextInt(texts.size())), random);
      PolicyType type = PolicyType.values()[random.nextInt(PolicyType.values().length)];
      assertThatCode(() -> Lint.check(type, text)).as(text).doesNotThrowAnyException();
    }
  }

  private static String disturbed(String text, Random random) {
    List<String> pieces =
        List.of("null", "[]", "{}", "\"\"", "7", "true", "${", "}", "'", "*", "?", ":", "/", "İ");
    StringBuilder disturbed = new StringBuilder(text);
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(disturbed.length());
      int end = Math.min(disturbed.length(), at + random.nextInt(9));
      String piece =
          random.nextBoolean()
              ? pieces.get(random.nextInt(pieces.size()))
              : Character.toString(random.nextInt(0x10000));
      disturbed.replace(at, end, piece);
    }
    // Whole values too, which leaves JSON that reads.
    return random.nextBoolean()
        ? disturbed.toString()
        : text.replaceFirst("(: )(\"[^\"]*\"|\\[[^\\]]*])", "$1" + pieces.get(random.nextInt(6)));
  }

  @ParameterizedTest
  @CsvSource({
    "'*a', 3000, s3:x",
    "'${', 30000, s3:x",
    "'a.', 30000, s3:x",
    "'?*', 30000, s3:x",
    "'*', 60000, s3:x",
    "'${a}', 20000, s3:x"
  })
  void no_text_makes_it_slow(String piece, int times, String action) {
    String longest = piece.repeat(times);
    List<String> many = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      many.add("\"s3:" + piece.repeat(50) + i + "\"");
    }
    String text =
        """
        {"Version": "2012-10-17", "Statement": {"Effect": "Allow",
          "Principal": {"Service": "%1$s", "Federated": "%1$s", "AWS": "%1$s"},
          "Action": [%2$s, "%3$s"], "Resource": ["arn:aws:s3::%1$s:%1$s", "arn:aws:s3:::b%1$sb"],
          "Condition": {"StringLike": {"aws:username": ["%1$s", "%1$sb"]}}}}
        """
            .formatted(longest, String.join(", ", many), action);

    assertTimeout(
        Duration.ofSeconds(60),
        () -> {
          for (PolicyType type : PolicyType.values()) {
            Lint.check(type, text);
          }
        });
  }

  @Test
  void the_manual_lists_each_issue() throws IOException {
    String manual = Files.readString(Path.of("../../docs/policy-findings.md"));

    for (Issue issue : Issue.values()) {
      assertThat(manual)
          .contains("| `%s` | %s | %s |".formatted(issue.code(), kind(issue), issue.doc()));
    }
  }

  private static String kind(Issue issue) {
    return issue.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
