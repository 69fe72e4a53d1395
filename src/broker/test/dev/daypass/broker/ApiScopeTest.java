package dev.daypass.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.daypass.broker.Browser.Page;
import dev.daypass.broker.People.Device;
import dev.daypass.broker.People.Person;
import dev.daypass.broker.sealing.Sealer;
import dev.daypass.broker.tickets.Tickets.Kind;
import dev.daypass.wire.Secret;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.redis.client.RedisAPI;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `daypass login`: a tool that a person lets do everything that they can do, and what that is not.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class ApiScopeTest {
  private static final String EVERYTHING = "everything that you can do here";
  private static final String ROLES = "every role that you can assume";

  @TestHTTPResource URI server;
  @Inject Pool database;
  @Inject RedisAPI redis;
  @Inject Sealer sealer;
  private Wire wire;
  private People people;
  private Browser browser;
  private Person alice;

  @BeforeEach
  void begin() {
    Keyholders.forgetAttempts(redis);
    wire = new Wire(server.getPort());
    people = new People(wire);
    browser = new Browser(server.getPort());
    alice = new Keyholders(wire).withPassword();
    // Others have been refused from this address.
    TestClock.forward(Duration.ofMinutes(1));
  }

  private Page signedIn(String path) {
    if (browser.cookie.isEmpty()) {
      assertThat(browser.typed("/sign-in", alice.name(), Keyholders.PASSWORD).location())
          .isEqualTo("/home");
    }
    return browser.get(path);
  }

  private String code(SsoTool tool) throws Exception {
    return LoginTool.code(browser.submit(signedIn(tool.link()), "/authorize", "answer", "allow"));
  }

  private static String accessToken(ValidatableResponse answer) {
    return answer.statusCode(200).extract().path("accessToken");
  }

  private String allowed(SsoTool tool) throws Exception {
    return accessToken(tool.byCode(code(tool)));
  }

  private static String path(ValidatableResponse device) {
    return device.extract().<String>path("verificationUriComplete").replace(Browser.ORIGIN, "");
  }

  private static String deviceCode(ValidatableResponse device) {
    return device.extract().path("deviceCode");
  }

  private static JWTClaimsSet claims(String token) throws Exception {
    return SignedJWT.parse(token).getJWTClaimsSet();
  }

  private static void ended(String token) {
    Keyholders.get(token, "identity").statusCode(403).body("error.code", equalTo("ExpiredToken"));
  }

  @Test
  void a_tool_that_a_person_lets_in_can_do_what_they_can() throws Exception {
    SsoTool tool = SsoTool.of(SsoTool.API);
    Page asked = signedIn(tool.link());
    assertThat(asked.body()).contains("a tool", EVERYTHING).doesNotContain(ROLES);

    Page back = browser.submit(asked, "/authorize", "answer", "allow");
    ValidatableResponse answer = tool.byCode(LoginTool.code(back));
    String token = accessToken(answer);

    answer.body("refreshToken", nullValue()).body("tokenType", equalTo("Bearer"));
    assertThat(answer.extract().<Integer>path("expiresIn")).isBetween(8 * 3600 - 60, 8 * 3600);
    Keyholders.get(token, "identity").statusCode(200).body("arn", equalTo(alice.arn()));
    Keyholders.get(token, "roles").statusCode(200);
    assertThat(Trail.ofUser(database, alice.name(), "AuthorizeClient")).contains(SsoTool.API);
    assertThat(Trail.ofUser(database, alice.name(), "CreateToken"))
        .contains(SsoTool.API)
        .doesNotContain(token);
  }

  @Test
  void it_is_the_same_sign_in_and_no_more_than_it() throws Exception {
    Device device = people.device(alice);
    browser.submit(
        browser.typed("/sign-in", alice.name(), Keyholders.PASSWORD),
        "/sign-in/code",
        "code",
        device.freshCode());
    TestClock.forward(Duration.ofMinutes(20));

    JWTClaimsSet tools = claims(allowed(SsoTool.of(SsoTool.API)));
    JWTClaimsSet own = claims(browser.cookie.orElseThrow());

    for (String claim : List.of("sub", "sign_in", "acct", "iat", "exp", "mfa_at")) {
      assertThat(tools.getClaim(claim)).as(claim).isNotNull().isEqualTo(own.getClaim(claim));
    }
  }

  @Test
  void a_sign_in_without_a_second_factor_lends_none() throws Exception {
    String token = allowed(SsoTool.of(SsoTool.API));

    assertThat(claims(token).getClaim("mfa_at")).isNull();
    Keyholders.get(token, "identity").body("mfa", equalTo(false));
  }

  @Test
  void it_ends_with_the_sign_in_by_itself() throws Exception {
    String token = allowed(SsoTool.of(SsoTool.API));
    Instant end = claims(browser.cookie.orElseThrow()).getExpirationTime().toInstant();
    assertThat(claims(token).getExpirationTime().toInstant()).isEqualTo(end);

    TestClock.forward(Duration.ofHours(8));

    ended(token);
  }

  @Test
  void the_end_of_the_sign_in_ends_it_and_it_can_end_the_sign_in() throws Exception {
    String token = allowed(SsoTool.of(SsoTool.API));
    String other = allowed(SsoTool.of(SsoTool.API));

    RestAssured.given().auth().oauth2(token).delete("/api/sign-in").then().statusCode(204);

    ended(token);
    ended(other);
    assertThat(browser.get("/home").location()).isEqualTo("/sign-in");
  }

  @Test
  void a_changed_password_ends_it() throws Exception {
    String token = allowed(SsoTool.of(SsoTool.API));

    people.changePassword(alice, "Another-long-enough-1!");

    ended(token);
  }

  @Test
  void each_kind_of_token_opens_what_it_is_for() throws Exception {
    String api = allowed(SsoTool.of(SsoTool.API));
    String portal = allowed(SsoTool.of(SsoTool.ROLES));

    assertThat(SsoTool.portal(portal)).isEqualTo(200);
    assertThat(SsoTool.portal(api)).isEqualTo(401);
    Keyholders.get(api, "identity").statusCode(200);
    Keyholders.get(portal, "identity").statusCode(401);
    browser.cookie = Optional.of(api);
    assertThat(browser.get("/home").location()).as("pages are people's").isEqualTo("/sign-in");
  }

  @Test
  void a_token_of_another_kind_cannot_be_made_one_of_these() throws Exception {
    String[] api = allowed(SsoTool.of(SsoTool.API)).split("\\.");
    String[] portal = allowed(SsoTool.of(SsoTool.ROLES)).split("\\.");

    Keyholders.get(api[0] + "." + portal[1] + "." + portal[2], "identity").statusCode(401);
    Keyholders.get(api[0] + "." + api[1] + "." + portal[2], "identity").statusCode(401);
  }

  @Test
  void scopes_are_not_mixed_and_not_made_up() {
    for (List<String> scopes :
        List.of(
            List.of(SsoTool.API, SsoTool.ROLES),
            List.of(SsoTool.ROLES, SsoTool.API),
            List.of(SsoTool.API, SsoTool.API),
            List.of("daypass:API"),
            List.of("daypass:api "),
            List.of("daypass:api sso:account:access"),
            List.of("*"))) {
      SsoTool.register(scopes, SsoTool.DEVICE)
          .statusCode(400)
          .body("error", equalTo("invalid_scope"));
    }
    SsoTool.register(List.of(SsoTool.API), SsoTool.DEVICE, "refresh_token")
        .statusCode(400)
        .body("error", equalTo("unsupported_grant_type"));
  }

  @Test
  void a_tool_that_registered_for_roles_gets_no_more_by_asking() throws Exception {
    SsoTool tool = SsoTool.of(SsoTool.ROLES);

    assertThat(signedIn(tool.link(SsoTool.API)).status()).isEqualTo(400);
    assertThat(signedIn(SsoTool.of(SsoTool.API).link(SsoTool.ROLES)).status()).isEqualTo(400);
    String code = code(tool);
    tool.token(
            Map.of("grantType", "authorization_code", "code", code, "scope", List.of(SsoTool.API)))
        .statusCode(400)
        .body("error", equalTo("invalid_scope"));
    assertThat(signedIn(tool.link()).body()).contains(ROLES).doesNotContain(EVERYTHING);
  }

  @Test
  void a_code_is_the_tools_that_asked_and_good_once() throws Exception {
    SsoTool roles = SsoTool.of(SsoTool.ROLES);
    SsoTool everything = SsoTool.of(SsoTool.API);

    everything.byCode(code(roles)).statusCode(400).body("error", equalTo("invalid_grant"));
    String code = code(everything);
    accessToken(everything.byCode(code));
    everything.byCode(code).statusCode(400).body("error", equalTo("invalid_grant"));
  }

  @Test
  void a_device_is_never_let_in_without_an_answer_that_was_given_to_it() throws Exception {
    SsoTool tool = SsoTool.of(SsoTool.API);
    ValidatableResponse device = tool.begin();

    Page asked = signedIn(path(device));

    assertThat(asked.body()).contains(EVERYTHING).doesNotContain(ROLES);
    tool.byDeviceCode(deviceCode(device))
        .statusCode(400)
        .body("error", equalTo("authorization_pending"));
    SsoTool.of(SsoTool.ROLES)
        .byDeviceCode(deviceCode(device))
        .statusCode(400)
        .body("error", equalTo("invalid_grant"));

    browser.submit(asked, "/device", "answer", "allow");
    Keyholders.forgetAttempts(redis);
    redis.delAndAwait(List.of(Kind.DEVICE_POLL.key(deviceCode(device))));
    String token = accessToken(tool.byDeviceCode(deviceCode(device)));

    Keyholders.get(token, "identity").statusCode(200).body("arn", equalTo(alice.arn()));
    assertThat(SsoTool.portal(token)).isEqualTo(401);
  }

  /// A node of an earlier version asks about roles, and knows of nothing else.
  @Test
  void who_was_asked_about_roles_has_not_allowed_everything() {
    SsoTool tool = SsoTool.of(SsoTool.API);
    ValidatableResponse device = tool.begin();
    Page asked = signedIn(path(device));
    browser.submit(asked, "/device", "answer", "allow");
    String key = answerKey(device);
    String owner = "ticket/" + key;
    byte[] sealed = Base64.getUrlDecoder().decode(redis.getAndAwait(key).toString());
    String answer = sealer.open(sealed, owner).revealText();
    assertThat(answer).contains("\"everything\":true");

    Secret less = Secret.of(answer.replace(",\"everything\":true", ""));
    redis.setAndAwait(
        List.of(key, Base64.getUrlEncoder().encodeToString(sealer.seal(less, owner))));

    tool.byDeviceCode(deviceCode(device)).statusCode(400).body("error", equalTo("access_denied"));
  }

  private static String answerKey(ValidatableResponse device) {
    return Kind.DEVICE_ANSWER.key(deviceCode(device));
  }

  @Test
  void what_is_under_way_is_not_to_be_read_in_redis() {
    ValidatableResponse device = SsoTool.of(SsoTool.API).begin();

    assertThat(redis.keysAndAwait("*"))
        .isNotEmpty()
        .noneMatch(key -> key.toString().contains(deviceCode(device)));
  }

  @Test
  void an_answer_that_somebody_else_put_into_redis_counts_for_nothing() {
    SsoTool tool = SsoTool.of(SsoTool.API);
    ValidatableResponse device = tool.begin();
    browser.submit(signedIn(path(device)), "/device", "answer", "allow");
    String sealed = redis.getAndAwait(answerKey(device)).toString();
    assertThat(sealed).doesNotContain("everything", "{");

    for (String forged : List.of("{\"everything\":true}", sealed, sealed.substring(1), "", "%%%")) {
      ValidatableResponse other = tool.begin();
      redis.setAndAwait(List.of(answerKey(other), forged));
      tool.byDeviceCode(deviceCode(other))
          .statusCode(400)
          .body("error", equalTo("authorization_pending"));
    }
  }

  @Test
  void a_device_that_was_refused_has_nothing() {
    SsoTool tool = SsoTool.of(SsoTool.API);
    ValidatableResponse device = tool.begin();

    browser.submit(signedIn(path(device)), "/device", "answer", "deny");

    tool.byDeviceCode(deviceCode(device)).statusCode(400).body("error", equalTo("access_denied"));
  }
}
