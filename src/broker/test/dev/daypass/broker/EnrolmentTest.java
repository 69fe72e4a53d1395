package dev.daypass.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.broker.Browser.Page;
import dev.daypass.broker.People.Device;
import dev.daypass.broker.People.Person;
import dev.daypass.broker.Wire.Key;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.redis.client.RedisAPI;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A link leads to a password and an app: the first ones, or new ones after all was lost.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class EnrolmentTest {
  private static final String CHOSEN = "a password of mine";

  @TestHTTPResource URI server;
  @Inject Pool database;
  @Inject RedisAPI redis;
  private Wire wire;
  private People people;
  private Browser browser;
  private Person alice;
  private final String token = "token-" + UUID.randomUUID();

  @BeforeEach
  void begin() throws Exception {
    Keyholders.forgetAttempts(redis);
    wire = new Wire(server.getPort());
    people = new People(wire);
    browser = new Browser(server.getPort());
    alice = people.user();
    String id = People.ok(wire.iam(Key.ADMIN, "GetUser", "UserName", alice.name())).text("UserId");
    database
        .preparedQuery(
            "insert into enrolment_link (user_id, token_hash, expires_at) values ($1, $2, $3)")
        .execute(
            Tuple.of(
                id,
                Buffer.buffer(
                    MessageDigest.getInstance("SHA-256")
                        .digest(token.getBytes(StandardCharsets.UTF_8))),
                new TestClock().instant().plus(Duration.ofHours(1)).atOffset(ZoneOffset.UTC)))
        .await()
        .indefinitely();
  }

  private Page opened() {
    Page page = browser.get("/enrol?token=" + token);
    assertThat(page.status()).as(page.body()).isEqualTo(200);
    return page;
  }

  private Device app(Page page) {
    return new Device(
        "arn:aws:iam::%s:mfa/%s".formatted(People.ACCOUNT, alice.name()),
        page.form("/enrol").get("seed"));
  }

  private Page sent(Page page, String password, String again, String first, String second) {
    return browser.submit(
        page, "/enrol", "password", password, "again", again, "first", first, "second", second);
  }

  private Page sent(Page page) {
    Device app = app(page);
    return sent(page, CHOSEN, CHOSEN, app.codeAt(-1), app.codeAt(0));
  }

  private Page typed(String password) {
    browser.cookie = Optional.empty();
    return browser.typed("/sign-in", alice.name(), password);
  }

  private String devices() {
    return wire.iam(Key.ADMIN, "ListMFADevices", "UserName", alice.name()).body();
  }

  @Test
  void a_person_chooses_a_password_and_an_app_and_signs_in_with_both() {
    Page page = opened();
    Device app = app(page);

    Page done = sent(page);

    assertThat(page.body()).contains(alice.name(), "data:image/png;base64,iVBOR");
    assertThat(done.body())
        .contains("You are set up", "/sign-in?account=%s".formatted(People.ACCOUNT));
    Page code = typed(CHOSEN);
    assertThat(code.body()).contains("autocomplete=\"one-time-code\"");
    TestClock.forward(Duration.ofSeconds(30));
    assertThat(browser.submit(code, "/sign-in/code", "code", app.codeAt(0)).location())
        .isEqualTo("/home");
    assertThat(browser.get("/enrol?token=" + token).status()).as("once").isEqualTo(404);
    assertThat(sent(page).status()).isEqualTo(404);
    assertThat(Trail.ofEvent(database, "EnrolUser"))
        .contains(alice.name(), app.serialNumber())
        .doesNotContain(token);
  }

  @Test
  void mistakes_are_told_and_leave_nothing() {
    Page page = opened();
    Device app = app(page);

    Page different = sent(page, CHOSEN, "another", app.codeAt(-1), app.codeAt(0));
    Page none = sent(different, "", "", app.codeAt(-1), app.codeAt(0));
    Page wrong = sent(none, CHOSEN, CHOSEN, "000000", "000001");
    Page letters = sent(wrong, CHOSEN, CHOSEN, "abc", "");
    Page easy = sent(letters, "qwertyuiop", "qwertyuiop", app.codeAt(-1), app.codeAt(0));
    Page weak = sent(easy, "short", "short", app.codeAt(-1), app.codeAt(0));

    assertThat(different.body()).contains("The two passwords are not the same.");
    assertThat(none.body()).contains("A password has 1 to 128 characters.");
    assertThat(wrong.body()).contains("These are not two codes one after the other.");
    assertThat(letters.body()).contains("These are not two codes one after the other.");
    assertThat(easy.body()).contains("The password is easy to guess.");
    assertThat(weak.status()).isEqualTo(400);
    assertThat(weak.form("/enrol")).containsEntry("seed", app.seed());
    assertThat(devices()).doesNotContain(app.serialNumber());
    assertThat(wire.iam(Key.ADMIN, "GetLoginProfile", "UserName", alice.name()).code())
        .isEqualTo("NoSuchEntity");
    assertThat(sent(weak).body()).contains("You are set up");
  }

  @Test
  void what_there_was_before_is_gone() {
    People.ok(
        wire.iam(
            Key.ADMIN,
            "CreateLoginProfile",
            "UserName",
            alice.name(),
            "Password",
            PagesTest.PASSWORD));
    Device former = people.device(alice);
    Page home =
        browser.submit(typed(PagesTest.PASSWORD), "/sign-in/code", "code", former.freshCode());
    assertThat(home.location()).isEqualTo("/home");
    Optional<String> cookie = browser.cookie;

    Page done = sent(opened());

    assertThat(done.body()).contains("You are set up");
    browser.cookie = cookie;
    assertThat(browser.get("/home").location()).isEqualTo("/sign-in");
    assertThat(typed(PagesTest.PASSWORD).status()).isEqualTo(401);
    assertThat(devices()).doesNotContain(former.serialNumber() + "<");
    assertThat(browser.submit(typed(CHOSEN), "/sign-in/code", "code", former.freshCode()).status())
        .isEqualTo(401);
  }

  @Test
  void a_link_ends_after_an_hour() {
    Page page = opened();
    TestClock.forward(Duration.ofHours(1));

    assertThat(browser.get("/enrol?token=" + token).body()).contains("This link is used up");
    assertThat(sent(page).status()).isEqualTo(404);
  }

  @Test
  void links_that_are_tried_from_one_place_are_counted() {
    assertThat(Stream.generate(() -> browser.get("/enrol?token=x").status()).limit(200))
        .contains(429);
    Keyholders.forgetAttempts(redis);
  }

  @Test
  void what_is_no_link_leads_nowhere() {
    for (String query : List.of("", "?token=", "?token=x", "?token=a&token=b")) {
      assertThat(browser.get("/enrol" + query).status()).as(query).isEqualTo(404);
    }
  }

  @Test
  void a_form_of_somebody_else_or_with_no_key_of_ours_is_refused() {
    Page page = opened();
    Map<String, String> form = page.form("/enrol");
    form.putAll(Map.of("password", CHOSEN, "again", CHOSEN));

    assertThat(browser.post("/enrol", form, Map.of("Origin", "https://evil.example.com")).status())
        .isEqualTo(403);
    form.put("seed", "AAAA");
    assertThat(browser.post("/enrol", form, Map.of("Sec-Fetch-Site", "same-origin")).status())
        .isEqualTo(403);
  }

  @Test
  void of_many_who_follow_a_link_at_once_one_does() throws Exception {
    Page page = opened();
    Callable<Boolean> call = () -> sent(page).body().contains("You are set up");

    List<Boolean> done = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(10)) {
      for (var answer : threads.invokeAll(Collections.nCopies(10, call))) {
        done.add(answer.get());
      }
    }

    assertThat(done).containsOnlyOnce(true);
  }
}
