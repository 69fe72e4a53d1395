package dev.daypass.broker;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import dev.daypass.broker.People.Person;
import dev.daypass.broker.Wire.Key;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.redis.client.RedisAPI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// People with passwords and passkeys, for tests.
final class Keyholders {
  static final String PASSWORD = "correct horse battery";
  private static final String MAY_ENROL =
      """
      {"Effect": "Allow", "Action": ["iam:EnableMFADevice", "iam:ListMFADevices"],
       "Resource": "arn:aws:iam::*:user/${aws:username}"}
      """;

  private final Wire wire;
  private final People people;

  Keyholders(Wire wire) {
    this.wire = wire;
    people = new People(wire);
  }

  /// Somebody who may enrol passkeys and has none.
  Person person() {
    Person person = withPassword();
    people.allow(person, MAY_ENROL);
    return person;
  }

  /// Somebody who may do nothing.
  Person withPassword() {
    Person person = people.user();
    People.ok(
        wire.iam(Key.ADMIN, "CreateLoginProfile", "UserName", person.name(), "Password", PASSWORD));
    return person;
  }

  /// Tests make more attempts than people do.
  static void forgetAttempts(RedisAPI redis) {
    for (var key : redis.keysAndAwait("throttle:*")) {
      redis.delAndAwait(List.of(key.toString()));
    }
  }

  static ValidatableResponse post(String path, Map<String, ?> body) {
    return given().contentType("application/json").body(body).post("/api/" + path).then();
  }

  static ValidatableResponse post(String token, String path, Map<String, ?> body) {
    return given()
        .auth()
        .oauth2(token)
        .contentType("application/json")
        .body(body)
        .post("/api/" + path)
        .then();
  }

  static ValidatableResponse get(String token, String path) {
    return given().auth().oauth2(token).get("/api/" + path).then();
  }

  static ValidatableResponse password(Person person) {
    return post(
        "sign-in",
        Map.of("account", People.ACCOUNT, "userName", person.name(), "password", PASSWORD));
  }

  /// The token of somebody without a device.
  static String signedIn(Person person) {
    return password(person).body("status", equalTo("SIGNED_IN")).extract().path("token");
  }

  /// What is asked of a passkey, and under which transaction.
  record Asked(String transaction, Map<String, ?> options) {
    static Asked of(ValidatableResponse answer, String root) {
      return new Asked(
          answer.extract().path(root + "transaction"), answer.extract().path(root + "passkey"));
    }

    /// After a right password.
    static Asked beside(Person person) {
      return of(password(person).statusCode(200).body("status", equalTo("MFA_REQUIRED")), "");
    }

    /// In place of a password.
    static Asked alone() {
      return of(given().post("/api/sign-in/passkey/options").then().statusCode(200), "");
    }

    ValidatableResponse answer(Map<String, ?> credential) {
      return post("sign-in/passkey", Map.of("transaction", transaction, "credential", credential));
    }

    ValidatableResponse answer(Authenticator key) {
      return answer(key.sign(options));
    }
  }

  static String signedIn(Person person, Authenticator key) {
    return Asked.beside(person)
        .answer(key)
        .statusCode(200)
        .body("status", equalTo("SIGNED_IN"))
        .body("mfa", equalTo(true))
        .extract()
        .path("token");
  }

  /// What a new passkey is to be.
  static Asked begin(String token) {
    ValidatableResponse answer = post(token, "passkeys/options", Map.of()).statusCode(200);
    return new Asked(answer.extract().path("transaction"), answer.extract().path("publicKey"));
  }

  static ValidatableResponse enrol(String token, Asked asked, Map<String, ?> credential) {
    return post(
        token,
        "passkeys",
        Map.of("transaction", asked.transaction(), "name", "key", "credential", credential));
  }

  static String enrol(String token, Authenticator key) {
    Asked asked = begin(token);
    return enrol(token, asked, key.make(asked.options()))
        .statusCode(200)
        .extract()
        .path("serialNumber");
  }

  /// A passkey of somebody who had no device.
  static Authenticator enrolled(Person person) {
    Authenticator key = new Authenticator();
    enrol(signedIn(person), key);
    // Sign-ins are told apart by the second.
    TestClock.forward(Duration.ofSeconds(2));
    return key;
  }
}
