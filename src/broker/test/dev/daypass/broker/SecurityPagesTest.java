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
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// People look after their own devices.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class SecurityPagesTest {
  private static final String MAY =
      """
      {"Effect": "Allow", "Action": ["iam:CreateVirtualMFADevice", "iam:DeleteVirtualMFADevice"],
       "Resource": "arn:aws:iam::*:mfa/${aws:username}*"},
      {"Effect": "Allow", "Action": ["iam:EnableMFADevice", "iam:DeactivateMFADevice"],
       "Resource": "arn:aws:iam::*:user/${aws:username}"}
      """;

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
    people.allow(alice, MAY);
  }

  private Page signedIn() {
    browser.cookie = Optional.empty();
    return browser.typed("/sign-in?next=/security", alice.name(), Keyholders.PASSWORD);
  }

  private Page security() {
    Page done = signedIn();
    assertThat(done.location()).isEqualTo("/security");
    return browser.get("/security");
  }

  /// What somebody reads off the page into an app.
  private Device device(Page page) {
    return new Device(
        "arn:aws:iam::%s:mfa/%s".formatted(People.ACCOUNT, alice.name()),
        page.form("/security/authenticator/codes").get("seed"));
  }

  private Device enrolled() {
    Page asked = browser.submit(security(), "/security/authenticator");
    Device app = device(asked);
    Page done =
        browser.submit(
            asked,
            "/security/authenticator/codes",
            "first",
            app.codeAt(-1),
            "second",
            app.codeAt(0));
    assertThat(done.location()).as(done.body()).isEqualTo("/security");
    return app;
  }

  @Test
  void a_person_adds_an_app_and_signs_in_with_it_from_then_on() {
    Page asked = browser.submit(security(), "/security/authenticator");
    Device app = device(asked);
    Page wrong =
        browser.submit(
            asked, "/security/authenticator/codes", "first", "000000", "second", "1 2 3");
    Page done =
        browser.submit(
            wrong,
            "/security/authenticator/codes",
            "first",
            app.codeAt(-1),
            "second",
            app.codeAt(0));

    assertThat(asked.body())
        .contains("data:image/png;base64,iVBOR")
        .contains(app.seed().replaceAll("(.{4})", "$1 ").strip());
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(device(wrong).seed()).isEqualTo(app.seed());
    assertThat(done.location()).as(done.body()).isEqualTo("/security");
    assertThat(browser.get("/security").body()).contains(alice.name(), "Authenticator app");
    assertThat(wire.iam(Key.ADMIN, "ListMFADevices", "UserName", alice.name()).body())
        .contains(app.serialNumber());

    browser.cookie = Optional.empty();
    Page code = signedIn();
    assertThat(code.body()).contains("autocomplete=\"one-time-code\"");
    TestClock.forward(Duration.ofSeconds(30));
    assertThat(browser.submit(code, "/sign-in/code", "code", app.codeAt(0)).location())
        .isEqualTo("/security");
  }

  @Test
  void a_key_that_was_not_shown_here_is_not_taken() {
    Page asked = browser.submit(security(), "/security/authenticator");
    Device planted = new Device("x", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");

    Page refused =
        browser.submit(
            asked,
            "/security/authenticator/codes",
            "seed",
            planted.seed(),
            "first",
            planted.codeAt(-1),
            "second",
            planted.codeAt(0));

    assertThat(refused.status()).isEqualTo(403);
    assertThat(browser.get("/security").body()).contains("You have none.");
  }

  /// A password that was stolen, or a screen left open, is not enough to add another.
  @Test
  void whoever_has_a_device_must_have_proven_it_of_late() {
    Device app = enrolled();

    Page stale = browser.submit(browser.get("/security"), "/security/authenticator");
    TestClock.forward(Duration.ofSeconds(30));
    Page fresh = browser.submit(signedIn(), "/sign-in/code", "code", app.codeAt(0));
    Page asked = browser.submit(browser.get(fresh.location()), "/security/authenticator");
    TestClock.forward(Duration.ofMinutes(16));
    Page late = browser.submit(browser.get("/security"), "/security/authenticator");

    assertThat(stale.status()).isEqualTo(400);
    assertThat(stale.body()).contains("at most 15 minutes ago");
    assertThat(asked.body()).contains("data:image/png");
    assertThat(late.body()).contains("at most 15 minutes ago");
  }

  @Test
  void policies_decide_who_may() {
    alice = new Keyholders(wire).withPassword();

    Page refused = browser.submit(security(), "/security/authenticator");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("is not authorized to perform: iam:CreateVirtualMFADevice");
  }

  @Test
  void a_person_adds_a_passkey() {
    Authenticator key = new Authenticator();
    Page asked = browser.submit(security(), "/security/passkey");
    String options =
        Browser.unescaped(asked.body().replaceAll("(?s).*data-new-passkey=\"([^\"]*)\".*", "$1"));

    Page done =
        browser.submit(
            asked,
            "/security/passkey/answer",
            "label",
            "laptop",
            "credential",
            new JsonObject(key.make(new JsonObject(options).getMap())).encode());

    assertThat(done.location()).as(done.body()).isEqualTo("/security");
    assertThat(browser.get("/security").body()).contains("laptop-", "Passkey, since");
  }

  @Test
  void removing_a_device_ends_every_sign_in() {
    Device app = enrolled();
    Page open = browser.get("/security");
    Page refused = browser.submit(open, "/security/remove");
    TestClock.forward(Duration.ofSeconds(30));
    Page fresh = browser.submit(signedIn(), "/sign-in/code", "code", app.codeAt(0));
    String cookie = browser.cookie.orElseThrow();

    Page removed = browser.submit(browser.get(fresh.location()), "/security/remove");

    // Without the second factor, nothing of IAM can be called.
    assertThat(refused.status()).isEqualTo(400);
    assertThat(removed.location()).isEqualTo("/sign-in");
    browser.cookie = Optional.of(cookie);
    assertThat(browser.get("/security").location()).startsWith("/sign-in");
    assertThat(wire.iam(Key.ADMIN, "ListMFADevices", "UserName", alice.name()).body())
        .doesNotContain(app.serialNumber());
  }

  @Test
  void the_device_of_somebody_else_is_not_there() {
    enrolled();
    Person bob = people.user();
    Device of = people.device(bob);

    Page refused =
        browser.submit(browser.get("/security"), "/security/remove", "device", of.serialNumber());

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("There is no such device.");
  }

  @Test
  void a_form_without_the_token_changes_nothing() {
    security();
    for (String action :
        new String[] {
          "/security/authenticator",
          "/security/authenticator/codes",
          "/security/passkey",
          "/security/passkey/answer",
          "/security/remove"
        }) {
      assertThat(
              browser
                  .post(action, Map.of("csrf", "x"), Map.of("Sec-Fetch-Site", "same-origin"))
                  .status())
          .as(action)
          .isEqualTo(403);
    }
  }
}
