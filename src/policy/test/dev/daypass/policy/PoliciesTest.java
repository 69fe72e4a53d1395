package dev.daypass.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoliciesTest {
  private static final String ACCOUNT = "111122223333";
  private static final Principal.User ALICE =
      new Principal.User(
          "arn:aws:iam::111122223333:user/alice", "AIDAALICE", "alice", ACCOUNT, Map.of());
  private static final Principal.AssumedRole SESSION =
      new Principal.AssumedRole(
          "arn:aws:iam::111122223333:role/deploy", "AROADEPLOY", "deploy", "s1", ACCOUNT, Map.of());

  private static Policy identity(String statement) {
    return Policy.parse(
        PolicyType.IDENTITY,
        "test",
        "{\"Version\": \"2012-10-17\", \"Statement\": [" + statement + "]}");
  }

  private static Policy trust(String statement) {
    return Policy.parse(
        PolicyType.TRUST,
        "trust",
        "{\"Version\": \"2012-10-17\", \"Statement\": [" + statement + "]}");
  }

  private static Access access(Principal principal, String action, Context context) {
    return new Access(principal, action, "arn:aws:s3:::bucket/key", Optional.empty(), context);
  }

  private static boolean allowed(String condition, Context context) {
    return Policies.identity(
            List.of(
                identity(
                    "{\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\", \"Condition\": %s}"
                        .formatted(condition))))
        .decide(access(ALICE, "s3:GetObject", context))
        .allowed();
  }

  /// The table of the most common mistakes: absent, equal, different.
  @ParameterizedTest
  @CsvSource({
    "StringEquals,false,true,false",
    "StringNotEquals,true,false,true",
    "StringEqualsIfExists,true,true,false",
    "StringNotEqualsIfExists,true,false,true",
    "StringLike,false,true,false",
    "StringNotLike,true,false,true",
    "ForAllValues:StringEquals,true,true,false",
    "ForAnyValue:StringEquals,false,true,false",
    "ForAllValues:StringNotEquals,true,false,true",
    "ForAnyValue:StringNotEquals,false,false,true",
  })
  void a_key_absent_equal_or_different(
      String operator, boolean absent, boolean equal, boolean different) {
    String condition = "{\"%s\": {\"a:key\": \"x\"}}".formatted(operator);

    assertThat(allowed(condition, Context.EMPTY)).as("absent").isEqualTo(absent);
    assertThat(allowed(condition, Context.builder().put("A:Key", "x").build()))
        .as("equal")
        .isEqualTo(equal);
    assertThat(allowed(condition, Context.builder().put("a:key", "y").build()))
        .as("different")
        .isEqualTo(different);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NumericLessThan    | 10                 | 9                     | true",
        "NumericLessThan    | 10                 | 10.0                  | false",
        "NumericEquals      | 10                 | 10.0                  | true",
        "NumericEquals      | 10                 | 10abc                 | false",
        "NumericNotEquals   | 10                 | ten                   | false",
        "DateLessThan       | 2026-01-01         | 2025-12-31T23:59:59Z  | true",
        "DateGreaterThan    | 2026-01-01T00:00Z  | 1767225601            | true",
        "DateEquals         | 2026-01-01T01:00:00+01:00 | 2026-01-01T00:00:00Z | true",
        "Bool               | true               | TRUE                  | true",
        "Bool               | true               | yes                   | false",
        "IpAddress          | 10.0.0.0/8         | 10.255.1.2            | true",
        "IpAddress          | 10.0.0.0/8         | 11.0.0.1              | false",
        "IpAddress          | 10.0.0.0/8         | ::ffff:10.1.2.3       | true",
        "IpAddress          | 2001:DB8::/32      | 2001:db8:0::1         | true",
        "IpAddress          | 0.0.0.0/0          | ::1                   | false",
        "NotIpAddress       | 10.0.0.0/8         | 11.0.0.1              | true",
        "NotIpAddress       | 10.0.0.0/8         | example.com           | false",
        "ArnLike            | arn:aws:iam::*:role/a* | arn:aws:iam::1:role/abc | true",
        "ArnLike            | arn:aws:iam:*      | arn:aws:iam::1:role/abc | false",
        "ArnEquals          | arn:aws:iam::1:role/?  | arn:aws:iam::1:role/x | true",
        "BinaryEquals       | aGk=               | aGk=                  | true",
        "StringEqualsIgnoreCase | ABC            | abc                   | true",
        "StringLike         | a*${*}?            | axyz*c                | true",
        "StringLike         | a${*}              | axyz                  | false",
      })
  void one_value_against_another(String operator, String wanted, String seen, boolean matches) {
    assertThat(
            allowed(
                "{\"%s\": {\"a:key\": \"%s\"}}".formatted(operator.strip(), wanted),
                Context.builder().put("a:key", seen).build()))
        .isEqualTo(matches);
  }

  @Test
  void a_variable_brings_no_wildcard() {
    Policies policies =
        Policies.identity(
            List.of(
                identity(
                    "{\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"arn:aws:s3:::bucket/${aws:PrincipalTag/dir}\"}")));
    Principal starry =
        new Principal.User(ALICE.userArn(), ALICE.id(), "alice", ACCOUNT, Map.of("dir", "*"));

    assertThat(policies.decide(access(starry, "s3:GetObject", Context.EMPTY)).allowed()).isFalse();
    assertThat(policies.decide(access(ALICE, "s3:GetObject", Context.EMPTY)).allowed()).isFalse();
  }

  @Test
  void what_the_principal_is_is_not_for_the_context_to_say() {
    Context spoofed = Context.builder().put("aws:username", "root").build();

    assertThat(allowed("{\"StringEquals\": {\"aws:username\": \"root\"}}", spoofed)).isFalse();
  }

  @Test
  void a_trust_policy_that_means_a_user_by_id_does_not_mean_another_of_that_name() {
    Policy trust =
        trust(
                "{\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"arn:aws:iam::111122223333:user/alice\"}, \"Action\": \"sts:AssumeRole\"}")
            .withPrincipalIds(Map.of("arn:aws:iam::111122223333:user/alice", "AIDAOLD"));
    Access access =
        new Access(
            ALICE,
            "sts:AssumeRole",
            "arn:aws:iam::111122223333:role/r",
            Optional.of(ACCOUNT),
            Context.EMPTY);

    assertThat(Policies.identity(List.of()).on(trust).decide(access).allowed()).isFalse();
  }

  @Test
  void an_identity_provider_is_meant_in_its_tokens_and_in_their_sessions() {
    String provider = "arn:aws:iam::111122223333:oidc-provider/issuer.example.com";
    Policy trust =
        trust(
            """
            {"Effect": "Allow", "Principal": {"Federated": "%s"}, "Action": "sts:*",
             "Condition": {"StringEquals": {"aws:FederatedProvider": "%s", "issuer.example.com:8443/a:sub": "me"}}}
            """
                .formatted(provider, provider));
    Context me = Context.builder().put("issuer.example.com:8443/a:sub", "me").build();
    Principal session =
        new Principal.AssumedRole(
            SESSION.roleArn(),
            "AROADEPLOY",
            "deploy",
            "s1",
            ACCOUNT,
            Map.of(),
            Optional.of(provider));
    Policies policies = Policies.NONE.on(trust);

    assertThat(
            policies
                .decide(
                    access(new Principal.Federated(provider), "sts:AssumeRoleWithWebIdentity", me))
                .allowed())
        .isTrue();
    assertThat(
            trust
                .statements()
                .getFirst()
                .match(policies.question(access(session, "sts:AssumeRole", me))))
        .isEqualTo(PrincipalMatch.VIA_PARENT);
    for (Principal other :
        List.of(
            SESSION, ALICE, new Principal.Federated(provider + "/"), new Principal.Anonymous())) {
      assertThat(
              policies
                  .decide(
                      access(
                          other,
                          "sts:AssumeRoleWithWebIdentity",
                          me.with(
                              Context.builder().put("aws:FederatedProvider", provider).build())))
                  .allowed())
          .as(other.toString())
          .isFalse();
    }
  }

  @Test
  void across_accounts_both_sides_must_allow() {
    Policy trust =
        trust(
            "{\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"arn:aws:iam::111122223333:user/alice\"}, \"Action\": \"sts:AssumeRole\"}");
    Access access =
        new Access(
            ALICE,
            "sts:AssumeRole",
            "arn:aws:iam::999999999999:role/r",
            Optional.of("999999999999"),
            Context.EMPTY);
    Policy grant =
        identity("{\"Effect\": \"Allow\", \"Action\": \"sts:AssumeRole\", \"Resource\": \"*\"}");

    assertThat(Policies.identity(List.of()).on(trust).decide(access))
        .isEqualTo(new Decision.ImplicitlyDenied(PolicyType.IDENTITY));
    assertThat(Policies.identity(List.of(grant)).on(trust).decide(access).allowed()).isTrue();
  }

  @Test
  void a_refusal_speaks_the_words_of_aws() {
    Access access = access(SESSION, "s3:GetObject", Context.EMPTY);

    assertThat(Policies.identity(List.of()).decide(access).message(access))
        .isEqualTo(
            "User: arn:aws:sts::111122223333:assumed-role/deploy/s1 is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::bucket/key because no identity-based policy allows the s3:GetObject action");
  }

  @Test
  void adding_a_deny_never_allows_more_and_order_does_not_matter() {
    Random random = new Random(23);
    for (int i = 0; i < 20_000; i++) {
      List<Policy> some = new ArrayList<>();
      for (int n = random.nextInt(4); n >= 0; n--) {
        some.add(identity(statement(random, random.nextBoolean() ? "Allow" : "Deny")));
      }
      Access access =
          access(
              ALICE,
              pick(random, "s3:GetObject", "s3:PutObject", "iam:GetUser"),
              Context.builder().put("a:key", pick(random, "x", "y")).build());
      boolean before = Policies.identity(some).decide(access).allowed();
      List<Policy> more = new ArrayList<>(some);
      more.add(identity(statement(random, "Deny")));

      assertThat(Policies.identity(some.reversed()).decide(access).allowed()).isEqualTo(before);
      assertThat(before || !Policies.identity(more).decide(access).allowed()).isTrue();
      assertThat(before || !Policies.identity(some).narrowedBy(more).decide(access).allowed())
          .isTrue();
    }
  }

  private static String statement(Random random, String effect) {
    return "{\"Effect\": \"%s\", \"%s\": \"%s\", \"%s\": \"%s\", \"Condition\": {\"%s\": {\"a:key\": \"x\"}}}"
        .formatted(
            effect,
            pick(random, "Action", "NotAction"),
            pick(random, "*", "s3:*", "s3:Get*", "iam:GetUser"),
            pick(random, "Resource", "NotResource"),
            pick(random, "*", "arn:aws:s3:::bucket/*", "arn:aws:s3:::other/*"),
            pick(random, "StringEquals", "StringNotEquals", "StringLikeIfExists"));
  }

  private static String pick(Random random, String... among) {
    return among[random.nextInt(among.length)];
  }

  /// A pattern that is no ARN is like no ARN, and unlike none either.
  @Test
  void an_arn_condition_that_names_no_arn_opens_nothing() {
    Context context = Context.builder().put("a:arn", ALICE.userArn()).build();

    assertThat(allowed("{\"ArnNotLike\": {\"aws:PrincipalArn\": \"arn:aws:iam\"}}", context))
        .isFalse();
    assertThat(allowed("{\"ArnNotEquals\": {\"aws:PrincipalArn\": \"${a:arn}\"}}", context))
        .isFalse();
    assertThat(allowed("{\"ArnEquals\": {\"aws:PrincipalArn\": \"${a:arn}\"}}", context)).isTrue();
  }

  @Test
  void a_root_session_stays_within_its_policy() {
    Policy getUser =
        Policy.parse(
            PolicyType.SESSION,
            "task",
            """
            {"Version": "2012-10-17", "Statement":
              {"Effect": "Allow", "Action": "iam:GetUser", "Resource": "*"}}
            """);
    Policies policies = Policies.NONE.narrowedBy(List.of(getUser));
    Principal root = new Principal.Root(ACCOUNT);

    assertThat(policies.decide(access(root, "iam:GetUser", Context.EMPTY)).allowed()).isTrue();
    assertThat(policies.decide(access(root, "s3:GetObject", Context.EMPTY)).allowed()).isFalse();
  }

  @Test
  void nobody_becomes_a_user_by_claiming_the_name_of_one() {
    Policies policies =
        Policies.identity(
            List.of(
                identity(
                    """
                    {"Effect": "Allow", "Action": "*", "Resource": "*",
                     "Condition": {"StringEquals": {"aws:username": "admin"}}}
                    """)));
    Context claim = Context.builder().put("aws:username", "admin").build();

    assertThat(policies.decide(access(SESSION, "s3:GetObject", claim)).allowed()).isFalse();
  }

  @Test
  void a_set_without_policies_allows_nothing_and_breaks_nothing() {
    Policies policies =
        new Policies(
            PolicySet.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(PolicySet.of()),
            List.of(),
            List.of());

    assertThat(policies.decide(access(ALICE, "s3:GetObject", Context.EMPTY)).allowed()).isFalse();
  }

  @Test
  void letters_are_folded_one_by_one() {
    assertThat(
            allowed(
                "{\"StringEqualsIgnoreCase\": {\"a:key\": \"ΟΔΟΣ\"}}",
                Context.builder().put("a:key", "οδοσ").build()))
        .isTrue();
  }
}
