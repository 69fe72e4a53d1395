package dev.daypass.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.broker.Browser.Page;
import dev.daypass.broker.People.Device;
import dev.daypass.broker.People.Person;
import dev.daypass.broker.Wire.Key;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.redis.client.RedisAPI;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// People look after their password, sessions and keys, and see what was done in their name.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class OwnAccountPagesTest {
  private static final String PASSWORD = Keyholders.PASSWORD;
  private static final String OTHER = "another horse battery";

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
    alice = new Keyholders(wire).withPassword();
    people.allow(
        alice,
        "{\"Effect\": \"Allow\", \"Action\": [\"iam:ChangePassword\", \"iam:*AccessKey*\"], \"Resource\": \"arn:aws:iam::*:user/${aws:username}\"}");
  }

  private Page typed(Person person, String password) {
    browser.cookie = Optional.empty();
    return browser.typed("/sign-in", person.name(), password);
  }

  private Page page(String path) {
    if (browser.cookie.isEmpty()) {
      assertThat(typed(alice, PASSWORD).location()).isEqualTo("/home");
    }
    Page page = browser.get(path);
    assertThat(page.status()).as(page.body()).isEqualTo(200);
    return page;
  }

  /// Signed in with a second factor, which keys take.
  private Page withMfa(Person person) {
    Device device = people.device(person);
    Page done =
        browser.submit(typed(person, PASSWORD), "/sign-in/code", "code", device.freshCode());
    assertThat(done.location()).as(done.body()).isEqualTo("/home");
    return browser.get("/security/keys");
  }

  private Page changed(String former, String password, String again) {
    return browser.submit(
        page("/security/password"),
        "/security/password",
        "former",
        former,
        "password",
        password,
        "again",
        again);
  }

  @Test
  void a_new_password_ends_every_sign_in() {
    page("/home");
    Browser elsewhere = browser.copy();

    Page done = changed(PASSWORD, OTHER, OTHER);

    assertThat(done.location()).as(done.body()).isEqualTo("/sign-in");
    assertThat(browser.cookie).isEmpty();
    assertThat(elsewhere.get("/home").location()).isEqualTo("/sign-in");
    assertThat(typed(alice, PASSWORD).status()).isEqualTo(401);
    assertThat(typed(alice, OTHER).location()).isEqualTo("/home");
  }

  @Test
  void a_password_takes_the_former_one_and_what_policies_ask_for() {
    assertThat(changed("wrong", OTHER, OTHER).body()).contains("The old password was incorrect.");
    assertThat(changed("", OTHER, OTHER).body()).contains("A password has 1 to 128 characters.");
    assertThat(changed(PASSWORD, OTHER, "different").body())
        .contains("The two passwords are not the same.");
    assertThat(changed(PASSWORD, "short", "short").status()).isEqualTo(400);
    for (String guessable :
        List.of("Password1!", "qwertyuiop", alice.name(), "111122223333daypass")) {
      assertThat(changed(PASSWORD, guessable, guessable).body())
          .as(guessable)
          .contains("The password is easy to guess.");
    }

    alice = new Keyholders(wire).withPassword();
    browser.cookie = Optional.empty();
    assertThat(changed(PASSWORD, OTHER, OTHER).body())
        .contains("is not authorized to perform: iam:ChangePassword");
    assertThat(typed(alice, PASSWORD).location()).isEqualTo("/home");
  }

  @Test
  void sessions_change_no_password_without_a_second_factor() {
    Wire.Reply session = People.ok(wire.sts(alice.key(), "GetSessionToken"));
    Key key =
        new Key(
            session.text("AccessKeyId"),
            session.text("SecretAccessKey"),
            Optional.of(session.text("SessionToken")));

    assertThat(
            wire.iam(key, "ChangePassword", "OldPassword", PASSWORD, "NewPassword", OTHER).code())
        .isEqualTo("InvalidClientTokenId");
  }

  @Test
  void a_person_sees_sessions_and_ends_one() {
    page("/home");
    Browser other = browser.copy();
    browser.cookie = Optional.empty();
    page("/home");

    Page sessions = page("/security/sessions");
    String id = sessions.body().replaceAll("(?s).*name=\"session\" value=\"([^\"]*)\".*", "$1");
    Page done = browser.submit(sessions, "/security/sessions/end", "session", id);

    assertThat(sessions.body()).contains("this browser", "127.0.0.1").containsPattern("Sign-in");
    assertThat(done.location()).isEqualTo("/security/sessions");
    assertThat(List.of(browser.get("/home").status(), other.get("/home").status()))
        .as("one goes on")
        .containsExactlyInAnyOrder(200, 303);
  }

  @Test
  void nobody_ends_sessions_of_others() {
    Person bob = new Keyholders(wire).withPassword();
    typed(bob, PASSWORD);
    String bobs =
        browser
            .get("/security/sessions")
            .body()
            .replaceAll("(?s).*name=\"session\" value=\"([^\"]*)\".*", "$1");
    Browser bobsOwn = browser.copy();
    browser.cookie = Optional.empty();
    Page own = page("/security/sessions");

    assertThat(own.body()).doesNotContain(bobs);
    for (String session : List.of(bobs, "x", "")) {
      Page refused = browser.submit(own, "/security/sessions/end", "session", session);
      assertThat(refused.status()).as(session).isEqualTo(400);
    }
    assertThat(bobsOwn.get("/home").status()).isEqualTo(200);
  }

  @Test
  void a_person_makes_a_key_and_takes_it_away() {
    Page made = browser.submit(withMfa(alice), "/security/keys");
    String id = made.body().replaceAll("(?s).*id=\"id\" value=\"([^\"]*)\".*", "$1");
    String secret =
        Browser.unescaped(made.body().replaceAll("(?s).*id=\"secret\" value=\"([^\"]*)\".*", "$1"));
    Key key = new Key(id, secret, Optional.empty());

    assertThat(made.header("cache-control")).isEqualTo("no-store");
    assertThat(wire.sts(key, "GetCallerIdentity").code()).isEqualTo("OK");
    Page keys = page("/security/keys");
    assertThat(keys.body()).contains(id, "Active, since").doesNotContain(secret);
    browser.submit(keys, "/security/keys/change", "key", id, "change", "deactivate");
    assertThat(page("/security/keys").body()).contains("Inactive, since");
    browser.submit(keys, "/security/keys/change", "key", id, "change", "delete");
    assertThat(page("/security/keys").body()).doesNotContain(id);
    assertThat(wire.sts(key, "GetCallerIdentity").code()).isEqualTo("InvalidClientTokenId");
  }

  @Test
  void nobody_changes_keys_of_others() {
    Person bob = people.user();
    Page keys = withMfa(alice);

    for (String change : List.of("deactivate", "delete", "activate", "other")) {
      Page refused =
          browser.submit(keys, "/security/keys/change", "key", bob.key().id(), "change", change);
      assertThat(refused.status()).as(change).isEqualTo(400);
    }
    assertThat(wire.sts(bob.key(), "GetCallerIdentity").code()).isEqualTo("OK");
  }

  @Test
  void whoever_may_not_see_the_keys_is_told_so() {
    alice = new Keyholders(wire).withPassword();

    Page refused = withMfa(alice);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("is not authorized to perform: iam:ListAccessKeys");
  }

  @Test
  void keys_take_a_second_factor() {
    page("/home");

    Page refused = browser.get("/security/keys");

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body())
        .contains("This takes a second factor", "/step-up?next=%2Fsecurity%2Fkeys");
  }

  @Test
  void a_person_sees_what_was_done_and_tried_in_their_name() {
    typed(alice, "<script>wrong");
    Person bob = new Keyholders(wire).withPassword();
    typed(bob, PASSWORD);
    browser.cookie = Optional.empty();

    Page activity = page("/security/activity");

    assertThat(activity.body())
        .contains("ConsoleLogin", "Failure", "127.0.0.1")
        .doesNotContain(bob.name(), "<script>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/security/password",
        "/security/sessions",
        "/security/keys",
        "/security/activity"
      })
  void strangers_sign_in_first_and_come_back(String path) {
    Page sent = browser.get(path);

    assertThat(sent.location()).isEqualTo("/sign-in?next=" + Browser.encode(path));
    assertThat(browser.get(sent.location()).form("/sign-in")).containsEntry("next", path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/security/password",
        "/security/sessions/end",
        "/security/keys",
        "/security/keys/change"
      })
  void forms_of_others_change_nothing(String action) {
    page("/home");

    for (String token : List.of("", "x")) {
      Page refused =
          browser.post(
              action,
              Map.of("csrf", token, "former", PASSWORD, "password", OTHER, "again", OTHER),
              Map.of("Sec-Fetch-Site", "same-origin"));
      assertThat(refused.status()).isEqualTo(403);
    }
  }
}
