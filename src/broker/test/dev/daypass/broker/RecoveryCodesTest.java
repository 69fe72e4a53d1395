package dev.daypass.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.daypass.broker.Browser.Page;
import dev.daypass.broker.People.Device;
import dev.daypass.broker.People.Person;
import dev.daypass.broker.Wire.Key;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.redis.client.RedisAPI;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Codes on paper let people in whose device was lost, each once.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class RecoveryCodesTest {
  private static final Pattern CODE = Pattern.compile("(?:[a-z2-7]{4}-){5}[a-z2-7]{4}");

  @TestHTTPResource URI server;
  @Inject RedisAPI redis;
  @Inject Pool database;
  private Wire wire;
  private People people;
  private Browser browser;
  private Person alice;
  private Device device;

  @BeforeEach
  void begin() {
    Keyholders.forgetAttempts(redis);
    wire = new Wire(server.getPort());
    people = new People(wire);
    browser = new Browser(server.getPort());
    alice = new Keyholders(wire).withPassword();
    people.allow(
        alice,
        "{\"Effect\": \"Allow\", \"Action\": [\"iam:EnableMFADevice\", \"iam:DeactivateMFADevice\", \"iam:DeleteVirtualMFADevice\"], \"Resource\": \"*\"}");
    device = people.device(alice);
  }

  private Page typed() {
    browser.cookie = Optional.empty();
    return browser.typed("/sign-in", alice.name(), Keyholders.PASSWORD);
  }

  private Page security() {
    Page done = browser.submit(typed(), "/sign-in/code", "code", device.freshCode());
    assertThat(done.location()).as(done.body()).isEqualTo("/home");
    return browser.get("/security");
  }

  private List<String> made() {
    Page page = browser.submit(security(), "/security/recovery");
    List<String> codes =
        CODE.matcher(page.body()).results().map(found -> found.group()).distinct().toList();
    assertThat(codes).as(page.body()).hasSize(10);
    assertThat(page.header("cache-control")).isEqualTo("no-store");
    return codes;
  }

  private Page recovered(String code) {
    return recovered(typed(), code);
  }

  private Page recovered(Page asked, String code) {
    return browser.submit(asked, "/sign-in/recovery", "recovery", code);
  }

  @Test
  void a_code_lets_its_user_in_once_with_a_second_factor() {
    Page before = security();
    List<String> codes = made();

    Page done = recovered(codes.getFirst());

    assertThat(before.body()).contains("You have none. They let you in");
    assertThat(done.location()).as(done.body()).isEqualTo("/home");
    assertThat(browser.get("/home").body()).contains("with a second factor");
    assertThat(browser.get("/security").body()).contains("You have 9 left.");
    Page again = recovered(codes.getFirst());
    assertThat(again.status()).isEqualTo(401);
    assertThat(again.body()).contains("The recovery code is wrong, or was used before.");
    assertThat(recovered(again, " " + codes.get(1).toUpperCase().replace("-", " ")).location())
        .as("as people type it")
        .isEqualTo("/home");
    assertThat(Trail.ofUser(database, alice.name()))
        .contains("CreateRecoveryCodes", "\"MFAIdentifier\": \"recovery-code\"")
        .doesNotContain(codes);
  }

  @Test
  void a_code_proves_a_second_factor_again() {
    List<String> codes = made();
    TestClock.forward(Duration.ofMinutes(16));

    Page done = recovered(browser.get("/step-up?next=/security"), codes.getFirst());

    assertThat(done.location()).as(done.body()).isEqualTo("/security");
    assertThat(browser.submit(browser.get("/security"), "/security/recovery").body())
        .containsPattern(CODE);
  }

  @Test
  void new_codes_replace_the_old() {
    List<String> old = made();
    List<String> codes = made();

    assertThat(codes).doesNotContainAnyElementsOf(old);
    assertThat(recovered(old.getFirst()).status()).isEqualTo(401);
    assertThat(recovered(codes.getFirst()).location()).isEqualTo("/home");
  }

  @Test
  void codes_go_with_the_device_that_goes() {
    List<String> codes = made();
    Device second = people.device(alice);

    People.ok(
        wire.iam(
            Key.ADMIN,
            "DeactivateMFADevice",
            "UserName",
            alice.name(),
            "SerialNumber",
            device.serialNumber()));

    assertThat(recovered(codes.getFirst()).status()).isEqualTo(401);
    assertThat(browser.submit(typed(), "/sign-in/code", "code", second.freshCode()).location())
        .isEqualTo("/home");
  }

  @Test
  void codes_are_their_users_alone() {
    List<String> codes = made();
    alice = new Keyholders(wire).withPassword();
    people.device(alice);

    for (String wrong : List.of(codes.getFirst(), "", "x", "aaaa-aaaa-aaaa-aaaa")) {
      assertThat(recovered(wrong).status()).as(wrong).isEqualTo(401);
    }
  }

  @Test
  void codes_are_guessed_as_seldom_as_those_of_devices() {
    made();
    List<Integer> answers = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      answers.add(recovered(browser.get("/step-up"), "aaaa-aaaa-aaaa-aaaa").status());
    }

    assertThat(answers).endsWith(429);
    assertThat(
            browser
                .submit(browser.get("/step-up"), "/sign-in/code", "code", device.freshCode())
                .status())
        .isEqualTo(429);
  }

  @Test
  void making_them_takes_what_adding_a_device_takes() {
    Page security = security();
    TestClock.forward(Duration.ofMinutes(16));
    assertThat(browser.submit(security, "/security/recovery").body())
        .contains("at most 15 minutes ago");

    alice = new Keyholders(wire).withPassword();
    device = people.device(alice);
    assertThat(browser.submit(security(), "/security/recovery").body())
        .contains("is not authorized to perform: iam:EnableMFADevice");

    assertThat(
            browser
                .post("/security/recovery", Map.of(), Map.of("Sec-Fetch-Site", "same-origin"))
                .status())
        .isEqualTo(403);
  }

  @Test
  void of_fifty_who_bring_one_code_one_gets_in() throws Exception {
    List<String> codes = made();
    List<Callable<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Browser other = new Browser(server.getPort());
      // Passwords are not what is counted here.
      Keyholders.forgetAttempts(redis);
      Page asked =
          other.submit(
              other.get("/sign-in"),
              "/sign-in",
              "account",
              People.ACCOUNT,
              "name",
              alice.name(),
              "password",
              Keyholders.PASSWORD);
      calls.add(
          () -> other.submit(asked, "/sign-in/recovery", "recovery", codes.getFirst()).status());
    }
    Keyholders.forgetAttempts(redis);

    List<Integer> answers = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(50)) {
      for (var done : threads.invokeAll(calls)) {
        answers.add(done.get());
      }
    }

    assertThat(answers).containsOnlyOnce(303);
  }

  @Test
  void they_let_in_at_a_terminal_too_and_once() {
    String code = made().getFirst();
    String transaction = Keyholders.password(alice).extract().path("transaction");

    String next =
        terminal(transaction, "aaaa-aaaa-aaaa-aaaa-aaaa-aaaa")
            .statusCode(401)
            .extract()
            .path("error.transaction");
    terminal(next, code)
        .statusCode(200)
        .body("status", equalTo("SIGNED_IN"))
        .body("mfa", equalTo(true));

    terminal(next, code).statusCode(401);
    String again = Keyholders.password(alice).extract().path("transaction");
    terminal(again, code).statusCode(401);
    Keyholders.post("sign-in/recovery", Map.of("transaction", again)).statusCode(400);
  }

  private static ValidatableResponse terminal(String transaction, String code) {
    return Keyholders.post(
        "sign-in/recovery", Map.of("transaction", transaction, "recoveryCode", code));
  }
}
