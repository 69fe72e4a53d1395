package dev.daypass.broker;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;

import dev.daypass.broker.People.Person;
import dev.daypass.broker.Wire.Key;
import dev.daypass.broker.Wire.Reply;
import dev.daypass.broker.sealing.Sealer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who may have the trail verified. What is found is `AuditDigestsTest`'s.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class VerifyTrailTest {
  private static final String TRAIL = "arn:aws:daypass::" + TestServers.ACCOUNT + ":trail";

  @TestHTTPResource URI server;
  @Inject Pool database;
  @Inject Sealer sealer;
  private Wire wire;
  private People people;

  @BeforeEach
  void begin() {
    wire = new Wire(server.getPort());
    people = new People(wire);
  }

  @Test
  void an_administrator_of_the_first_account_may() {
    Reply verified = People.ok(wire.daypass(Key.ADMIN, "VerifyTrail"));

    assertThat(verified.text("Newest")).matches("\\d+");
  }

  @Test
  void a_number_that_is_none_is_refused() {
    assertThat(wire.daypass(Key.ADMIN, "VerifyTrail", "After", "-1").status()).isEqualTo(400);
    assertThat(wire.daypass(Key.ADMIN, "VerifyTrail", "After", "x").status()).isEqualTo(400);
  }

  @Test
  void nobody_else_may_but_who_is_allowed() {
    Person alice = people.user();

    assertThat(wire.daypass(alice.key(), "VerifyTrail").status()).isEqualTo(403);
    people.allow(alice, allowing(TRAIL + "/x"));
    assertThat(wire.daypass(alice.key(), "VerifyTrail").status()).isEqualTo(403);
    people.allow(alice, allowing(TRAIL));
    assertThat(wire.daypass(alice.key(), "VerifyTrail").status()).isEqualTo(200);
  }

  @Test
  void whoever_has_signed_in_is_asked_the_same() {
    Person alice = new Keyholders(wire).withPassword();
    String token = Keyholders.signedIn(alice);

    given().get("/api/audit/digests").then().statusCode(401);
    Keyholders.get(token, "audit/digests").statusCode(403);
    people.allow(alice, allowing(TRAIL));
    Keyholders.get(token, "audit/digests").statusCode(200).body("newest", greaterThanOrEqualTo(0));
    for (String none : List.of("-1", "x", "99999999999")) {
      Keyholders.get(token, "audit/digests?after=" + none)
          .statusCode(400)
          .body("error.code", equalTo("ValidationError"));
    }
  }

  @Test
  void administrators_of_other_accounts_may_not() {
    Key foreign = Foreigners.admin(database, sealer);

    assertThat(wire.daypass(foreign, "VerifyTrail").status()).isEqualTo(403);
  }

  private static String allowing(String resource) {
    return """
        {"Effect": "Allow", "Action": "daypass:VerifyTrail", "Resource": "%s"}
        """
        .formatted(resource);
  }
}
