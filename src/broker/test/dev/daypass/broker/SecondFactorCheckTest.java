package dev.daypass.broker;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.daypass.broker.People.Device;
import dev.daypass.broker.People.Person;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.redis.client.RedisAPI;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `daypass mfa test`: whether a device shows the right codes, and nothing that comes of it.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class SecondFactorCheckTest {
  private static final int GUESSES = 10;

  @TestHTTPResource URI server;
  @Inject RedisAPI redis;
  @Inject Pool database;
  private People people;
  private Person alice;
  private Device device;
  private String token;

  @BeforeEach
  void begin() {
    Keyholders.forgetAttempts(redis);
    Wire wire = new Wire(server.getPort());
    people = new People(wire);
    alice = new Keyholders(wire).withPassword();
    // Signed in before there was a device: the check must not make up for it.
    token = Keyholders.signedIn(alice);
    device = people.device(alice);
  }

  private ValidatableResponse checked(String code) {
    return Keyholders.post(token, "mfa/check", Map.of("code", code));
  }

  private ValidatableResponse checked(Device of, String code) {
    return Keyholders.post(
        token, "mfa/check", Map.of("code", code, "serialNumber", of.serialNumber()));
  }

  @Test
  void a_right_code_is_told_from_a_wrong_one() {
    checked(device.freshCode())
        .statusCode(200)
        .body("serialNumber", equalTo(device.serialNumber()))
        .body("", aMapWithSize(1));
    checked("000000").statusCode(403).body("error.code", equalTo("AccessDenied"));
  }

  @Test
  void a_code_that_was_tested_is_used_up_and_opens_nothing() {
    String code = device.freshCode();
    checked(code).statusCode(200);

    checked(code).statusCode(403);

    Keyholders.get(token, "identity").body("mfa", equalTo(false));
    String transaction = Keyholders.password(alice).extract().path("transaction");
    Keyholders.post("sign-in/mfa", Map.of("transaction", transaction, "code", code))
        .statusCode(401)
        .body("error.code", equalTo("WRONG_CODE"));
  }

  @Test
  void the_trail_has_what_was_tested() {
    checked("000000").statusCode(403);
    checked(device.freshCode()).statusCode(200);

    assertThat(Trail.ofUser(database, alice.name(), "CheckMfa"))
        .contains("\"CheckMfa\": \"Failure\"", "\"CheckMfa\": \"Success\"", device.serialNumber());
  }

  @Test
  void nobody_else_s_device_is_tested() {
    Person bob = people.user();
    Device bobs = people.device(bob);

    checked(bobs, bobs.freshCode()).statusCode(403).body("error.code", equalTo("AccessDenied"));
  }

  @Test
  void one_of_several_devices_has_to_be_named() {
    Device second = people.device(alice);

    checked(second.freshCode())
        .statusCode(400)
        .body("error.message", containsString(device.serialNumber()))
        .body("error.message", containsString(second.serialNumber()));
    checked(second, second.freshCode()).statusCode(200);
  }

  @Test
  void who_has_no_device_is_told_so() {
    Person bob = new Keyholders(new Wire(server.getPort())).withPassword();
    String bobs = Keyholders.signedIn(bob);

    Keyholders.post(bobs, "mfa/check", Map.of("code", "000000"))
        .statusCode(404)
        .body("error.code", equalTo("NoSuchEntity"));
  }

  @Test
  void guesses_are_counted_as_at_a_sign_in() {
    assertThat(
            Stream.generate(() -> checked("000000").extract().statusCode())
                .limit(GUESSES + 1)
                .toList())
        .startsWith(403)
        .endsWith(429);
  }

  @Test
  void what_is_no_code_is_refused_as_such() {
    for (String code : new String[] {"", "12345", "1234567", "12345a", "123 456", "１２３４５６"}) {
      checked(code).statusCode(400).body("error.code", equalTo("ValidationError"));
    }
    given()
        .auth()
        .oauth2(token)
        .contentType("application/json")
        .post("/api/mfa/check")
        .then()
        .statusCode(400);
  }

  @Test
  void strangers_test_nothing() {
    Keyholders.post("mfa/check", Map.of("code", "000000")).statusCode(401);
  }
}
