package dev.daypass.broker.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.broker.IssuerServer;
import dev.daypass.broker.People.Device;
import dev.daypass.broker.TestClock;
import dev.daypass.broker.Wire.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.InvalidIdentityTokenException;
import software.amazon.awssdk.services.sts.model.MalformedPolicyDocumentException;
import software.amazon.awssdk.services.sts.model.StsException;

/// Sessions, and what is traded for them.
final class SessionStories implements Stories {

  /// The session of a role that may do everything in IAM.
  static Key assumed(Aws aws) {
    String role = aws.role();
    aws.iam()
        .attachRolePolicy(r -> r.roleName(role).policyArn("arn:aws:iam::aws:policy/IAMFullAccess"));
    return Aws.key(
        aws.sts()
            .assumeRole(r -> r.roleArn(Aws.arn("role/" + role)).roleSessionName("story"))
            .credentials());
  }

  private static void assertLasts(Credentials session, Duration time) {
    Instant end = new TestClock().instant().plus(time);
    assertThat(session.expiration()).isBetween(end.minusSeconds(60), end.plusSeconds(1));
    assertThat(session.accessKeyId()).matches("ASIA[A-Z2-7]{16}");
    assertThat(session.secretAccessKey()).hasSize(40);
  }

  @Answers("AssumeRole")
  @Answers("GetCallerIdentity")
  void a_session_of_a_role_has_the_id_of_the_role_and_its_own_name(Aws aws) {
    String role = aws.role();
    String id = aws.iam().getRole(r -> r.roleName(role)).role().roleId();

    AssumeRoleResponse opened =
        aws.sts()
            .assumeRole(
                r ->
                    r.roleArn(Aws.arn("role/" + role))
                        .roleSessionName("story")
                        .sourceIdentity("somebody")
                        .durationSeconds(900));

    String arn = "arn:aws:sts::" + Aws.ACCOUNT + ":assumed-role/" + role + "/story";
    assertLasts(opened.credentials(), Duration.ofSeconds(900));
    assertThat(opened.assumedRoleUser().arn()).isEqualTo(arn);
    assertThat(opened.assumedRoleUser().assumedRoleId()).isEqualTo(id + ":story");
    assertThat(opened.sourceIdentity()).isEqualTo("somebody");
    var self = aws.sts(Aws.key(opened.credentials())).getCallerIdentity();
    assertThat(self.arn()).isEqualTo(arn);
    assertThat(self.userId()).isEqualTo(id + ":story");
    assertThat(self.account()).isEqualTo(Aws.ACCOUNT);
  }

  @Refuses("AssumeRole")
  void a_role_that_does_not_trust_and_one_that_is_not_there_look_the_same(Aws aws) {
    String other = aws.user();
    String distrustful = aws.role();
    aws.iam()
        .updateAssumeRolePolicy(
            r -> r.roleName(distrustful).policyDocument(Aws.trust(":user/" + other)));

    for (String role : new String[] {distrustful, aws.name()}) {
      Aws.assertRefused(
          StsException.class,
          "AccessDenied",
          "is not authorized to perform: sts:AssumeRole on resource: " + Aws.arn("role/" + role),
          () ->
              aws.sts()
                  .assumeRole(r -> r.roleArn(Aws.arn("role/" + role)).roleSessionName("story")));
    }
  }

  @Refuses("AssumeRole")
  void longer_than_the_role_allows_and_a_policy_that_is_none(Aws aws) {
    String role = Aws.arn("role/" + aws.role());

    Aws.assertRefused(
        StsException.class,
        "ValidationError",
        "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
        () ->
            aws.sts()
                .assumeRole(r -> r.roleArn(role).roleSessionName("story").durationSeconds(3601)));
    Aws.assertRefused(
        MalformedPolicyDocumentException.class,
        "MalformedPolicyDocument",
        "",
        () -> aws.sts().assumeRole(r -> r.roleArn(role).roleSessionName("story").policy("{}")));
  }

  @Answers("AssumeRoleWithWebIdentity")
  void a_token_of_a_trusted_issuer_is_worth_a_session(Aws aws) {
    try (IssuerServer issuers = new IssuerServer()) {
      String role = trusting(aws, issuers.issuer("other"));
      String token = IssuerServer.sign(issuers.claims("other", "somebody"));

      var opened =
          aws.sts()
              .assumeRoleWithWebIdentity(
                  r ->
                      r.roleArn(Aws.arn("role/" + role))
                          .roleSessionName("story")
                          .webIdentityToken(token));

      assertLasts(opened.credentials(), Duration.ofHours(1));
      assertThat(opened.subjectFromWebIdentityToken()).isEqualTo("somebody");
      assertThat(opened.audience()).isEqualTo("sts.amazonaws.com");
      assertThat(opened.provider()).startsWith("arn:aws:iam::").contains(":oidc-provider/");
      assertThat(opened.assumedRoleUser().arn()).endsWith("assumed-role/" + role + "/story");
    }
  }

  /// A role for whoever has a token of this issuer.
  private static String trusting(Aws aws, String issuer) {
    String host = issuer.substring("https://".length());
    try {
      aws.iam().createOpenIDConnectProvider(r -> r.url(issuer).clientIDList("sts.amazonaws.com"));
    } catch (EntityAlreadyExistsException _) {
      // Another test trusts it too.
    }
    String trust =
        """
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
          "Action": "sts:AssumeRoleWithWebIdentity", "Principal": {"Federated": "%s"},
          "Condition": {"StringEquals": {"%s:aud": "sts.amazonaws.com"}}}]}
        """
            .formatted(Aws.arn("oidc-provider/" + host), host);
    return aws.iam()
        .createRole(r -> r.roleName(aws.name()).assumeRolePolicyDocument(trust))
        .role()
        .roleName();
  }

  @Refuses("AssumeRoleWithWebIdentity")
  void a_token_that_is_none(Aws aws) {
    Aws.assertRefused(
        InvalidIdentityTokenException.class,
        "InvalidIdentityToken",
        "",
        () ->
            aws.sts()
                .assumeRoleWithWebIdentity(
                    r ->
                        r.roleArn(Aws.arn("role/" + aws.role()))
                            .roleSessionName("story")
                            .webIdentityToken("none at all")));
  }

  @Refuses("GetCallerIdentity")
  void a_session_without_its_token(Aws aws) {
    Key session = Aws.key(aws.sts().getSessionToken().credentials());
    Key without = new Key(session.id(), session.secret(), Optional.empty());

    Aws.assertRefused(
        StsException.class,
        "InvalidClientTokenId",
        "The security token included in the request is invalid.",
        () -> aws.sts(without).getCallerIdentity());
  }

  @Answers("GetSessionToken")
  void a_session_of_a_user_is_the_user_and_with_a_code_may_use_iam(Aws aws) {
    String user = aws.user();
    aws.allow(user, "iam:GetUser", "*");
    Key key = aws.key(user);
    Device device = DeviceStories.enabled(aws, user);

    Credentials plain = aws.sts(key).getSessionToken().credentials();
    Credentials proven =
        aws.sts(key)
            .getSessionToken(
                r ->
                    r.serialNumber(device.serialNumber())
                        .tokenCode(device.codeAt(1))
                        .durationSeconds(129600))
            .credentials();

    assertLasts(plain, Duration.ofHours(12));
    assertLasts(proven, Duration.ofHours(36));
    assertThat(aws.sts(Aws.key(plain)).getCallerIdentity().arn())
        .isEqualTo(Aws.arn("user/" + user));
    assertThat(aws.iam(Aws.key(proven)).getUser().user().userName()).isEqualTo(user);
  }

  @Refuses("GetSessionToken")
  void a_session_and_a_code_that_is_wrong(Aws aws) {
    String user = aws.user();
    Key key = aws.key(user);
    Device device = DeviceStories.enabled(aws, user);
    Key session = Aws.key(aws.sts(key).getSessionToken().credentials());

    Aws.assertRefused(
        StsException.class,
        "AccessDenied",
        "Cannot call GetSessionToken with session credentials",
        () -> aws.sts(session).getSessionToken());
    Aws.assertRefused(
        StsException.class,
        "AccessDenied",
        "MultiFactorAuthentication failed",
        () ->
            aws.sts(key)
                .getSessionToken(
                    r -> r.serialNumber(device.serialNumber()).tokenCode(device.codeAt(-9))));
  }
}
