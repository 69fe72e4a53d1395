package dev.daypass.broker;

import static dev.daypass.broker.Keyholders.begin;
import static dev.daypass.broker.Keyholders.enrol;
import static dev.daypass.broker.Keyholders.enrolled;
import static dev.daypass.broker.Keyholders.get;
import static dev.daypass.broker.Keyholders.post;
import static dev.daypass.broker.Keyholders.signedIn;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import dev.daypass.broker.Keyholders.Asked;
import dev.daypass.broker.People.Device;
import dev.daypass.broker.People.Person;
import dev.daypass.broker.Wire.Key;
import dev.daypass.broker.Wire.Reply;
import dev.daypass.broker.tickets.Tickets.Kind;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.redis.client.RedisAPI;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Passkeys are enrolled by their users, and are MFA devices to IAM.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class PasskeyTest {
  @TestHTTPResource URI server;
  @Inject RedisAPI redis;
  private Wire wire;
  private People people;
  private Keyholders holders;

  @BeforeEach
  void begin_anew() {
    Keyholders.forgetAttempts(redis);
    wire = new Wire(server.getPort());
    people = new People(wire);
    holders = new Keyholders(wire);
  }

  private Reply admin(String action, String... parameters) {
    return wire.iam(Key.ADMIN, action, parameters);
  }

  @Test
  void what_a_new_passkey_is_to_be() {
    Person alice = holders.person();
    String token = signedIn(alice);

    Asked asked = begin(token);
    Map<String, ?> options = asked.options();

    assertThat(options.get("rp")).isEqualTo(Map.of("id", "localhost", "name", "Daypass"));
    assertThat(Base64.getUrlDecoder().decode((String) options.get("challenge"))).hasSize(32);
    Map<?, ?> user = (Map<?, ?>) options.get("user");
    assertThat(Base64.getUrlDecoder().decode((String) user.get("id"))).hasSize(32);
    assertThat(user.get("displayName")).isEqualTo(alice.name());
    assertThat(options.get("attestation")).isEqualTo("none");
    assertThat(options.get("authenticatorSelection"))
        .isEqualTo(
            Map.of(
                "residentKey", "preferred",
                "requireResidentKey", false,
                "userVerification", "preferred"));
    assertThat(options.get("pubKeyCredParams"))
        .isEqualTo(
            List.of(
                Map.of("alg", -7, "type", "public-key"),
                Map.of("alg", -8, "type", "public-key"),
                Map.of("alg", -257, "type", "public-key")));
    assertThat((List<?>) options.get("excludeCredentials")).isEmpty();
    assertThat(begin(token).options().get("challenge")).isNotEqualTo(options.get("challenge"));
  }

  @Test
  void a_passkey_is_one_of_its_users_devices() {
    Person alice = holders.person();
    Device app = people.device(alice);
    String withCode = signedInWithCode(alice, app);
    Authenticator key = new Authenticator();

    String serial = enrol(withCode, key);

    assertThat(serial)
        .matches(
            "arn:aws:iam::" + People.ACCOUNT + ":u2f/user/" + alice.name() + "/key-[A-Z2-7]{26}");
    assertThat(admin("ListMFADevices", "UserName", alice.name()).body())
        .contains(serial, app.serialNumber());
    Reply shown = admin("GetMFADevice", "UserName", alice.name(), "SerialNumber", serial);
    assertThat(shown.status()).isEqualTo(200);
    assertThat(shown.text("UserName")).isEqualTo(alice.name());
    assertThat(shown.text("EnableDate")).isNotEmpty();
    assertThat(shown.body()).contains("Certifications");
    assertThat(admin("ListVirtualMFADevices", "MaxItems", "1000").body())
        .contains(app.serialNumber())
        .doesNotContain(serial);
    get(withCode, "passkeys")
        .statusCode(200)
        .body("passkeys", hasSize(1))
        .body("passkeys[0].serialNumber", equalTo(serial))
        .body("passkeys[0].name", equalTo("key"))
        .body("passkeys[0].enabledAt", notNullValue())
        .body("passkeys[0].transports", contains("usb"));
  }

  private static String signedInWithCode(Person person, Device device) {
    return post(
            "sign-in/mfa",
            Map.of("transaction", Asked.beside(person).transaction(), "code", device.freshCode()))
        .extract()
        .path("token");
  }

  @Test
  void an_administrator_takes_a_passkey_away_and_with_it_the_sign_ins() {
    Person alice = holders.person();
    Authenticator key = enrolled(alice);
    String token = signedIn(alice, key);
    String serial = admin("ListMFADevices", "UserName", alice.name()).text("SerialNumber");
    int before = devices();

    assertThat(admin("DeleteUser", "UserName", alice.name()).code()).isEqualTo("DeleteConflict");
    Person bob = holders.person();
    assertThat(admin("DeactivateMFADevice", "UserName", bob.name(), "SerialNumber", serial).code())
        .isEqualTo("NoSuchEntity");
    People.ok(admin("DeactivateMFADevice", "UserName", alice.name(), "SerialNumber", serial));

    assertThat(devices()).isEqualTo(before - 1);
    get(token, "identity").statusCode(403);
    Asked.alone().answer(key).statusCode(401);
    TestClock.forward(Duration.ofSeconds(2));
    signedIn(alice);
    assertThat(admin("GetMFADevice", "UserName", alice.name(), "SerialNumber", serial).code())
        .isEqualTo("NoSuchEntity");
    People.ok(admin("DeleteLoginProfile", "UserName", alice.name()));
    // Nothing but the key and the policy is left.
    assertThat(admin("DeleteUser", "UserName", alice.name()).code()).isEqualTo("DeleteConflict");
  }

  private int devices() {
    String body = admin("GetAccountSummary").body();
    assertThat(body).contains("<key>AccountMFAEnabled</key><value>0</value>");
    String after = body.substring(body.indexOf("<key>MFADevicesInUse</key><value>") + 33);
    return Integer.parseInt(after.substring(0, after.indexOf('<')));
  }

  @Test
  void what_is_for_codes_is_not_for_passkeys() {
    Person alice = holders.person();
    enrolled(alice);
    String serial = admin("ListMFADevices", "UserName", alice.name()).text("SerialNumber");
    String[] codes = {
      "UserName",
      alice.name(),
      "SerialNumber",
      serial,
      "AuthenticationCode1",
      "123456",
      "AuthenticationCode2",
      "234567"
    };

    assertThat(admin("EnableMFADevice", codes).code()).isEqualTo("NoSuchEntity");
    assertThat(admin("ResyncMFADevice", codes).code()).isEqualTo("NoSuchEntity");
    assertThat(admin("DeleteVirtualMFADevice", "SerialNumber", serial).code())
        .isEqualTo("NoSuchEntity");
    assertThat(admin("ListMFADeviceTags", "SerialNumber", serial).code()).isEqualTo("NoSuchEntity");
    assertThat(
            wire.sts(alice.key(), "GetSessionToken", "SerialNumber", serial, "TokenCode", "123456")
                .code())
        .isEqualTo("AccessDenied");
  }

  @Test
  void policies_say_who_may_enrol() {
    Person nobody = holders.withPassword();
    String token = signedIn(nobody);
    post(token, "passkeys/options", Map.of())
        .statusCode(403)
        .body("error.code", equalTo("AccessDenied"));
    get(token, "passkeys").statusCode(403);

    people.allow(
        nobody,
        """
        {"Effect": "Allow", "Action": "iam:EnableMFADevice", "Resource": "%s",
         "Condition": {"StringEquals": {"iam:RegisterSecurityKey": "Create"}}}
        """
            .formatted(nobody.arn()));
    Asked asked = begin(token);
    enrol(token, asked, new Authenticator().make(asked.options())).statusCode(403);
    people.allow(
        nobody,
        """
        {"Effect": "Allow", "Action": "iam:EnableMFADevice", "Resource": "%s",
         "Condition": {"StringEquals": {"iam:RegisterSecurityKey": "Activate"}}}
        """
            .formatted(nobody.arn()));
    Asked again = begin(token);
    enrol(token, again, new Authenticator().make(again.options())).statusCode(200);
  }

  @Test
  void who_has_a_device_adds_another_only_with_a_fresh_second_factor() {
    Person alice = holders.person();
    String before = signedIn(alice);
    Asked early = begin(before);
    Authenticator key = enrolled(alice);

    post(before, "passkeys/options", Map.of())
        .statusCode(403)
        .body("error.code", equalTo("AccessDenied"));
    enrol(before, early, new Authenticator().make(early.options())).statusCode(403);
    String token = signedIn(alice, key);
    Asked asked = begin(token);
    assertThat((List<?>) asked.options().get("excludeCredentials"))
        .isEqualTo(
            List.of(
                Map.of(
                    "id",
                    Authenticator.text(key.id),
                    "transports",
                    List.of("usb"),
                    "type",
                    "public-key")));
    assertThat(((Map<?, ?>) asked.options().get("user")).get("id")).isEqualTo(key.userHandle);
    TestClock.forward(Duration.ofMinutes(16));
    post(token, "passkeys/options", Map.of()).statusCode(403);
    enrol(token, asked, new Authenticator().make(asked.options())).statusCode(403);
    enrol(signedIn(alice, key), new Authenticator());
  }

  @Test
  void an_enrolment_is_its_sign_ins_alone_and_works_once() {
    Person alice = holders.person();
    Person bob = holders.person();
    String token = signedIn(alice);
    Authenticator key = new Authenticator();

    Asked bobs = begin(signedIn(bob));
    enrol(token, bobs, key.make(bobs.options())).statusCode(400);
    Asked elsewhere = begin(signedIn(alice));
    enrol(token, elsewhere, key.make(elsewhere.options())).statusCode(400);
    Asked asked = begin(token);
    redis.pexpireAndAwait(List.of(Kind.ENROLMENT.key(asked.transaction()), "0"));
    enrol(token, asked, key.make(asked.options())).statusCode(400);
    Asked first = begin(token);
    Asked second = begin(token);
    enrol(token, first, key.make(second.options())).statusCode(400);
    enrol(token, first, key.make(first.options())).statusCode(400);
    get(token, "passkeys").body("passkeys", hasSize(0));
    enrol(token, second, key.make(second.options())).statusCode(200);
  }

  @Test
  void what_is_no_new_passkey_of_ours_is_refused() {
    Person alice = holders.person();
    String token = signedIn(alice);
    String huge = "A".repeat(200_000);
    List<Authenticator> wrong = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      wrong.add(new Authenticator());
    }
    wrong.get(0).origin = "https://evil.example";
    wrong.get(1).site = "evil.example";
    wrong.get(2).flags = 0;
    wrong.get(3).type = "webauthn.get";
    wrong.get(4).flags = Authenticator.VERIFIED;
    wrong.get(5).framed = true;

    for (Authenticator key : wrong) {
      Keyholders.forgetAttempts(redis);
      Asked asked = begin(token);
      enrol(token, asked, key.make(asked.options()))
          .statusCode(400)
          .body("error.code", equalTo("ValidationError"));
    }
    String bomb = Authenticator.text(nested());
    for (String member : List.of("clientDataJSON", "attestationObject")) {
      for (String bad : List.of(huge, "!", "AAAA", bomb)) {
        Keyholders.forgetAttempts(redis);
        Asked asked = begin(token);
        Map<String, Object> made = new HashMap<>(new Authenticator().make(asked.options()));
        Map<String, Object> response = new HashMap<>((Map<String, Object>) made.get("response"));
        response.put(member, bad);
        made.put("response", response);
        enrol(token, asked, made).statusCode(400);
      }
    }
    get(token, "passkeys").body("passkeys", hasSize(0));
    given().post("/api/passkeys/options").then().statusCode(401);
    given().contentType("application/json").body("{}").post("/api/passkeys").then().statusCode(401);
    given().get("/api/passkeys").then().statusCode(401);
    post(token, "passkeys", Map.of()).statusCode(400);
    Asked asked = begin(token);
    Map<String, Object> made = new Authenticator().make(asked.options());
    for (String name : List.of("", "a/b", "a b", "x".repeat(65))) {
      post(
              token,
              "passkeys",
              Map.of("transaction", asked.transaction(), "name", name, "credential", made))
          .statusCode(400);
    }
  }

  /// Ten thousand lists in each other.
  private static byte[] nested() {
    byte[] lists = new byte[10_000];
    java.util.Arrays.fill(lists, (byte) 0x81);
    return lists;
  }

  @Test
  void a_key_that_attests_itself_is_taken_too_if_it_does_so_rightly() {
    Person alice = holders.person();
    String token = signedIn(alice);
    Authenticator key = new Authenticator();
    key.attestsItself = true;
    Asked asked = begin(token);
    Asked other = begin(token);

    Map<String, Object> made = new HashMap<>(key.make(asked.options()));
    Map<String, Object> response = new HashMap<>((Map<String, Object>) made.get("response"));
    Map<String, Object> elsewhere = (Map<String, Object>) key.make(other.options()).get("response");
    response.put("attestationObject", elsewhere.get("attestationObject"));
    made.put("response", response);
    enrol(token, asked, made).statusCode(400);
    enrol(token, key);
  }

  @Test
  void a_credential_is_enrolled_once() {
    Person alice = holders.person();
    Person bob = holders.person();
    Authenticator key = enrolled(alice);
    String token = signedIn(bob);
    Asked asked = begin(token);

    enrol(token, asked, key.make(asked.options()))
        .statusCode(409)
        .body("error.code", equalTo("EntityAlreadyExists"));
  }

  @Test
  void eight_devices_of_both_kinds_are_all_there_can_be() throws Exception {
    Person alice = holders.person();
    Device app = people.device(alice);
    String token = signedInWithCode(alice, app);
    for (int i = 0; i < 5; i++) {
      enrol(token, new Authenticator());
    }
    Keyholders.forgetAttempts(redis);
    List<Callable<Integer>> attempts = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Asked asked = begin(token);
      Map<String, Object> made = new Authenticator().make(asked.options());
      attempts.add(() -> enrol(token, asked, made).extract().statusCode());
    }

    List<Integer> statuses = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var future : threads.invokeAll(attempts)) {
        statuses.add(future.get());
      }
    }

    assertThat(statuses).filteredOn(status -> status == 200).hasSize(2);
    assertThat(statuses).filteredOn(status -> status == 409).hasSize(6);
    post(token, "passkeys/options", Map.of())
        .statusCode(409)
        .body("error.code", equalTo("LimitExceeded"));
    Reply created =
        admin("CreateVirtualMFADevice", "VirtualMFADeviceName", "ninth-" + alice.name());
    assertThat(
            admin(
                    "EnableMFADevice",
                    "UserName",
                    alice.name(),
                    "SerialNumber",
                    created.text("SerialNumber"),
                    "AuthenticationCode1",
                    "123456",
                    "AuthenticationCode2",
                    "234567")
                .code())
        .isEqualTo("LimitExceeded");
  }

  @Test
  void one_enrolment_ended_many_times_at_once_makes_one_device() throws Exception {
    Person alice = holders.person();
    String token = signedIn(alice);
    Asked asked = begin(token);
    Map<String, Object> made = new Authenticator().make(asked.options());
    Callable<Integer> attempt = () -> enrol(token, asked, made).extract().statusCode();

    List<Integer> statuses = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var future : threads.invokeAll(java.util.Collections.nCopies(30, attempt))) {
        statuses.add(future.get());
      }
    }

    assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
    assertThat(statuses).filteredOn(status -> status >= 500).isEmpty();
    get(token, "passkeys").body("passkeys", hasSize(1));
  }
}
