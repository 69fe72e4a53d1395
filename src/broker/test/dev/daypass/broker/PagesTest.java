package dev.daypass.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.broker.Browser.Page;
import dev.daypass.broker.People.Device;
import dev.daypass.broker.People.Person;
import dev.daypass.broker.Wire.Key;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.redis.client.RedisAPI;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// People sign in on pages, and others try to make them.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class PagesTest {
  static final String PASSWORD = "correct horse battery";

  @TestHTTPResource URI server;
  @Inject RedisAPI redis;
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
    alice = people.user();
    People.ok(
        wire.iam(Key.ADMIN, "CreateLoginProfile", "UserName", alice.name(), "Password", PASSWORD));
  }

  private Page typed(String password) {
    return typed(browser.get("/sign-in"), password);
  }

  private Page typed(Page page, String password) {
    return browser.submit(
        page, "/sign-in", "account", People.ACCOUNT, "name", alice.name(), "password", password);
  }

  @Test
  void a_person_signs_in_sees_the_roles_there_are_and_signs_out() {
    String role = people.role(People.trusting(alice));
    people.allow(
        alice, "{\"Effect\": \"Allow\", \"Action\": \"sts:AssumeRole\", \"Resource\": \"*\"}");

    Page first = browser.get("/home");
    Page done = typed(browser.get(first.location()), PASSWORD);
    Page home = browser.get(done.location());
    String cookie = browser.cookie.orElseThrow();
    Page out = browser.submit(home, "/sign-out");

    assertThat(first.status()).isEqualTo(303);
    assertThat(done.status()).isEqualTo(303);
    assertThat(done.location()).isEqualTo("/home");
    assertThat(done.header("set-cookie"))
        .contains("; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=");
    assertThat(home.body())
        .contains(alice.name(), role.substring(role.indexOf('/') + 1), "without a second factor");
    assertThat(out.location()).isEqualTo("/sign-in");
    assertThat(browser.cookie).isEmpty();
    browser.cookie = Optional.of(cookie);
    assertThat(browser.get("/home").location()).isEqualTo("/sign-in");
  }

  @Test
  void a_second_factor_is_asked_for_where_there_is_one() {
    Device device = people.device(alice);

    Page asked = typed(PASSWORD);
    Page wrong = browser.submit(asked, "/sign-in/code", "code", "000000");
    String code = device.freshCode();
    Page done =
        browser.submit(
            wrong, "/sign-in/code", "code", code.substring(0, 3) + " " + code.substring(3));

    assertThat(asked.body()).contains("autocomplete=\"one-time-code\"");
    assertThat(browser.get("/sign-in").status()).isEqualTo(303);
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.body()).contains("role=\"alert\"", "The code is wrong, or was used before.");
    assertThat(browser.get(done.location()).body()).contains("with a second factor");
  }

  @Test
  void a_password_that_must_be_changed_is_changed_on_the_way() {
    People.ok(
        wire.iam(
            Key.ADMIN,
            "UpdateLoginProfile",
            "UserName",
            alice.name(),
            "Password",
            PASSWORD,
            "PasswordResetRequired",
            "true"));

    Page asked = typed(PASSWORD);
    Page different =
        browser.submit(asked, "/sign-in/new-password", "password", "another one", "again", "other");
    Page same =
        browser.submit(different, "/sign-in/new-password", "password", PASSWORD, "again", PASSWORD);
    Page easy =
        browser.submit(
            same, "/sign-in/new-password", "password", "Password1!", "again", "Password1!");
    Page done =
        browser.submit(
            easy, "/sign-in/new-password", "password", "another horse!", "again", "another horse!");

    assertThat(different.body()).contains("The two passwords are not the same.");
    assertThat(same.body()).contains("The new password must be another one.");
    assertThat(easy.body()).contains("The password is easy to guess.");
    assertThat(done.status()).isEqualTo(303);
    browser.cookie = Optional.empty();
    assertThat(typed(PASSWORD).status()).isEqualTo(401);
    assertThat(typed("another horse!").status()).isEqualTo(303);
  }

  @Test
  void a_passkey_signs_in_alone() {
    Keyholders holders = new Keyholders(wire);
    alice = holders.person();
    Authenticator authenticator = new Authenticator();
    Keyholders.enrol(Keyholders.signedIn(alice), authenticator);

    Page asked = browser.submit(browser.get("/sign-in"), "/sign-in/passkey");
    String wanted =
        Browser.unescaped(asked.body().replaceAll("(?s).*data-passkey=\"([^\"]*)\".*", "$1"));
    Page done =
        browser.submit(
            asked,
            "/sign-in/passkey/answer",
            "credential",
            new JsonObject(authenticator.sign(new JsonObject(wanted).getMap())).encode());

    assertThat(done.status()).as(done.body()).isEqualTo(303);
    assertThat(browser.get("/home").body()).contains(alice.name(), "with a second factor");
  }

  @Test
  void whoever_is_not_there_looks_like_whoever_mistyped() {
    Page wrong = typed("wrong password");
    alice = new Person("nobody-" + alice.name(), alice.key());
    Page absent = typed("wrong password");
    Page elsewhere =
        browser.submit(
            browser.get("/sign-in"),
            "/sign-in",
            "account",
            "no-such-alias",
            "name",
            "x",
            "password",
            "wrong password");

    for (Page page : List.of(wrong, absent, elsewhere)) {
      assertThat(page.status()).isEqualTo(401);
      assertThat(page.body()).contains("The account, the name or the password is wrong.");
    }
  }

  @Test
  void an_account_is_known_by_its_alias_too() {
    String alias = "pages-" + System.nanoTime();
    People.ok(wire.iam(Key.ADMIN, "CreateAccountAlias", "AccountAlias", alias));

    Page done =
        browser.submit(
            browser.get("/sign-in"),
            "/sign-in",
            "account",
            alias,
            "name",
            alice.name(),
            "password",
            PASSWORD);

    assertThat(done.status()).isEqualTo(303);
    People.ok(wire.iam(Key.ADMIN, "DeleteAccountAlias", "AccountAlias", alias));
  }

  @Test
  void a_sign_in_that_is_left_alone_for_an_hour_is_asked_for_again() {
    typed(PASSWORD);
    TestClock.forward(Duration.ofMinutes(40));
    assertThat(browser.get("/home").status()).isEqualTo(200);
    TestClock.forward(Duration.ofMinutes(40));
    assertThat(browser.get("/security").status()).as("it was used meanwhile").isEqualTo(200);

    TestClock.forward(Duration.ofMinutes(60));
    assertThat(browser.get("/home").location()).isEqualTo("/sign-in");
  }

  @Test
  void a_sign_in_that_was_left_alone_can_be_ended_yet() {
    typed(PASSWORD);
    Page home = browser.get("/home");
    Browser other = browser.copy();
    TestClock.forward(Duration.ofMinutes(61));

    browser.submit(home, "/sign-out");

    TestClock.forward(Duration.ofMinutes(-61));
    assertThat(other.get("/home").location()).isEqualTo("/sign-in");
  }

  @Test
  void that_somebody_was_here_is_said_of_one_sign_in_alone() {
    typed(PASSWORD);
    Optional<String> former = browser.cookie;
    Optional<String> formerSeen = browser.seen;
    browser.cookie = Optional.empty();
    typed(PASSWORD);

    for (Optional<String> brought :
        List.of(Optional.<String>empty(), formerSeen, browser.cookie, browser.known)) {
      Optional<String> own = browser.seen;
      browser.seen = brought;
      assertThat(browser.get("/home").location()).isEqualTo("/sign-in");
      browser.seen = own;
    }
    assertThat(browser.get("/home").status()).isEqualTo(200);
    browser.cookie = former;
    browser.seen = formerSeen;
    assertThat(browser.get("/home").status()).as("the other goes on").isEqualTo(200);
  }

  private void useUpAttempts() {
    assertThat(Stream.generate(() -> typed("wrong password").status()).limit(20)).contains(429);
  }

  @Test
  void nobody_is_kept_out_of_a_browser_they_know_by_attempts_elsewhere() {
    typed(PASSWORD);
    Browser stranger = new Browser(server.getPort());
    Browser alices = browser;
    alices.cookie = Optional.empty();
    browser = stranger;
    useUpAttempts();

    browser = alices;
    assertThat(typed(PASSWORD).location()).isEqualTo("/home");
    browser.cookie = Optional.empty();
    for (int i = 0; i < 10; i++) {
      assertThat(typed("wrong password").status()).isEqualTo(401);
    }
    assertThat(typed(PASSWORD).status()).as("its attempts are counted too").isEqualTo(429);
  }

  @Test
  void a_browser_is_known_for_its_own_user_alone() {
    typed(PASSWORD);
    Optional<String> known = browser.known;
    Optional<String> signIn = browser.cookie;
    alice = people.user();
    People.ok(
        wire.iam(Key.ADMIN, "CreateLoginProfile", "UserName", alice.name(), "Password", PASSWORD));
    browser = new Browser(server.getPort());
    useUpAttempts();

    for (Optional<String> brought :
        List.of(known, signIn, Optional.of("x"), Optional.of("a.b.c"))) {
      browser.known = brought;
      assertThat(typed(PASSWORD).status()).isEqualTo(429);
    }
    browser.cookie = known;
    assertThat(browser.get("/home").location()).as("it is no sign-in").isEqualTo("/sign-in");
  }

  @Test
  void whoever_tries_too_often_is_told_how_long_to_wait() {
    for (int i = 0; i < 10; i++) {
      assertThat(typed("wrong password").status()).isEqualTo(401);
    }

    Page tooOften = typed(PASSWORD);

    assertThat(tooOften.status()).isEqualTo(429);
    assertThat(tooOften.body()).containsPattern("Too many attempts. Try again in [0-9]+ seconds.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example.com/",
        "//evil.example.com/",
        "/\\evil.example.com",
        "/home@evil.example.com",
        "/v1/authorize?\r\nSet-Cookie: a=b",
        "javascript:alert(1)",
        "/sign-out"
      })
  void nobody_is_led_away(String next) {
    Page page = browser.get("/sign-in?next=" + Browser.encode(next));

    assertThat(page.form("/sign-in")).containsEntry("next", "/home");
    Map<String, String> form = page.form("/sign-in");
    form.put("next", next);
    form.put("account", People.ACCOUNT);
    form.put("name", alice.name());
    form.put("password", PASSWORD);
    Page done = browser.post("/sign-in", form, Map.of("Sec-Fetch-Site", "same-origin"));
    assertThat(done.location()).isEqualTo("/home");
  }

  @Test
  void a_form_of_another_site_is_refused() {
    Map<String, String> form =
        Map.of("account", People.ACCOUNT, "name", alice.name(), "password", PASSWORD);

    for (Map<String, String> from :
        List.of(
            Map.of("Origin", "https://evil.example.com"),
            Map.of("Origin", "null"),
            Map.of("Sec-Fetch-Site", "cross-site"),
            Map.of("Sec-Fetch-Site", "same-site", "Origin", Browser.ORIGIN),
            Map.of("Sec-Fetch-Site", "same-origin", "Origin", "http://localhost:8081"),
            Map.<String, String>of())) {
      Page page = browser.post("/sign-in", form, from);
      assertThat(page.status()).as("%s", from).isEqualTo(403);
      assertThat(page.header("set-cookie")).isEmpty();
    }
    assertThat(browser.post("/sign-in", form, Map.of("Origin", Browser.ORIGIN)).status())
        .isEqualTo(303);
  }

  @Test
  void a_form_without_the_token_of_the_sign_in_changes_nothing() {
    Page home = browser.get(typed(PASSWORD).location());
    Map<String, String> ours = Map.of("Sec-Fetch-Site", "same-origin");

    assertThat(browser.post("/sign-out", Map.of(), ours).status()).isEqualTo(403);
    assertThat(browser.post("/sign-out", Map.of("csrf", "x"), ours).status()).isEqualTo(403);
    assertThat(browser.get("/home").status()).isEqualTo(200);
    assertThat(browser.submit(home, "/sign-out").status()).isEqualTo(303);
  }

  /// Nothing that was there before a sign-in is worth anything after it.
  @Test
  void a_cookie_that_was_planted_is_replaced() {
    browser.cookie = Optional.of("planted");

    Page done = typed(PASSWORD);

    assertThat(done.status()).isEqualTo(303);
    assertThat(browser.cookie).isPresent().get().isNotEqualTo("planted");
    String first = browser.cookie.orElseThrow();
    browser.cookie = Optional.empty();
    typed(PASSWORD);
    assertThat(browser.cookie.orElseThrow()).isNotEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/sign-in", "/home", "/v1/authorize", "/v1/sessions/confirmation"})
  void every_page_keeps_others_out(String path) {
    if (path.equals("/home")) {
      typed(PASSWORD);
    }
    Page page = browser.get(path);

    assertThat(page.header("content-security-policy"))
        .startsWith("default-src 'none'; style-src 'self'; script-src 'self';")
        .contains("frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'")
        .doesNotContain("unsafe");
    assertThat(page.header("x-frame-options")).isEqualTo("DENY");
    assertThat(page.header("referrer-policy")).isEqualTo("same-origin");
    assertThat(page.header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(page.header("cache-control")).isEqualTo("no-store");
    assertThat(page.body()).contains("<html lang=\"en\">").doesNotContain("style=", "onclick");
  }

  @Test
  void what_people_type_is_text() {
    Page page =
        browser.submit(
            browser.get("/sign-in?account=%3Cscript%3E"),
            "/sign-in",
            "account",
            "\"><script>alert(1)</script>",
            "name",
            "<b>x</b>",
            "password",
            "wrong password");

    assertThat(page.body())
        .doesNotContain("<script>alert", "<b>x")
        .contains("&lt;b&gt;x&lt;/b&gt;");
  }

  @Test
  void the_pages_are_at_the_public_url_only() {
    Page loopback = browser.send("GET", "/home", "", Map.of("Host", "127.0.0.1:8080"));
    Page rebound = browser.send("GET", "/home", "", Map.of("Host", "evil.example.com"));

    assertThat(loopback.location()).isEqualTo("http://localhost:8080/home");
    assertThat(rebound.status()).isEqualTo(421);
    assertThat(
            browser
                .send(
                    "POST",
                    "/sign-in",
                    "",
                    Map.of("Host", "evil.example.com", "Sec-Fetch-Site", "same-origin"))
                .status())
        .isEqualTo(403);
  }

  @Test
  void whoever_types_the_address_gets_there() {
    assertThat(browser.get("/").location()).isEqualTo("/home");
    assertThat(browser.get("/?Action=GetCallerIdentity&Version=2011-06-15").body())
        .contains("MissingAuthenticationToken");
  }

  @Test
  void the_configuration_of_a_profile_leads_here() {
    assertThat(browser.get("/.well-known/aws-config").body())
        .startsWith("[profile day]\n")
        .contains("signin =\n  endpoint_url = http://localhost:8080\n")
        .doesNotContain("\nendpoint_url");
  }
}
