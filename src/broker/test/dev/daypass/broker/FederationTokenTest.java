package dev.daypass.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.daypass.broker.People.Person;
import dev.daypass.broker.Wire.Key;
import dev.daypass.broker.Wire.Reply;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.PackedPolicyTooLargeException;
import software.amazon.awssdk.services.sts.model.StsException;
import software.amazon.awssdk.services.sts.model.Tag;

/// Sessions for those whom a user vouches for.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class FederationTokenTest {
  private static final String NAME = "Bob@example.com";
  private static final String GRANT =
      """
      {"Effect": "Allow", "Action": ["sts:GetFederationToken", "sts:TagSession", "s3:*"], "Resource": "*"}
      """;
  private static final String READ =
      People.document("{\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": \"*\"}");

  @TestHTTPResource URI server;
  private Wire wire;
  private People people;
  private Person alice;
  private StsClient sts;

  @BeforeEach
  void begin() {
    wire = new Wire(server.getPort());
    people = new People(wire);
    alice = people.user();
    people.allow(alice, GRANT);
    sts = Sdk.sts(server, alice.key());
  }

  private static Key key(Credentials credentials) {
    return new Key(
        credentials.accessKeyId(),
        credentials.secretAccessKey(),
        Optional.of(credentials.sessionToken()));
  }

  private Key federated() {
    return key(sts.getFederationToken(r -> r.name(NAME).policy(READ)).credentials());
  }

  @Test
  void a_user_vouches_for_somebody_who_is_told_apart_from_the_user() {
    var given = sts.getFederationToken(r -> r.name(NAME).policy(READ).durationSeconds(900));

    String arn = "arn:aws:sts::" + TestServers.ACCOUNT + ":federated-user/" + NAME;
    Reply identity = wire.sts(key(given.credentials()), "GetCallerIdentity");
    assertThat(given.federatedUser().arn()).isEqualTo(arn);
    assertThat(given.federatedUser().federatedUserId()).isEqualTo(TestServers.ACCOUNT + ":" + NAME);
    assertThat(given.sessionTokenSize()).isEqualTo(given.credentials().sessionToken().length());
    assertThat(given.packedPolicySize()).isEqualTo(given.sessionTokenUtilization());
    assertThat(identity.text("Arn")).isEqualTo(arn);
    assertThat(identity.text("UserId")).isEqualTo(TestServers.ACCOUNT + ":" + NAME);
  }

  @Test
  void it_lasts_twelve_hours_unless_it_is_said_otherwise() {
    Instant now = new TestClock().instant();

    assertThat(sts.getFederationToken(r -> r.name(NAME)).credentials().expiration())
        .isBetween(now.plus(Duration.ofHours(12)).minusSeconds(60), now.plus(Duration.ofHours(13)));
    assertThat(code(() -> sts.getFederationToken(r -> r.name(NAME).durationSeconds(129_601))))
        .isEqualTo("ValidationError");
    assertThat(code(() -> sts.getFederationToken(r -> r.name("x")))).isEqualTo("ValidationError");
    assertThat(code(() -> sts.getFederationToken(r -> r.name("a b")))).isEqualTo("ValidationError");
  }

  @Test
  void it_takes_permission_on_the_federated_user_and_another_to_tag() {
    Person carol = people.user();
    people.allow(
        carol,
        """
        {"Effect": "Allow", "Action": "sts:GetFederationToken",
         "Resource": "arn:aws:sts::*:federated-user/allowed"}
        """);
    StsClient carols = Sdk.sts(server, carol.key());

    assertThat(carols.getFederationToken(r -> r.name("allowed")).federatedUser()).isNotNull();
    assertThat(code(() -> carols.getFederationToken(r -> r.name("other"))))
        .isEqualTo("AccessDenied");
    assertThat(
            code(
                () ->
                    carols.getFederationToken(
                        r -> r.name("allowed").tags(t -> t.key("team").value("red")))))
        .isEqualTo("AccessDenied");
    assertThat(
            sts.getFederationToken(r -> r.name(NAME).tags(t -> t.key("team").value("red")))
                .packedPolicySize())
        .isPositive();
  }

  @Test
  void iam_and_most_of_sts_are_closed_to_it_whatever_its_policies_say() {
    String everything =
        People.document("{\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}");
    people.allow(alice, "{\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}");
    Key key = key(sts.getFederationToken(r -> r.name(NAME).policy(everything)).credentials());
    String role = people.role(People.trusting(alice));

    assertThat(wire.iam(key, "ListUsers").code()).isEqualTo("InvalidClientTokenId");
    assertThat(wire.sts(key, "GetSessionToken").code()).isEqualTo("AccessDenied");
    assertThat(wire.sts(key, "GetFederationToken", "Name", "again").code())
        .isEqualTo("AccessDenied");
    assertThat(wire.sts(key, "AssumeRole", "RoleArn", role, "RoleSessionName", "up").code())
        .isEqualTo("AccessDenied");
  }

  @Test
  void a_session_cannot_vouch_for_anybody() {
    Key session = wire.sts(alice.key(), "GetSessionToken").credentials();

    assertThat(wire.sts(session, "GetFederationToken", "Name", NAME).code())
        .isEqualTo("AccessDenied");
  }

  @Test
  void it_ends_with_the_user_who_asked_for_it() {
    Person carol = people.user();
    people.allow(carol, GRANT);
    Key key = key(Sdk.sts(server, carol.key()).getFederationToken(r -> r.name(NAME)).credentials());
    assertThat(wire.sts(key, "GetCallerIdentity").status()).isEqualTo(200);

    var policies = wire.iam(Key.ADMIN, "ListUserPolicies", "UserName", carol.name());
    wire.iam(
        Key.ADMIN,
        "DeleteUserPolicy",
        "UserName",
        carol.name(),
        "PolicyName",
        policies.text("member"));
    wire.iam(
        Key.ADMIN, "DeleteAccessKey", "UserName", carol.name(), "AccessKeyId", carol.key().id());
    assertThat(wire.iam(Key.ADMIN, "DeleteUser", "UserName", carol.name()).status()).isEqualTo(200);

    assertThat(wire.sts(key, "GetCallerIdentity").code()).isEqualTo("InvalidClientTokenId");
  }

  @Test
  void another_users_token_does_not_fit_its_key() {
    Key one = federated();
    Key other = federated();

    Key mixed = new Key(one.id(), one.secret(), other.token());

    assertThat(wire.sts(mixed, "GetCallerIdentity").code()).isEqualTo("InvalidClientTokenId");
  }

  @Test
  void policies_that_cannot_be_evaluated_or_kept_are_refused() {
    assertThat(code(() -> sts.getFederationToken(r -> r.name(NAME).policy("{}"))))
        .isEqualTo("MalformedPolicyDocument");
    assertThat(
            code(
                () ->
                    sts.getFederationToken(
                        r ->
                            r.name(NAME)
                                .policyArns(
                                    p -> p.arn("arn:aws:iam::999999999999:policy/elsewhere")))))
        .isEqualTo("ValidationError");
    assertThatThrownBy(
            () ->
                sts.getFederationToken(
                    r ->
                        r.name(NAME)
                            .tags(
                                IntStream.range(0, 50)
                                    .mapToObj(
                                        n ->
                                            Tag.builder()
                                                .key("key-" + n)
                                                .value(UUID.randomUUID() + "-" + UUID.randomUUID())
                                                .build())
                                    .toList())))
        .isInstanceOf(PackedPolicyTooLargeException.class);
  }

  private static String code(ThrowingCallable call) {
    StsException refusal = catchThrowableOfType(StsException.class, call);
    return refusal.awsErrorDetails().errorCode();
  }
}
