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
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// People are told what happened to their second factors, until they say that they know.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class NoticesTest {
  private static final String ADDED = "A device was added";
  private static final Pattern CODE = Pattern.compile("(?:[a-z2-7]{4}-){5}[a-z2-7]{4}");

  @TestHTTPResource URI server;
  @Inject RedisAPI redis;
  @Inject Pool database;
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
        "{\"Effect\": \"Allow\", \"Action\": [\"iam:EnableMFADevice\", \"iam:DeactivateMFADevice\", \"daypass:*\"], \"Resource\": \"*\"}");
  }

  private Page typed() {
    browser.cookie = Optional.empty();
    return browser.typed("/sign-in", alice.name(), Keyholders.PASSWORD);
  }

  private Page home() {
    Page done = typed();
    assertThat(done.location()).as(done.body()).isEqualTo("/home");
    return browser.get("/home");
  }

  private Page home(Device device) {
    Page done = browser.submit(typed(), "/sign-in/code", "code", device.freshCode());
    assertThat(done.location()).as(done.body()).isEqualTo("/home");
    return browser.get("/home");
  }

  private void removed(Device device) {
    People.ok(
        wire.iam(
            Key.ADMIN,
            "DeactivateMFADevice",
            "UserName",
            alice.name(),
            "SerialNumber",
            device.serialNumber()));
  }

  @Test
  void a_device_that_somebody_adds_is_told_on_every_page_until_it_is_dismissed() {
    assertThat(home().body()).doesNotContain("Not you?");
    Device device = people.device(alice);

    Page home = home(device);
    Page security = browser.get("/security/keys");
    Page dismissed = browser.submit(security, "/security/notices");

    assertThat(home.body()).contains(ADDED + " by ", "from 127.0.0.1", "Not you?", "/security\"");
    assertThat(security.body()).contains(ADDED);
    assertThat(dismissed.location()).isEqualTo("/security/keys");
    assertThat(browser.get("/security/keys").body()).doesNotContain("Not you?");
    assertThat(home(device).body()).doesNotContain("Not you?");
    assertThat(Trail.ofUser(database, alice.name())).contains("DismissNotices");
  }

  @Test
  void what_happened_after_the_page_was_shown_is_told_again() {
    Device device = people.device(alice);
    Page home = home(device);
    TestClock.forward(Duration.ofSeconds(1));
    Device second = people.device(alice);

    browser.submit(home, "/security/notices");

    assertThat(browser.get("/home").body()).containsOnlyOnce(ADDED);
    removed(second);
    assertThat(home(device).body()).contains("A device was removed by ", ADDED);
  }

  @Test
  void recovery_codes_are_told_of_when_they_are_made_and_used() {
    Device device = people.device(alice);
    browser.submit(home(device), "/security/notices");
    Page made = browser.submit(browser.get("/security"), "/security/recovery");
    Matcher code = CODE.matcher(made.body());
    assertThat(code.find()).isTrue();

    Page told = browser.get("/home");
    browser.submit(typed(), "/sign-in/recovery", "recovery", code.group());

    assertThat(told.body()).contains("Recovery codes were made on");
    assertThat(browser.get("/home").body()).contains("A recovery code was used to sign in on");
  }

  @Test
  void one_is_told_of_ones_own_account_alone_and_never_of_what_was_refused() {
    Person bob = new Keyholders(wire).withPassword();
    people.device(bob);
    wire.iam(
        Key.ADMIN,
        "DeactivateMFADevice",
        "UserName",
        alice.name(),
        "SerialNumber",
        "arn:aws:iam::%s:mfa/absent".formatted(People.ACCOUNT));

    assertThat(home().body()).doesNotContain("Not you?");
  }

  @Test
  void whoever_has_the_name_of_somebody_who_is_gone_is_not_told_of_them() {
    String name = alice.name();
    removed(people.device(alice));
    TestClock.forward(Duration.ofSeconds(1));
    remove(name);
    People.ok(wire.iam(Key.ADMIN, "CreateUser", "UserName", name));
    People.ok(
        wire.iam(
            Key.ADMIN, "CreateLoginProfile", "UserName", name, "Password", Keyholders.PASSWORD));

    assertThat(home().body()).doesNotContain("Not you?");
  }

  private void remove(String name) {
    People.ok(wire.iam(Key.ADMIN, "DeleteLoginProfile", "UserName", name));
    People.ok(
        wire.iam(Key.ADMIN, "DeleteAccessKey", "UserName", name, "AccessKeyId", alice.key().id()));
    for (String policy :
        wire.iam(Key.ADMIN, "ListUserPolicies", "UserName", name).texts("member")) {
      People.ok(wire.iam(Key.ADMIN, "DeleteUserPolicy", "UserName", name, "PolicyName", policy));
    }
    People.ok(wire.iam(Key.ADMIN, "DeleteUser", "UserName", name));
  }

  @Test
  void what_is_older_than_thirty_days_is_told_no_more() {
    Device device = people.device(alice);
    TestClock.forward(Duration.ofDays(31));

    assertThat(home(device).body()).doesNotContain("Not you?");
  }

  @Test
  void all_sessions_are_ended_from_the_notice() {
    Device device = people.device(alice);
    Page home = home(device);
    Browser other = browser.copy();

    Page ended = browser.submit(home, "/security/sessions/end-all");

    assertThat(ended.location()).isEqualTo("/sign-in");
    assertThat(other.get("/home").location()).startsWith("/sign-in");
  }

  @Test
  void nobody_else_dismisses_a_notice_and_no_time_to_come_is_dismissed() {
    Device device = people.device(alice);
    Page home = home(device);
    Map<String, String> form = home.form("/security/notices");
    form.put("csrf", "x");

    assertThat(
            browser
                .post("/security/notices", form, Map.of("Sec-Fetch-Site", "same-origin"))
                .status())
        .isEqualTo(403);
    assertThat(browser.get("/home").body()).contains(ADDED);
    browser.submit(home, "/security/notices", "until", "soon");
    assertThat(browser.get("/home").body()).contains(ADDED);
    browser.submit(home, "/security/notices", "until", "2999-01-01T00:00:00Z");
    TestClock.forward(Duration.ofSeconds(1));
    people.device(alice);
    assertThat(browser.get("/home").body()).contains(ADDED);
  }
}
