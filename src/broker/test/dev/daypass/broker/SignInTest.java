package dev.daypass.broker;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import dev.daypass.broker.People.Device;
import dev.daypass.broker.People.Person;
import dev.daypass.broker.Wire.Key;
import dev.daypass.broker.Wire.Reply;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A person signs in, sees roles, gets sessions and signs out.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class SignInTest {
  private static final String PASSWORD = "correct horse battery";

  @TestHTTPResource URI server;
  private Wire wire;
  private People people;

  @BeforeEach
  void begin() {
    wire = new Wire(server.getPort());
    people = new People(wire);
  }

  private Person person() {
    Person person = people.user();
    People.ok(
        wire.iam(Key.ADMIN, "CreateLoginProfile", "UserName", person.name(), "Password", PASSWORD));
    return person;
  }

  private static ValidatableResponse post(String path, Map<String, ?> body) {
    return given().contentType("application/json").body(body).post("/api/" + path).then();
  }

  private static ValidatableResponse password(String name, String password) {
    return post(
        "sign-in", Map.of("account", People.ACCOUNT, "userName", name, "password", password));
  }

  private static String signedIn(Person person) {
    return password(person.name(), PASSWORD)
        .statusCode(200)
        .body("status", equalTo("SIGNED_IN"))
        .extract()
        .path("token");
  }

  private static String signedIn(Person person, Device device) {
    String transaction =
        password(person.name(), PASSWORD)
            .statusCode(200)
            .body("status", equalTo("MFA_REQUIRED"))
            .body("devices", contains(device.serialNumber()))
            .extract()
            .path("transaction");
    return post("sign-in/mfa", Map.of("transaction", transaction, "code", device.freshCode()))
        .statusCode(200)
        .body("status", equalTo("SIGNED_IN"))
        .body("mfa", equalTo(true))
        .extract()
        .path("token");
  }

  private static ValidatableResponse get(String token, String path) {
    return given().auth().oauth2(token).get("/api/" + path).then();
  }

  @Test
  void a_person_with_a_device_proves_both_and_gets_a_role() {
    Person alice = person();
    Device device = people.device(alice);
    String role =
        people.role(
            """
            {"Effect": "Allow", "Principal": {"AWS": "%s"}, "Action": "sts:AssumeRole",
             "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}}
            """
                .formatted(alice.arn()));

    String token = signedIn(alice, device);

    get(token, "identity").statusCode(200).body("arn", equalTo(alice.arn()));
    get(token, "roles")
        .statusCode(200)
        .body("roles.arn", hasItem(role))
        .body("roles.find { it.arn == '" + role + "' }.assumable", equalTo("NOW"));
    Map<String, String> credentials =
        given()
            .auth()
            .oauth2(token)
            .contentType("application/json")
            .body(Map.of("roleArn", role))
            .post("/api/sessions")
            .then()
            .statusCode(200)
            .extract()
            .path("");
    Key session =
        new Key(
            credentials.get("accessKeyId"),
            credentials.get("secretAccessKey"),
            Optional.of(credentials.get("sessionToken")));
    assertThat(wire.sts(session, "GetCallerIdentity").text("Arn"))
        .endsWith(
            ":assumed-role/" + role.substring(role.lastIndexOf('/') + 1) + "/" + alice.name());
    given().auth().oauth2(token).delete("/api/sign-in").then().statusCode(204);
    get(token, "identity").statusCode(403);
    assertThat(wire.sts(session, "GetCallerIdentity").code()).isEqualTo("InvalidClientTokenId");
  }

  @Test
  void without_a_second_factor_a_role_that_wants_one_is_shown_as_such_and_refused() {
    Person alice = person();
    String role =
        people.role(
            """
            {"Effect": "Allow", "Principal": {"AWS": "%s"}, "Action": "sts:AssumeRole",
             "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "true"}}}
            """
                .formatted(alice.arn()));

    String token = signedIn(alice);

    get(token, "roles")
        .body("roles.find { it.arn == '" + role + "' }.assumable", equalTo("WITH_MFA"));
    given()
        .auth()
        .oauth2(token)
        .contentType("application/json")
        .body(Map.of("roleArn", role))
        .post("/api/sessions")
        .then()
        .statusCode(403)
        .body("error.code", equalTo("AccessDenied"))
        .body("error.requestId", notNullValue());
  }

  @Test
  void whatever_is_wrong_the_answer_is_the_same() {
    Person withPassword = person();
    Person without = people.user();

    String wrong = password(withPassword.name(), "wrong").statusCode(401).extract().asString();
    String unknown = password("nobody-at-all", "wrong").statusCode(401).extract().asString();
    String none = password(without.name(), "wrong").statusCode(401).extract().asString();

    assertThat(List.of(unknown, none)).containsOnly(wrong);
  }

  @Test
  void a_password_that_must_be_changed_is_changed_before_anything_else() {
    Person alice = people.user();
    People.ok(
        wire.iam(
            Key.ADMIN,
            "CreateLoginProfile",
            "UserName",
            alice.name(),
            "Password",
            PASSWORD,
            "PasswordResetRequired",
            "true"));

    String transaction =
        password(alice.name(), PASSWORD)
            .body("status", equalTo("NEW_PASSWORD_REQUIRED"))
            .extract()
            .path("transaction");
    post("sign-in/mfa", Map.of("transaction", transaction, "code", "123456")).statusCode(401);
    String again = password(alice.name(), PASSWORD).statusCode(200).extract().path("transaction");
    post("sign-in/new-password", Map.of("transaction", again, "newPassword", "another password"))
        .statusCode(200)
        .body("status", equalTo("SIGNED_IN"));

    password(alice.name(), PASSWORD).statusCode(401);
    password(alice.name(), "another password").body("status", equalTo("SIGNED_IN"));
  }

  @Test
  void an_accounts_policy_holds_for_every_way_to_set_a_password() {
    Person alice = person();
    People.ok(
        wire.iam(
            Key.ADMIN,
            "UpdateAccountPasswordPolicy",
            "MinimumPasswordLength",
            "12",
            "RequireNumbers",
            "true",
            "MaxPasswordAge",
            "90",
            "PasswordReusePrevention",
            "3"));
    try {
      Reply read = wire.iam(Key.ADMIN, "GetAccountPasswordPolicy");
      assertThat(read.text("MinimumPasswordLength")).isEqualTo("12");
      assertThat(read.text("ExpirePasswords")).isEqualTo("true");
      Reply weak = set(alice, "short");
      assertThat(weak.code()).isEqualTo("PasswordPolicyViolation");
      assertThat(weak.message())
          .isEqualTo(
              "Password should have a minimum length of 12, Password should have at least one number");

      People.ok(set(alice, "number 1 password"));
      People.ok(set(alice, "number 2 password"));
      assertThat(set(alice, "number 1 password").code()).isEqualTo("PasswordPolicyViolation");
      assertThat(set(alice, "number 2 password").code()).isEqualTo("PasswordPolicyViolation");

      TestClock.forward(Duration.ofDays(91));
      String transaction =
          password(alice.name(), "number 2 password")
              .body("status", equalTo("NEW_PASSWORD_REQUIRED"))
              .extract()
              .path("transaction");
      String again =
          post("sign-in/new-password", Map.of("transaction", transaction, "newPassword", "weak"))
              .statusCode(401)
              .body("error.code", equalTo("WEAK_PASSWORD"))
              .extract()
              .path("error.transaction");
      post("sign-in/new-password", Map.of("transaction", again, "newPassword", "number 3 password"))
          .body("status", equalTo("SIGNED_IN"));

      People.ok(
          wire.iam(
              Key.ADMIN,
              "UpdateAccountPasswordPolicy",
              "MaxPasswordAge",
              "90",
              "HardExpiry",
              "true"));
      TestClock.forward(Duration.ofDays(91));
      password(alice.name(), "number 3 password")
          .statusCode(401)
          .body("error.code", equalTo("PASSWORD_EXPIRED"));
    } finally {
      People.ok(wire.iam(Key.ADMIN, "DeleteAccountPasswordPolicy"));
    }
    assertThat(wire.iam(Key.ADMIN, "DeleteAccountPasswordPolicy").code()).isEqualTo("NoSuchEntity");
    assertThat(wire.iam(Key.ADMIN, "GetAccountPasswordPolicy").code()).isEqualTo("NoSuchEntity");
    password(alice.name(), "number 3 password").body("status", equalTo("SIGNED_IN"));
  }

  @Test
  void a_changed_password_a_removed_device_and_a_removed_password_end_every_sign_in() {
    Person alice = person();
    String first = signIn(alice, PASSWORD);
    get(first, "identity").statusCode(200);
    TestClock.forward(Duration.ofSeconds(2));
    People.ok(set(alice, "another password"));
    get(first, "identity").statusCode(403);

    TestClock.forward(Duration.ofSeconds(2));
    String second = signIn(alice, "another password");
    Device device = people.device(alice);
    get(second, "identity").statusCode(200);
    People.ok(
        wire.iam(
            Key.ADMIN,
            "DeactivateMFADevice",
            "UserName",
            alice.name(),
            "SerialNumber",
            device.serialNumber()));
    get(second, "identity").statusCode(403);

    TestClock.forward(Duration.ofSeconds(2));
    String third = signIn(alice, "another password");
    TestClock.forward(Duration.ofSeconds(2));
    People.ok(wire.iam(Key.ADMIN, "DeleteLoginProfile", "UserName", alice.name()));
    get(third, "identity").statusCode(403);
  }

  @Test
  void a_sign_in_that_began_with_the_former_password_goes_no_further() {
    Person alice = person();
    Device device = people.device(alice);
    String transaction = password(alice.name(), PASSWORD).extract().path("transaction");
    People.ok(set(alice, "another password"));

    post("sign-in/mfa", Map.of("transaction", transaction, "code", device.freshCode()))
        .statusCode(401)
        .body("error.code", equalTo("EXPIRED"));
  }

  private String signIn(Person person, String password) {
    return password(person.name(), password)
        .body("status", equalTo("SIGNED_IN"))
        .extract()
        .path("token");
  }

  private Reply set(Person person, String password) {
    return wire.iam(
        Key.ADMIN, "UpdateLoginProfile", "UserName", person.name(), "Password", password);
  }

  @Test
  void a_wrong_code_can_be_tried_again_and_a_step_cannot_be_taken_twice() {
    Person alice = person();
    Device device = people.device(alice);
    String transaction = password(alice.name(), PASSWORD).extract().path("transaction");

    String next =
        post("sign-in/mfa", Map.of("transaction", transaction, "code", "000000"))
            .statusCode(401)
            .body("error.code", equalTo("WRONG_CODE"))
            .extract()
            .path("error.transaction");
    String code = device.freshCode();

    post("sign-in/mfa", Map.of("transaction", transaction, "code", code))
        .statusCode(401)
        .body("error.code", equalTo("EXPIRED"));
    post("sign-in/mfa", Map.of("transaction", next, "code", code)).statusCode(200);
    post("sign-in/mfa", Map.of("transaction", next, "code", device.freshCode()))
        .statusCode(401)
        .body("error.code", equalTo("EXPIRED"));
  }

  @Test
  void one_transaction_and_one_code_used_fifty_times_at_once_sign_in_once() throws Exception {
    Person alice = person();
    Device device = people.device(alice);
    String transaction = password(alice.name(), PASSWORD).extract().path("transaction");
    String code = device.freshCode();
    Callable<Integer> attempt =
        () ->
            post("sign-in/mfa", Map.of("transaction", transaction, "code", code))
                .extract()
                .statusCode();

    List<Integer> statuses = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var future : threads.invokeAll(java.util.Collections.nCopies(50, attempt))) {
        statuses.add(future.get());
      }
    }

    assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
    assertThat(statuses).filteredOn(status -> status >= 500).isEmpty();
  }

  @Test
  void guessing_passwords_is_stopped_with_an_honest_wait() {
    Person alice = person();

    for (int i = 0; i < 10; i++) {
      password(alice.name(), "guess " + i).statusCode(401);
    }

    password(alice.name().toUpperCase(), PASSWORD)
        .statusCode(429)
        .header("Retry-After", notNullValue())
        .body("error.code", equalTo("TOO_MANY_ATTEMPTS"));
  }

  @Test
  void what_is_no_token_of_a_sign_in_opens_nothing() {
    Person alice = person();
    String token = signedIn(alice);
    String[] parts = token.split("\\.");
    String none =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("{\"alg\":\"none\",\"typ\":\"daypass-sign-in+jwt\"}".getBytes());

    for (String twisted :
        List.of(
            "x",
            "a.b.c",
            none + "." + parts[1] + ".",
            parts[0] + "." + parts[1] + ".",
            parts[0] + "." + parts[1] + "." + parts[2].substring(2))) {
      get(twisted, "identity").statusCode(401);
    }
    given().get("/api/identity").then().statusCode(401);
    given().get("/api/roles").then().statusCode(401);
    given().post("/api/sessions").then().statusCode(401);
    given().get("/api/audit/events").then().statusCode(401);
  }

  @Test
  void bodies_of_any_kind_are_refused_as_bad_requests() {
    for (String body : List.of("", "null", "{", "[]", "{\"account\": 7}", "\"x\"")) {
      given()
          .contentType("application/json")
          .body(body)
          .post("/api/sign-in")
          .then()
          .statusCode(400);
    }
  }

  @Test
  void the_trail_tells_who_did_what_and_no_secret() {
    Person alice = person();
    people.allow(
        alice,
        "{\"Effect\": \"Allow\", \"Action\": \"cloudtrail:LookupEvents\", \"Resource\": \"*\"}");
    wire.iam(alice.key(), "ListUsers");
    password(alice.name(), "wrong").statusCode(401);
    String token = signedIn(alice);

    get(token, "audit/events?userName=" + alice.name())
        .statusCode(200)
        .body("events.eventName", contains("ConsoleLogin", "ConsoleLogin", "ListUsers"))
        .body("events[2].errorCode", equalTo("AccessDenied"))
        .body("events[2].userIdentity.arn", equalTo(alice.arn()))
        .body("events[2].eventSource", equalTo("iam.amazonaws.com"))
        .body("events[0].additionalEventData.MFAUsed", equalTo("No"));
    String made =
        get(token, "audit/events?userName=admin&eventName=CreateLoginProfile&maxResults=1000")
            .extract()
            .asString();
    assertThat(made).contains(alice.name()).doesNotContain(PASSWORD);
    String keys =
        get(token, "audit/events?eventName=CreateAccessKey&maxResults=1000").extract().asString();
    assertThat(keys).contains(alice.key().id()).doesNotContain(alice.key().secret());
    String next =
        get(token, "audit/events?userName=" + alice.name() + "&maxResults=2")
            .body("events", hasSize(2))
            .extract()
            .path("nextToken");
    get(token, "audit/events?userName=" + alice.name() + "&maxResults=2&nextToken=" + next)
        .body("events", hasSize(1));
    get(token, "audit/events?nextToken=forged").statusCode(400);
    String id =
        get(token, "audit/events?userName=" + alice.name() + "&eventName=ListUsers")
            .extract()
            .path("events[0].requestID");
    get(token, "audit/events?requestId=" + id)
        .body("events.eventName", contains("ListUsers"))
        .body("events[0].errorCode", equalTo("AccessDenied"));
    String refused =
        given()
            .auth()
            .oauth2(token)
            .contentType("application/json")
            .body(Map.of("roleArn", "arn:aws:iam::111122223333:role/none"))
            .post("/api/sessions")
            .then()
            .statusCode(403)
            .extract()
            .path("error.requestId");
    get(token, "audit/events?requestId=" + refused)
        .body("events.eventName", contains("AssumeRole"))
        .body("events[0].errorCode", equalTo("AccessDenied"));
    get(token, "audit/events?requestId=" + UUID.randomUUID()).body("events", hasSize(0));
    get(token, "audit/events?requestId=" + id + "&eventName=ListRoles").body("events", hasSize(0));
    get(signedIn(person()), "audit/events").statusCode(403);
  }
}
