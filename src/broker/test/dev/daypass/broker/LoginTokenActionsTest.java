package dev.daypass.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.broker.Browser.Page;
import dev.daypass.broker.LoginTool.Answer;
import dev.daypass.broker.People.Person;
import dev.daypass.broker.Wire.Key;
import dev.daypass.broker.Wire.Reply;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.redis.client.RedisAPI;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.signin.SigninClient;
import software.amazon.awssdk.services.signin.model.IntrospectOAuth2TokenWithIamResponse;
import software.amazon.awssdk.services.signin.model.ValidationException;

/// What the tokens of `aws login` are, and their end, asked with a signature.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class LoginTokenActionsTest {
  private static final String INACTIVE = "{\"active\":false}";

  @TestHTTPResource URI server;
  @Inject Pool database;
  @Inject RedisAPI redis;
  private Wire wire;
  private People people;
  private Browser browser;
  private Person alice;
  private LoginTool tool;

  @BeforeEach
  void begin() throws Exception {
    Keyholders.forgetAttempts(redis);
    wire = new Wire(server.getPort());
    people = new People(wire);
    browser = new Browser(server.getPort());
    tool = new LoginTool(server.getPort());
    alice = people.user();
    people.allow(
        alice, "{\"Effect\": \"Allow\", \"Action\": \"sts:AssumeRole\", \"Resource\": \"*\"}");
    People.ok(
        wire.iam(
            Key.ADMIN,
            "CreateLoginProfile",
            "UserName",
            alice.name(),
            "Password",
            PagesTest.PASSWORD));
    // Others have been refused from this address.
    TestClock.forward(Duration.ofMinutes(1));
  }

  private Answer loggedIn(String choice) throws Exception {
    Page sent = browser.get(tool.authorize());
    if (sent.status() == 303) {
      browser.typed(sent.location(), alice.name(), PagesTest.PASSWORD);
      sent = browser.get(tool.authorize());
    }
    Page back = browser.submit(sent, "/v1/authorize", "choice", choice, "answer", "allow");
    Answer answer = tool.byCode(LoginTool.code(back));
    assertThat(answer.status()).as(answer.body().encode()).isEqualTo(200);
    return answer;
  }

  private Reply introspect(Key key, String token) {
    return call(key, "/v1/introspect", token);
  }

  private Reply revoke(Key key, String token) {
    return call(key, "/v1/revoke", token);
  }

  private Reply call(Key key, String path, String token) {
    return wire.send(
        wire.signed(
            key,
            "signin",
            "POST",
            path + "?x-amz-client-auth-method=iam",
            new JsonObject().put("token", token).encode(),
            Map.of("Content-Type", "application/json")));
  }

  private static String sessionToken(Answer login) {
    return login.key().token().orElseThrow();
  }

  @Test
  void the_sdk_looks_at_both_tokens_of_a_login_and_ends_it() throws Exception {
    String role = people.role(People.trusting(alice));
    Answer login = loggedIn(role);
    try (SigninClient signin = Sdk.client(SigninClient.builder(), server, alice.key())) {

      IntrospectOAuth2TokenWithIamResponse refresh =
          signin.introspectOAuth2TokenWithIAM(
              r -> r.token(login.refreshToken()).tokenTypeHint("access_token"));
      IntrospectOAuth2TokenWithIamResponse access =
          signin.introspectOAuth2TokenWithIAM(r -> r.token(sessionToken(login)));

      assertThat(refresh.active()).isTrue();
      assertThat(refresh.tokenType()).isEqualTo("refresh_token");
      assertThat(refresh.clientId()).isEqualTo(LoginTool.SAME);
      assertThat(refresh.sub()).isEqualTo(alice.arn());
      assertThat(refresh.resource()).isEqualTo(role);
      assertThat(refresh.exp() - refresh.iat()).isBetween(28_000L, 28_800L);
      assertThat(access.active()).isTrue();
      assertThat(access.tokenType()).isEqualTo("access_token");
      assertThat(access.sub()).contains(":assumed-role/").endsWith("/" + alice.name());
      assertThat(access.userId()).startsWith("AROA").endsWith(":" + alice.name());
      assertThat(access.jti()).isEqualTo(login.key().id());
      assertThat(access.accountId()).isEqualTo(People.ACCOUNT);
      assertThat(access.exp() - access.iat()).isEqualTo(900);
      assertThat(access.signinSession())
          .startsWith("arn:aws:signin:")
          .isEqualTo(refresh.signinSession());

      signin.revokeOAuth2TokenWithIAM(r -> r.token(login.refreshToken()));
      signin.revokeOAuth2TokenWithIAM(r -> r.token(login.refreshToken()));

      assertThat(signin.introspectOAuth2TokenWithIAM(r -> r.token(login.refreshToken())).active())
          .isFalse();
      assertThatThrownBy(() -> signin.revokeOAuth2TokenWithIAM(r -> r.token("")))
          .isInstanceOf(ValidationException.class);
    }
    assertThat(tool.refresh(login.refreshToken()).error()).isEqualTo("USER_CREDENTIALS_CHANGED");
    assertThat(wire.sts(login.key(), "GetCallerIdentity").code()).isEqualTo("InvalidClientTokenId");
  }

  @Test
  void one_login_ends_and_the_sign_in_goes_on_with_the_others() throws Exception {
    Answer ended = loggedIn("self");
    tool = new LoginTool(server.getPort());
    Answer other = loggedIn("self");

    assertThat(revoke(alice.key(), ended.refreshToken()).body()).isEqualTo("{}");

    assertThat(introspect(alice.key(), ended.refreshToken()).body()).isEqualTo(INACTIVE);
    assertThat(introspect(alice.key(), sessionToken(ended)).body()).isEqualTo(INACTIVE);
    assertThat(wire.sts(other.key(), "GetCallerIdentity").code()).isEqualTo("OK");
    assertThat(tool.refresh(other.refreshToken()).status()).isEqualTo(200);
    assertThat(browser.get("/home").status()).isEqualTo(200);
  }

  @Test
  void what_came_of_a_login_ends_with_it() throws Exception {
    String role = people.role(People.trusting(alice));
    Answer login = loggedIn("self");
    Key further =
        People.ok(
                wire.sts(login.key(), "AssumeRole", "RoleArn", role, "RoleSessionName", "further"))
            .credentials();
    assertThat(wire.sts(further, "GetCallerIdentity").code()).isEqualTo("OK");

    People.ok(revoke(login.key(), login.refreshToken()));

    assertThat(wire.sts(further, "GetCallerIdentity").code()).isEqualTo("InvalidClientTokenId");
  }

  @Test
  void the_credentials_of_a_login_end_it_and_what_they_were_traded_for_does_not() throws Exception {
    String inAccount =
        "{\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"arn:aws:iam::%s:root\"}, \"Action\": \"sts:AssumeRole\"}"
            .formatted(People.ACCOUNT);
    String role = people.role(inAccount);
    String other = people.role(inAccount);
    People.ok(
        wire.iam(
            Key.ADMIN,
            "PutRolePolicy",
            "RoleName",
            role.substring(role.indexOf('/') + 1),
            "PolicyName",
            "p",
            "PolicyDocument",
            People.document(
                "{\"Effect\": \"Allow\", \"Action\": \"sts:AssumeRole\", \"Resource\": \"*\"}")));
    Answer login = loggedIn(role);
    Key further =
        People.ok(
                wire.sts(login.key(), "AssumeRole", "RoleArn", other, "RoleSessionName", "further"))
            .credentials();

    People.ok(revoke(further, login.refreshToken()));
    assertThat(introspect(further, login.refreshToken()).body()).isEqualTo(INACTIVE);
    assertThat(introspect(login.key(), login.refreshToken()).body()).contains("\"active\":true");
    assertThat(introspect(login.key(), sessionToken(login)).body()).contains("\"active\":true");

    People.ok(revoke(login.key(), login.refreshToken()));

    assertThat(introspect(alice.key(), login.refreshToken()).body()).isEqualTo(INACTIVE);
  }

  @Test
  void of_others_tokens_nothing_is_told_and_none_is_ended_unless_policies_allow_it()
      throws Exception {
    Answer login = loggedIn("self");
    Person bob = people.user();

    assertThat(introspect(bob.key(), login.refreshToken()).body()).isEqualTo(INACTIVE);
    assertThat(introspect(bob.key(), sessionToken(login)).body()).isEqualTo(INACTIVE);
    assertThat(revoke(bob.key(), login.refreshToken()).body()).isEqualTo("{}");
    assertThat(introspect(alice.key(), login.refreshToken()).body()).contains("\"active\":true");

    people.allow(
        bob,
        "{\"Effect\": \"Allow\", \"Action\": \"signin:IntrospectOAuth2TokenWithIAM\", \"Resource\": \"*\"}");
    assertThat(introspect(bob.key(), login.refreshToken()).body()).contains(alice.arn());
    assertThat(introspect(bob.key(), sessionToken(login)).body()).contains(alice.arn());
    People.ok(revoke(bob.key(), login.refreshToken()));
    assertThat(introspect(alice.key(), login.refreshToken()).body()).contains("\"active\":true");

    people.allow(
        bob,
        "{\"Effect\": \"Allow\", \"Action\": \"signin:RevokeOAuth2TokenWithIAM\", \"Resource\": \"*\"}");
    People.ok(revoke(bob.key(), login.refreshToken()));
    assertThat(introspect(alice.key(), login.refreshToken()).body()).isEqualTo(INACTIVE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "x.y", "a.b.c", "eyJhbGciOiJub25lIn0.e30.", "AKIAIOSFODNN7EXAMPLE"})
  void what_is_no_token_is_inactive_and_revoked_already(String token) {
    assertThat(introspect(Key.ADMIN, token).body()).isEqualTo(INACTIVE);
    assertThat(revoke(Key.ADMIN, token).body()).isEqualTo("{}");
  }

  @Test
  void a_token_that_was_used_up_is_inactive_and_still_ends_its_login_and_an_older_one_does_not()
      throws Exception {
    Answer first = loggedIn("self");
    Answer second = tool.refresh(first.refreshToken());
    Answer third = tool.refresh(second.refreshToken());

    assertThat(introspect(alice.key(), second.refreshToken()).body()).isEqualTo(INACTIVE);
    People.ok(revoke(alice.key(), first.refreshToken()));
    assertThat(introspect(alice.key(), third.refreshToken()).body()).contains("\"active\":true");
    People.ok(revoke(alice.key(), second.refreshToken()));
    assertThat(introspect(alice.key(), third.refreshToken()).body()).isEqualTo(INACTIVE);
    assertThat(wire.sts(third.key(), "GetCallerIdentity").code()).isEqualTo("InvalidClientTokenId");
  }

  @Test
  void a_guessed_secret_ends_no_login() throws Exception {
    Answer login = loggedIn("self");
    String id = login.refreshToken().split("\\.")[0];

    People.ok(revoke(alice.key(), id + ".guessed"));

    assertThat(tool.refresh(login.refreshToken()).status()).isEqualTo(200);
  }

  @Test
  void a_renewal_that_races_with_the_end_is_worth_nothing_afterwards() throws Exception {
    Answer login = loggedIn("self");
    String token = login.refreshToken();
    AtomicReference<Answer> renewed = new AtomicReference<>();

    List<String> codes =
        Race.atOnce(
            10,
            number -> {
              if (number > 0) {
                return revoke(alice.key(), token);
              }
              renewed.set(renew(token));
              return revoke(alice.key(), token);
            });

    assertThat(codes).containsOnly("OK");
    Answer answer = renewed.get();
    if (answer.status() == 200) {
      assertThat(tool.refresh(answer.refreshToken()).status()).isEqualTo(403);
      assertThat(wire.sts(answer.key(), "GetCallerIdentity").code())
          .isEqualTo("InvalidClientTokenId");
    }
    assertThat(tool.refresh(token).status()).isIn(403, 429);
  }

  private Answer renew(String token) {
    try {
      return tool.refresh(token);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void the_trail_has_the_questions_and_no_token() throws Exception {
    Answer login = loggedIn("self");

    introspect(alice.key(), sessionToken(login));
    revoke(alice.key(), login.refreshToken());

    var rows =
        database
            .query(
                "select event_name, record::text as record from audit_event where user_name = '%s'"
                    .formatted(alice.name()))
            .execute()
            .await()
            .indefinitely();
    assertThat(rows)
        .extracting(row -> row.getString("event_name"))
        .contains("IntrospectOAuth2TokenWithIAM", "RevokeOAuth2TokenWithIAM");
    assertThat(rows)
        .allSatisfy(
            row ->
                assertThat(row.getString("record"))
                    .doesNotContain(login.refreshToken(), sessionToken(login)));
  }
}
