package dev.daypass.broker.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.broker.People;
import dev.daypass.broker.People.Person;
import dev.daypass.broker.TestServers;
import dev.daypass.broker.Wire;
import dev.daypass.broker.Wire.Key;
import dev.daypass.broker.Wire.Reply;
import dev.daypass.wire.ErrorCode;
import dev.daypass.wire.Service;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Silence denies: every action in the catalogue, asked for by those who may not. A new action is
/// in by being in the catalogue; one that is to be an exception must be written down here, with the
/// reason.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class DefaultDenyTest {
  /// What these bring proves who calls, so that no access key signs them; what they are refused
  /// without.
  private static final Map<String, String> PROVEN_OTHERWISE =
      Map.of(
          "CreateSession",
          "MissingAuthenticationTokenException",
          "AssumeRoleWithSAML",
          "InvalidIdentityToken",
          "AssumeRoleWithWebIdentity",
          "InvalidIdentityToken");

  /// AWS: no permission is needed and none can be taken away. The first says what any signature
  /// proves; the second is how a user proves a second factor, which no policy can demand or deny.
  /// Of the others, whoever may not know of a token is told that there is none (RFC 7662 §2.2).
  private static final Set<String> FREE =
      Set.of(
          "GetCallerIdentity",
          "GetSessionToken",
          "IntrospectOAuth2TokenWithIAM",
          "RevokeOAuth2TokenWithIAM");

  /// Denied in words of their own, that do not tell whether what is named is there: a role that
  /// does not trust looks like none, and so does a key of another account, or an account that is no
  /// member.
  private static final Set<String> TOLD_OTHERWISE =
      Set.of("AssumeRole", "AssumeRoot", "GetAccessKeyLastUsed");

  /// AWS: what a session of a user can call in STS.
  private static final Set<String> FOR_SESSIONS_OF_USERS =
      Set.of("AssumeRole", "GetCallerIdentity");

  @TestHTTPResource URI server;
  @Inject Catalogue catalogue;
  private Wire wire;
  private People people;

  @BeforeEach
  void begin() {
    wire = new Wire(server.getPort());
    people = new People(wire);
  }

  private Stream<DynamicTest> each(Consumer<Action<?, ?>> test) {
    return catalogue.all().stream()
        .sorted(Comparator.comparing(Action::name))
        .map(action -> DynamicTest.dynamicTest(action.name(), () -> test.accept(action)));
  }

  private Stream<DynamicTest> eachSigned(Consumer<Action<?, ?>> test) {
    return each(
        action -> {
          if (action.proof() instanceof Action.Proof.BySignature<?>) {
            test.accept(action);
          }
        });
  }

  private Reply call(Key key, Action<?, ?> action) {
    Samples.Sample sample = Samples.of(action);
    return wire.send(
        wire.signed(
            key,
            action.service().signingName(),
            sample.method(),
            sample.path(),
            sample.body(),
            sample.headers()));
  }

  private static HttpRequest.Builder unsigned(URI server, Action<?, ?> action) {
    Samples.Sample sample = Samples.of(action);
    HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(sample.path()));
    sample.headers().forEach(request::header);
    return request.method(sample.method(), HttpRequest.BodyPublishers.ofString(sample.body()));
  }

  /// The name of an error in the service's protocol.
  private static String named(ErrorCode code, Action<?, ?> action) {
    return action.service().protocol() != Service.Protocol.QUERY
        ? code.jsonName()
        : code.wireName();
  }

  @TestFactory
  Stream<DynamicTest> nobody() {
    return each(
        action -> {
          Reply reply = wire.send(unsigned(wire.server(), action));

          assertThat(reply.code())
              .as("%s without a signature", action.name())
              .isEqualTo(
                  !(action.proof() instanceof Action.Proof.BySignature<?>)
                      ? PROVEN_OTHERWISE.getOrDefault(action.name(), "listed in PROVEN_OTHERWISE")
                      : named(ErrorCode.MISSING_AUTHENTICATION_TOKEN, action));
        });
  }

  @TestFactory
  Stream<DynamicTest> a_user_without_policies() {
    Person person = people.user();
    return eachSigned(
        action ->
            assertDenied(
                person,
                action,
                " because no identity-based policy allows the %s action"
                    .formatted(action.policyName())));
  }

  @TestFactory
  Stream<DynamicTest> a_user_who_may_do_everything_but_this() {
    Person person = people.user();
    return eachSigned(
        action -> {
          put(
              person,
              """
              {"Effect": "Allow", "Action": "*", "Resource": "*"},
              {"Effect": "Deny", "Action": "%s", "Resource": "*"}
              """
                  .formatted(action.policyName()));

          assertDenied(person, action, " with an explicit deny in an identity-based policy");
        });
  }

  @TestFactory
  Stream<DynamicTest> a_user_who_may_do_everything_elsewhere() {
    Person person = people.user();
    put(
        person,
        """
        {"Effect": "Allow", "Action": "*", "Resource": [
          "arn:aws:iam::444455556666:*", "arn:aws:iam::%s:*/elsewhere/*"]}
        """
            .formatted(TestServers.ACCOUNT));
    return eachSigned(
        action ->
            assertDenied(
                person,
                action,
                " because no identity-based policy allows the %s action"
                    .formatted(action.policyName())));
  }

  @TestFactory
  Stream<DynamicTest> a_session_of_the_administrator_without_a_second_factor() {
    Key session = wire.sts(Key.ADMIN, "GetSessionToken").credentials();
    return eachSigned(
        action -> {
          boolean limited =
              action.service() == Service.IAM
                  || (action.service() == Service.STS
                      && !FOR_SESSIONS_OF_USERS.contains(action.name()));
          if (limited) {
            Reply reply = call(session, action);

            assertThat(reply.code())
                .as(action.name())
                .isEqualTo(
                    action.service() == Service.IAM ? "InvalidClientTokenId" : "AccessDenied");
          }
        });
  }

  private void put(Person person, String statements) {
    People.ok(
        wire.iam(
            Key.ADMIN,
            "PutUserPolicy",
            "UserName",
            person.name(),
            "PolicyName",
            "p",
            "PolicyDocument",
            People.document(statements)));
  }

  private void assertDenied(Person person, Action<?, ?> action, String why) {
    Reply reply = call(person.key(), action);

    if (FREE.contains(action.name())) {
      assertThat(reply.code()).as(action.name()).isEqualTo("OK");
      return;
    }
    assertThat(reply.code()).as(action.name()).isEqualTo(named(ErrorCode.ACCESS_DENIED, action));
    assertThat(reply.message())
        .startsWith(
            "User: %s is not authorized to perform: %s on resource: "
                .formatted(person.arn(), action.policyName()));
    if (!TOLD_OTHERWISE.contains(action.name())) {
      assertThat(reply.message()).endsWith(why);
    }
  }
}
