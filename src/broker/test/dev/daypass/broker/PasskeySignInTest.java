package dev.daypass.broker;

import static dev.daypass.broker.Keyholders.enrolled;
import static dev.daypass.broker.Keyholders.get;
import static dev.daypass.broker.Keyholders.post;
import static dev.daypass.broker.Keyholders.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import dev.daypass.broker.Keyholders.Asked;
import dev.daypass.broker.People.Device;
import dev.daypass.broker.People.Person;
import dev.daypass.broker.Wire.Key;
import dev.daypass.broker.tickets.Tickets.Kind;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.vertx.mutiny.redis.client.RedisAPI;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// People sign in with passkeys, and what is none is refused.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class PasskeySignInTest {
  @TestHTTPResource URI server;
  @Inject RedisAPI redis;
  private Wire wire;
  private People people;
  private Keyholders holders;

  @BeforeEach
  void begin() {
    Keyholders.forgetAttempts(redis);
    wire = new Wire(server.getPort());
    people = new People(wire);
    holders = new Keyholders(wire);
  }

  @Test
  void a_passkey_beside_a_password_is_a_second_factor() {
    Person alice = holders.person();
    Authenticator key = enrolled(alice);
    String role =
        people.role(
            """
            {"Effect": "Allow", "Principal": {"AWS": "%s"}, "Action": "sts:AssumeRole",
             "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"},
                           "NumericLessThan": {"aws:MultiFactorAuthAge": "300"}}}
            """
                .formatted(alice.arn()));
    people.allow(
        alice,
        "{\"Effect\": \"Allow\", \"Action\": \"cloudtrail:LookupEvents\", \"Resource\": \"*\"}");

    String token = signedIn(alice, key);

    get(token, "identity").body("mfa", equalTo(true));
    get(token, "roles").body("roles.find { it.arn == '" + role + "' }.assumable", equalTo("NOW"));
    post(token, "sessions", Map.of("roleArn", role)).statusCode(200);
    assertThat(claims(token)).contains("\"amr\":[\"pwd\",\"pop\",\"mfa\"]");
    String serial = get(token, "passkeys").extract().path("passkeys[0].serialNumber");
    get(token, "audit/events?eventName=ConsoleLogin&userName=" + alice.name())
        .body("events[0].additionalEventData.MFAUsed", equalTo("Yes"))
        .body("events[0].additionalEventData.MFAIdentifier", equalTo(serial));
    get(token, "audit/events?eventName=EnableMFADevice&userName=" + alice.name())
        .body("events[0].requestParameters.serialNumber", equalTo(serial));
    get(token, "passkeys").body("passkeys[0].lastUsedAt", notNullValue());
  }

  private static String claims(String token) {
    return new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8);
  }

  @Test
  void a_passkey_in_place_of_a_password_is_two_factors_in_one() {
    Person alice = holders.person();
    Authenticator key = enrolled(alice);
    Asked asked = Asked.alone();

    assertThat(asked.options().get("userVerification")).isEqualTo("required");
    assertThat((List<?>) asked.options().get("allowCredentials")).isEmpty();
    String token =
        asked
            .answer(key)
            .statusCode(200)
            .body("status", equalTo("SIGNED_IN"))
            .body("arn", equalTo(alice.arn()))
            .body("mfa", equalTo(true))
            .extract()
            .path("token");
    assertThat(claims(token)).contains("\"amr\":[\"pop\",\"user\",\"mfa\"]");
  }

  @Test
  void without_a_password_to_their_name_nobody_signs_in_with_a_passkey() {
    Person alice = holders.person();
    Authenticator key = enrolled(alice);
    People.ok(wire.iam(Key.ADMIN, "DeleteLoginProfile", "UserName", alice.name()));

    Asked.alone().answer(key).statusCode(401).body("error.code", equalTo("WRONG_PASSKEY"));
  }

  @Test
  void who_has_nothing_but_a_passkey_cannot_sign_in_with_the_password_alone() {
    Person alice = holders.person();
    enrolled(alice);

    String transaction =
        Keyholders.password(alice)
            .body("status", equalTo("MFA_REQUIRED"))
            .body("devices", empty())
            .body("passkey.allowCredentials", hasSize(1))
            .body("passkey.userVerification", equalTo("preferred"))
            .body("token", equalTo(null))
            .extract()
            .path("transaction");
    post("sign-in/new-password", Map.of("transaction", transaction, "newPassword", "another one"))
        .statusCode(401);
    String serial =
        wire.iam(Key.ADMIN, "ListMFADevices", "UserName", alice.name()).text("SerialNumber");
    String second = Asked.beside(alice).transaction();
    post("sign-in/mfa", Map.of("transaction", second, "serialNumber", serial, "code", "123456"))
        .statusCode(401)
        .body("error.code", equalTo("WRONG_CODE"))
        .body("error.passkey.challenge", notNullValue());
    String third = Asked.beside(alice).transaction();
    post("sign-in/mfa", Map.of("transaction", third, "code", "123456")).statusCode(401);
  }

  @Test
  void a_device_that_comes_while_a_password_is_being_chosen_is_asked_for() {
    Person alice = people.user();
    String[] profile = {"UserName", alice.name(), "Password", Keyholders.PASSWORD};
    People.ok(wire.iam(Key.ADMIN, "CreateLoginProfile", profile));
    String[] reset = {"UserName", alice.name(), "PasswordResetRequired", "true"};
    People.ok(wire.iam(Key.ADMIN, "UpdateLoginProfile", reset));
    String transaction =
        Keyholders.password(alice)
            .body("status", equalTo("NEW_PASSWORD_REQUIRED"))
            .extract()
            .path("transaction");

    people.device(alice);

    post("sign-in/new-password", Map.of("transaction", transaction, "newPassword", "another one"))
        .statusCode(401)
        .body("error.code", equalTo("EXPIRED"));
    Keyholders.password(alice).body("status", equalTo("MFA_REQUIRED"));
  }

  @Test
  void who_has_both_kinds_chooses() {
    Person alice = holders.person();
    Device app = people.device(alice);
    String transaction = Asked.beside(alice).transaction();
    String token =
        post("sign-in/mfa", Map.of("transaction", transaction, "code", app.freshCode()))
            .extract()
            .path("token");
    Authenticator key = new Authenticator();
    Keyholders.enrol(token, key);

    Keyholders.password(alice)
        .body("devices", hasItem(app.serialNumber()))
        .body("passkey.allowCredentials.id", hasItem(Authenticator.text(key.id)));
    signedIn(alice, key);
    String again = Asked.beside(alice).transaction();
    post("sign-in/mfa", Map.of("transaction", again, "code", app.freshCode()))
        .statusCode(200)
        .body("mfa", equalTo(true));
  }

  @Test
  void beside_a_password_presence_will_do_but_alone_it_will_not() {
    Person alice = holders.person();
    Authenticator key = enrolled(alice);
    key.flags = Authenticator.PRESENT;

    signedIn(alice, key);
    Asked.alone().answer(key).statusCode(401).body("error.code", equalTo("WRONG_PASSKEY"));
    key.flags = Authenticator.VERIFIED;
    Asked.beside(alice).answer(key).statusCode(401);
  }

  @Test
  void who_does_not_say_who_it_is_signs_in_with_a_password_only() {
    Person alice = holders.person();
    Authenticator key = enrolled(alice);
    String handle = key.userHandle;
    key.userHandle = "";

    signedIn(alice, key);
    Asked.alone().answer(key).statusCode(401);
    key.userHandle = Authenticator.text(new byte[32]);
    Asked.alone().answer(key).statusCode(401);
    Asked.beside(alice).answer(key).statusCode(401);
    key.userHandle = handle;
    Asked.alone().answer(key).statusCode(200);
  }

  /// What must not be done, and how to do it.
  private record Wrong(String what, Consumer<Authenticator> doing) {}

  @Test
  void what_is_no_answer_to_the_challenge_is_refused_alike() {
    Person alice = holders.person();
    List<Wrong> wrongs =
        List.of(
            new Wrong("another origin", key -> key.origin = "http://evil.example"),
            new Wrong("another port", key -> key.origin = "http://localhost:8081"),
            new Wrong("a longer origin", key -> key.origin = "http://localhost:8080.evil.example"),
            new Wrong("another site", key -> key.site = "evil.example"),
            new Wrong("a page within another", key -> key.framed = true),
            new Wrong("nobody there", key -> key.flags = 0),
            new Wrong("another ceremony", key -> key.type = "webauthn.create"),
            new Wrong("a count that stands", key -> key.count = key.count - 1),
            new Wrong("a count that goes back", key -> key.count = 0));
    Authenticator key = enrolled(alice);
    signedIn(alice, key);
    signedIn(alice, key);
    String origin = key.origin;

    for (Wrong wrong : wrongs) {
      int count = key.count;
      Keyholders.forgetAttempts(redis);
      for (Asked asked : List.of(Asked.beside(alice), Asked.alone())) {
        key.count = count;
        wrong.doing().accept(key);
        var refused = asked.answer(key);
        assertThat(refused.extract().statusCode()).as(wrong.what()).isEqualTo(401);
        refused
            .body("error.code", equalTo("WRONG_PASSKEY"))
            .body("error.transaction", not(asked.transaction()))
            .body("error.passkey.challenge", not(asked.options().get("challenge")));
      }
      key.origin = origin;
      key.site = "localhost";
      key.flags = Authenticator.PRESENT | Authenticator.VERIFIED;
      key.type = "";
      key.framed = false;
      key.count = count;
    }
    signedIn(alice, key);
  }

  @Test
  void a_wrong_answer_can_be_followed_by_a_right_one_but_not_for_ever() {
    Person alice = holders.person();
    Authenticator key = enrolled(alice);
    Asked asked = Asked.beside(alice);

    key.origin = "http://evil.example";
    Asked next = Asked.of(asked.answer(key).statusCode(401), "error.");
    key.origin = "http://localhost:8080";
    next.answer(key).statusCode(200);

    Asked last = Asked.beside(alice);
    key.origin = "http://evil.example";
    for (int i = 0; i < 4; i++) {
      last = Asked.of(last.answer(key).body("error.code", equalTo("WRONG_PASSKEY")), "error.");
    }
    last.answer(key).statusCode(401).body("error.code", equalTo("EXPIRED"));
  }

  @Test
  void what_was_signed_once_is_signed_for_once() {
    Person alice = holders.person();
    Authenticator key = enrolled(alice);
    Asked asked = Asked.beside(alice);
    Map<String, Object> signed = key.sign(asked.options());

    asked.answer(signed).statusCode(200);

    asked.answer(signed).statusCode(401).body("error.code", equalTo("EXPIRED"));
    Asked.beside(alice).answer(signed).body("error.code", equalTo("WRONG_PASSKEY"));
    Asked.alone().answer(signed).body("error.code", equalTo("WRONG_PASSKEY"));
    Asked other = Asked.alone();
    Asked.alone().answer(key.sign(other.options())).statusCode(401);
  }

  @Test
  void a_challenge_that_is_too_old_is_gone() {
    Person alice = holders.person();
    Authenticator key = enrolled(alice);
    Asked asked = Asked.beside(alice);
    Asked alone = Asked.alone();

    for (Asked each : List.of(asked, alone)) {
      String name = Kind.SIGN_IN.key(each.transaction());
      assertThat(redis.pttlAndAwait(name).toLong()).isBetween(1L, 300_000L);
      redis.pexpireAndAwait(List.of(name, "0"));
      each.answer(key).statusCode(401).body("error.code", equalTo("EXPIRED"));
    }
  }

  @Test
  void a_passkey_is_its_users_alone() {
    Person alice = holders.person();
    Person bob = holders.person();
    enrolled(alice);
    Authenticator bobs = enrolled(bob);

    Asked.beside(alice).answer(bobs).statusCode(401).body("error.code", equalTo("WRONG_PASSKEY"));
    bobs.userHandle = "";
    Asked.beside(alice).answer(bobs).statusCode(401);
    Asked.beside(alice).answer(new Authenticator()).statusCode(401);
    Asked.alone().answer(new Authenticator()).statusCode(401);
  }

  @Test
  void another_key_under_a_known_name_is_refused() {
    Person alice = holders.person();
    Authenticator key = enrolled(alice);
    Authenticator thief = new Authenticator();
    System.arraycopy(key.id, 0, thief.id, 0, key.id.length);
    thief.userHandle = key.userHandle;
    thief.count = 100;

    Asked.beside(alice).answer(thief).statusCode(401);
    Asked.alone().answer(thief).statusCode(401);
    signedIn(alice, key);
  }

  @Test
  void one_kind_of_transaction_is_never_taken_for_another() {
    Person alice = holders.person();
    String token = signedIn(alice);
    Authenticator key = enrolled(alice);
    String fresh = signedIn(alice, key);

    Asked enrolment = Keyholders.begin(fresh);
    enrolment.answer(key).statusCode(401).body("error.code", equalTo("EXPIRED"));
    Asked.alone().answer(key.sign(enrolment.options())).statusCode(401);
    Asked alone = Asked.alone();
    post("sign-in/mfa", Map.of("transaction", alone.transaction(), "code", "123456"))
        .statusCode(401)
        .body("error.code", equalTo("EXPIRED"));
    Asked beside = Asked.beside(alice);
    Authenticator another = new Authenticator();
    Map<String, Object> creation = new HashMap<>(enrolment.options());
    creation.put("challenge", beside.options().get("challenge"));
    Keyholders.enrol(fresh, beside, another.make(creation)).statusCode(400);
    Keyholders.enrol(token, beside, another.make(creation)).statusCode(400);
  }

  @Test
  void one_challenge_answered_fifty_times_at_once_signs_in_once() throws Exception {
    Person alice = holders.person();
    Authenticator key = enrolled(alice);
    for (Asked asked : List.of(Asked.beside(alice), Asked.alone())) {
      Map<String, Object> signed = key.sign(asked.options());
      Callable<Integer> attempt = () -> asked.answer(signed).extract().statusCode();

      List<Integer> statuses = new ArrayList<>();
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (var future : threads.invokeAll(Collections.nCopies(50, attempt))) {
          statuses.add(future.get());
        }
      }

      assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
      assertThat(statuses).filteredOn(status -> status >= 500).isEmpty();
    }
  }

  @Test
  void one_count_used_under_many_challenges_at_once_signs_in_once() throws Exception {
    Person alice = holders.person();
    Authenticator key = enrolled(alice);
    List<Callable<Integer>> attempts = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Asked asked = Asked.alone();
      key.count = 41;
      Map<String, Object> signed = key.sign(asked.options());
      attempts.add(() -> asked.answer(signed).extract().statusCode());
    }

    List<Integer> statuses = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var future : threads.invokeAll(attempts)) {
        statuses.add(future.get());
      }
    }

    assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
    assertThat(statuses).filteredOn(status -> status >= 500).isEmpty();
  }

  @Test
  void a_key_that_does_not_count_signs_in_again_and_again() {
    Person alice = holders.person();
    Authenticator key = enrolled(alice);

    for (int i = 0; i < 3; i++) {
      key.count = -1;
      signedIn(alice, key);
    }
  }

  @Test
  void what_is_too_much_or_nothing_is_refused() {
    Person alice = holders.person();
    Authenticator key = enrolled(alice);
    String huge = "A".repeat(200_000);

    for (String member :
        List.of("clientDataJSON", "authenticatorData", "signature", "userHandle")) {
      Asked asked = Asked.beside(alice);
      for (String bad : List.of(huge, "!", "AAAA")) {
        Map<String, Object> signed = new HashMap<>(key.sign(asked.options()));
        Map<String, Object> response = new HashMap<>(response(signed));
        response.put(member, bad);
        signed.put("response", response);
        asked = Asked.of(asked.answer(signed).statusCode(401), "error.");
      }
      Map<String, Object> signed = new HashMap<>(key.sign(asked.options()));
      Map<String, Object> response = new HashMap<>(response(signed));
      response.remove(member);
      signed.put("response", response);
      asked.answer(signed).statusCode(member.equals("userHandle") ? 200 : 400);
    }
    Map<String, Object> named = new HashMap<>(key.sign(Asked.alone().options()));
    named.put("id", huge);
    named.put("rawId", huge);
    Asked.alone().answer(named).statusCode(401);
    named.put("rawId", "other");
    Asked.alone().answer(named).statusCode(400);
    post("sign-in/passkey", Map.of("transaction", huge, "credential", named)).statusCode(400);
    named.put("rawId", huge);
    post("sign-in/passkey", Map.of("transaction", huge, "credential", named)).statusCode(401);
    post("sign-in/passkey", Map.of()).statusCode(400);
    post("sign-in/passkey", Map.of("transaction", "x")).statusCode(400);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> response(Map<String, Object> credential) {
    return (Map<String, Object>) credential.get("response");
  }

  @Test
  void attempts_from_one_place_are_counted() {
    // A hundred at once; some more, as more come to be allowed while these are made.
    Response last =
        Stream.generate(this::attempt).limit(200).filter(this::isRefused).findFirst().orElseThrow();

    assertThat(last.statusCode()).isEqualTo(429);
    assertThat(last.header("Retry-After")).isNotNull();
    Keyholders.forgetAttempts(redis);
  }

  private Response attempt() {
    return RestAssured.given().post("/api/sign-in/passkey/options");
  }

  private boolean isRefused(Response response) {
    return response.statusCode() != 200;
  }
}
