package dev.daypass.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.daypass.broker.Browser.Page;
import dev.daypass.broker.People.Device;
import dev.daypass.broker.People.Person;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.redis.client.RedisAPI;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A role that wants a fresher second factor than there is asks for it, and only then.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class StepUpTest {
  private static final String LOCKED = "needs your second factor first";

  @TestHTTPResource URI server;
  @Inject RedisAPI redis;
  @Inject Pool database;
  private Wire wire;
  private People people;
  private Browser browser;
  private Person alice;
  private String role;

  @BeforeEach
  void begin() {
    Keyholders.forgetAttempts(redis);
    wire = new Wire(server.getPort());
    people = new People(wire);
    browser = new Browser(server.getPort());
    alice = new Keyholders(wire).person();
    people.allow(
        alice, "{\"Effect\": \"Allow\", \"Action\": \"sts:AssumeRole\", \"Resource\": \"*\"}");
    role =
        people.role(
            """
        {"Effect": "Allow", "Principal": {"AWS": "%s"}, "Action": "sts:AssumeRole",
         "Condition": {"NumericLessThan": {"aws:MultiFactorAuthAge": "900"}}}
        """
                .formatted(alice.arn()));
  }

  private Page typed() {
    return browser.typed("/sign-in", alice.name(), Keyholders.PASSWORD);
  }

  /// Signed in with a code, a while ago.
  private Device awhileAgo() {
    Device device = people.device(alice);
    Page done = browser.submit(typed(), "/sign-in/code", "code", device.freshCode());
    assertThat(done.location()).as(done.body()).isEqualTo("/home");
    assertThat(browser.get("/home").body()).doesNotContain(LOCKED);
    TestClock.forward(Duration.ofMinutes(16));
    return device;
  }

  private JWTClaimsSet claims() throws ParseException {
    return SignedJWT.parse(browser.cookie.orElseThrow()).getJWTClaimsSet();
  }

  @Test
  void a_code_opens_the_role_within_the_same_sign_in() throws Exception {
    Device device = awhileAgo();
    Page locked = browser.get("/home");
    JWTClaimsSet before = claims();

    Page asked = browser.get("/step-up?next=%2Fhome");
    Page done = browser.submit(asked, "/sign-in/code", "code", device.freshCode());

    assertThat(locked.body()).contains(LOCKED, "href=\"/step-up?next=%2Fhome\"");
    assertThat(done.location()).as(done.body()).isEqualTo("/home");
    assertThat(browser.get("/home").body()).doesNotContain(LOCKED);
    assertThat(claims().getClaim("sign_in")).isEqualTo(before.getClaim("sign_in"));
    assertThat(claims().getIssueTime()).isEqualTo(before.getIssueTime());
    assertThat(claims().getExpirationTime()).isEqualTo(before.getExpirationTime());
    assertThat(claims().getStringListClaim("amr")).containsExactly("otp", "mfa");
    assertThat(Trail.ofUser(database, alice.name(), "CheckMfa"))
        .contains("\"CheckMfa\": \"Success\"", device.serialNumber());
  }

  private ValidatableResponse assumed(String... more) {
    Map<String, String> body = new HashMap<>(Map.of("roleArn", role));
    for (int i = 0; i < more.length; i += 2) {
      body.put(more[i], more[i + 1]);
    }
    return Keyholders.post(browser.cookie.orElseThrow(), "sessions", body);
  }

  @Test
  void a_code_shown_with_the_wish_opens_the_role_and_nothing_more() {
    Device device = awhileAgo();
    assumed().statusCode(403).body("error.code", equalTo("AccessDenied"));

    assumed("tokenCode", device.freshCode()).statusCode(200);

    assumed().statusCode(403);
  }

  @Test
  void a_code_is_of_a_device_of_ones_own_and_good_once() {
    Device device = awhileAgo();
    Device second = people.device(alice);
    Device bobs = people.device(people.user());

    assumed("tokenCode", "000000").statusCode(400).body("error.code", equalTo("ValidationError"));
    assumed("serialNumber", device.serialNumber()).statusCode(403);
    assumed("tokenCode", "12345").statusCode(400);
    assumed("tokenCode", bobs.freshCode(), "serialNumber", bobs.serialNumber()).statusCode(403);
    String code = device.freshCode();
    assumed("tokenCode", code, "serialNumber", device.serialNumber()).statusCode(200);
    assumed("tokenCode", code, "serialNumber", device.serialNumber()).statusCode(403);
    assumed("tokenCode", second.freshCode(), "serialNumber", second.serialNumber()).statusCode(200);
  }

  @Test
  void a_passkey_opens_it_too() {
    Authenticator key = new Authenticator();
    Keyholders.enrol(Keyholders.signedIn(alice), key);
    Page asked = typed();
    answered(asked, key);
    TestClock.forward(Duration.ofMinutes(16));

    Page done = answered(browser.get("/step-up?next=/home"), key);

    assertThat(done.location()).as(done.body()).isEqualTo("/home");
    assertThat(browser.get("/home").body()).doesNotContain(LOCKED);
  }

  private Page answered(Page asked, Authenticator key) {
    String wanted =
        Browser.unescaped(asked.body().replaceAll("(?s).*data-passkey=\"([^\"]*)\".*", "$1"));
    return browser.submit(
        asked,
        "/sign-in/passkey/answer",
        "credential",
        new JsonObject(key.sign(new JsonObject(wanted).getMap())).encode());
  }

  @Test
  void what_came_of_the_sign_in_ends_with_it_still() {
    Device device = awhileAgo();
    String former = browser.cookie.orElseThrow();
    browser.submit(browser.get("/step-up?next=/home"), "/sign-in/code", "code", device.freshCode());

    browser.submit(browser.get("/home"), "/sign-out");

    browser.cookie = Optional.of(former);
    assertThat(browser.get("/home").location()).isEqualTo("/sign-in");
  }

  @Test
  void a_wrong_code_or_a_used_one_opens_nothing() {
    Device device = awhileAgo();
    String code = device.freshCode();
    browser.submit(browser.get("/step-up?next=/home"), "/sign-in/code", "code", code);
    TestClock.forward(Duration.ofMinutes(16));
    String before = browser.cookie.orElseThrow();

    Page page = browser.get("/step-up?next=/home");
    for (String wrong : List.of("000000", code, "abc", "")) {
      page = browser.submit(page, "/sign-in/code", "code", wrong);
      assertThat(page.status()).as(wrong).isEqualTo(401);
      assertThat(page.body()).contains("The code is wrong, or was used before.");
    }
    Page last = browser.submit(page, "/sign-in/code", "code", "000000");

    assertThat(last.body()).contains("This sign-in has ended. Begin again.");
    assertThat(browser.cookie).as("what there was is there yet").contains(before);
    assertThat(browser.get("/home").body()).contains(LOCKED);
    assertThat(Trail.ofUser(database, alice.name(), "CheckMfa"))
        .contains("\"CheckMfa\": \"Failure\"");
  }

  @Test
  void a_sign_in_that_has_ended_meanwhile_is_not_renewed() {
    Device device = awhileAgo();
    Page asked = browser.get("/step-up?next=/home");
    browser.submit(browser.get("/home"), "/sign-out");

    Page refused = browser.submit(asked, "/sign-in/code", "code", device.freshCode());

    assertThat(refused.status()).isEqualTo(401);
    assertThat(browser.cookie).isEmpty();
  }

  @Test
  void a_password_that_was_changed_meanwhile_ends_it() {
    Device device = awhileAgo();
    Page asked = browser.get("/step-up?next=/home");
    people.changePassword(alice, "another horse!");

    assertThat(browser.submit(asked, "/sign-in/code", "code", device.freshCode()).status())
        .isEqualTo(401);
  }

  @Test
  void a_person_without_a_device_is_told_to_add_one() {
    typed();

    assertThat(browser.get("/step-up?next=/home").body()).contains("You have no device yet");
  }

  @Test
  void strangers_sign_in_instead() {
    assertThat(browser.get("/step-up?next=/security").location())
        .isEqualTo("/sign-in?next=%2Fsecurity");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://evil.example.com", "//evil.example.com", "/step-up", "/home/../x", ""})
  void nobody_is_led_away(String next) {
    Device device = awhileAgo();

    Page done =
        browser.submit(
            browser.get("/step-up?next=" + Browser.encode(next)),
            "/sign-in/code",
            "code",
            device.freshCode());

    assertThat(done.location()).isEqualTo("/home");
  }
}
