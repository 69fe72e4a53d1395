package dev.daypass.broker;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.broker.People.Person;
import dev.daypass.broker.Wire.Key;
import dev.daypass.broker.Wire.Reply;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Services ask what somebody may do, as AuthZEN's Authorization API 1.0 has it.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class AuthZenTest {
  private static final String ORDER = "arn:aws:orders:eu-west-1:111122223333:order/7";

  @TestHTTPResource URI server;
  private Wire wire;
  private People people;
  private Person alice;
  private Person service;

  @BeforeEach
  void begin() {
    wire = new Wire(server.getPort());
    people = new People(wire);
    alice = people.user();
    people.allow(
        alice,
        """
        {"Effect": "Allow", "Action": "orders:Get*", "Resource": "arn:aws:orders:*:*:order/*"},
        {"Effect": "Allow", "Action": "orders:Delete*", "Resource": "*",
         "Condition": {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"},
                       "Bool": {"aws:MultiFactorAuthPresent": "true"}}}
        """);
    service = people.user();
    people.allow(
        service,
        """
        {"Effect": "Allow", "Action": "daypass:EvaluateAccess", "Resource": "%s"}
        """
            .formatted(alice.arn()));
  }

  private static JsonObject question(String subject, String action) {
    return new JsonObject()
        .put("subject", new JsonObject().put("type", "user").put("id", subject))
        .put("action", new JsonObject().put("name", action))
        .put("resource", new JsonObject().put("type", "order").put("id", ORDER));
  }

  private Reply ask(Key key, String path, String body) {
    return wire.send(
        wire.signed(key, "daypass", path, body, Map.of("Content-Type", "application/json"))
            .header("X-Request-ID", "bfe9eb29-ab87"));
  }

  private JsonObject decided(Key key, JsonObject question) {
    Reply reply = ask(key, "/access/v1/evaluation", question.encode());
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return new JsonObject(reply.body());
  }

  private boolean decision(Key key, JsonObject question) {
    return decided(key, question).getBoolean("decision");
  }

  private int status(String body) {
    return ask(service.key(), "/access/v1/evaluations", body).status();
  }

  @Test
  void a_service_that_may_asks_about_somebody() {
    JsonObject no = decided(service.key(), question(alice.arn(), "orders:DeleteOrder"));

    assertThat(decision(service.key(), question(alice.arn(), "orders:GetOrder"))).isTrue();
    assertThat(no.getBoolean("decision")).isFalse();
    assertThat(no.getJsonObject("context").getJsonObject("reason_admin").getString("en"))
        .contains(alice.arn(), "orders:DeleteOrder", "no identity-based policy allows");
  }

  @Test
  void conditions_look_at_what_the_asker_knows() {
    JsonObject question = question(alice.arn(), "orders:DeleteOrder");
    JsonObject context =
        new JsonObject().put("aws:SourceIp", "10.1.2.3").put("aws:MultiFactorAuthPresent", true);

    assertThat(decision(service.key(), question.copy().put("context", context))).isTrue();
    assertThat(
            decision(
                service.key(),
                question.copy().put("context", context.copy().put("aws:SourceIp", "8.8.8.8"))))
        .isFalse();
    assertThat(
            decision(
                service.key(),
                question.copy().put("context", new JsonObject().put("time", "2026-01-01"))))
        .as("what is no condition key is not looked at")
        .isFalse();
  }

  @Test
  void what_is_said_of_a_resource_or_an_action_counts_for_a_deny_too() {
    people.allow(
        alice,
        """
        {"Effect": "Deny", "Action": "orders:*", "Resource": "*",
         "Condition": {"StringEquals": {"aws:ResourceTag/secret": "yes"}}}
        """);
    JsonObject question = question(alice.arn(), "orders:GetOrder");
    JsonObject secret = new JsonObject().put("aws:ResourceTag/secret", "yes").put("colour", "red");

    assertThat(decision(service.key(), question)).isTrue();
    for (String member : List.of("resource", "action", "subject")) {
      JsonObject told = question.copy();
      told.getJsonObject(member).put("properties", secret);
      assertThat(decision(service.key(), told)).as(member).isFalse();
    }
    JsonObject twice = question.copy().put("context", secret);
    twice
        .getJsonObject("resource")
        .put("properties", new JsonObject().put("AWS:resourcetag/secret", "no"));
    assertThat(ask(service.key(), "/access/v1/evaluation", twice.encode()).status()).isEqualTo(400);
    JsonObject claimed = question.copy();
    claimed
        .getJsonObject("subject")
        .put("properties", new JsonObject().put("aws:PrincipalTag/team", "root"));
    assertThat(ask(service.key(), "/access/v1/evaluation", claimed.encode()).status())
        .isEqualTo(400);
  }

  @Test
  void everybody_asks_about_themselves_and_cannot_improve_what_is_known_of_them() {
    people.allow(
        alice,
        """
        {"Effect": "Allow", "Action": "orders:Pay", "Resource": "*",
         "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}}
        """);
    JsonObject pay = question(alice.arn(), "orders:Pay");
    JsonObject claimed =
        pay.copy().put("context", new JsonObject().put("aws:MultiFactorAuthPresent", true));

    assertThat(decision(alice.key(), question(alice.arn(), "orders:GetOrder"))).isTrue();
    assertThat(decision(alice.key(), pay)).isFalse();
    assertThat(ask(alice.key(), "/access/v1/evaluation", claimed.encode()).status()).isEqualTo(400);
    assertThat(
            decision(
                alice.key(),
                question(alice.arn(), "orders:DeleteOrder")
                    .put("context", new JsonObject().put("aws:SourceIp", "10.1.2.3"))))
        .isFalse();
  }

  @Test
  void about_others_only_who_may_and_whether_they_are_there_is_not_told() {
    String bob = people.user().arn();
    String absent = "arn:aws:iam::" + TestServers.ACCOUNT + ":user/absent";
    String elsewhere = "arn:aws:iam::444455556666:user/alice";

    for (String other : List.of(bob, absent, elsewhere)) {
      Reply refused = ask(service.key(), "/access/v1/evaluation", question(other, "a:B").encode());
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.body()).contains("daypass:EvaluateAccess").contains(other);
    }
    assertThat(decision(Key.ADMIN, question(absent, "orders:GetOrder"))).isFalse();
    assertThat(
            ask(Key.ADMIN, "/access/v1/evaluation", question(elsewhere, "a:B").encode()).status())
        .isEqualTo(403);
  }

  @Test
  void many_are_asked_at_once_with_defaults_and_to_the_first_that_settles_it() {
    JsonArray evaluations =
        new JsonArray()
            .add(new JsonObject())
            .add(new JsonObject().put("action", new JsonObject().put("name", "orders:DeleteOrder")))
            .add(new JsonObject());
    JsonObject asked = question(alice.arn(), "orders:GetOrder").put("evaluations", evaluations);

    assertThat(decisions(asked, "execute_all")).containsExactly(true, false, true);
    assertThat(decisions(asked, "deny_on_first_deny")).containsExactly(true, false);
    assertThat(decisions(asked, "permit_on_first_permit")).containsExactly(true);
    assertThat(
            new JsonObject(
                    ask(
                            service.key(),
                            "/access/v1/evaluations",
                            question(alice.arn(), "orders:GetOrder").encode())
                        .body())
                .getBoolean("decision"))
        .as("without evaluations it is one")
        .isTrue();
  }

  private List<Boolean> decisions(JsonObject asked, String semantic) {
    Reply reply =
        ask(
            service.key(),
            "/access/v1/evaluations",
            asked
                .copy()
                .put("options", new JsonObject().put("evaluations_semantic", semantic))
                .encode());
    return new JsonObject(reply.body())
        .getJsonArray("evaluations").stream()
            .map(each -> ((JsonObject) each).getBoolean("decision"))
            .toList();
  }

  @Test
  void one_question_that_may_not_be_asked_refuses_all() {
    JsonObject asked =
        new JsonObject()
            .put(
                "evaluations",
                new JsonArray()
                    .add(question(alice.arn(), "orders:GetOrder"))
                    .add(question(people.user().arn(), "orders:GetOrder")));

    assertThat(status(asked.encode())).isEqualTo(403);
  }

  @Test
  void what_is_no_question_is_refused() {
    JsonObject good = question(alice.arn(), "orders:GetOrder");
    JsonArray many = new JsonArray();
    for (int i = 0; i < 101; i++) {
      many.add(new JsonObject());
    }

    for (String body :
        List.of(
            "",
            "[]",
            "{}",
            "{\"subject\": 1}",
            good.encode() + "x",
            "{\"a\": ".repeat(100),
            good.copy().put("subject", new JsonObject().put("type", "cat").put("id", "x")).encode(),
            good.copy().put("action", new JsonObject().put("name", "orders:*")).encode(),
            good.copy().put("resource", new JsonObject().put("type", "x")).encode(),
            good.copy().put("context", new JsonArray()).encode(),
            good.copy().put("context", new JsonObject().put("aws:x", new JsonObject())).encode(),
            good.copy()
                .put("context", new JsonObject().put("aws:PrincipalTag/team", "root"))
                .encode(),
            good.copy().put("context", new JsonObject().put("AWS:username", "root")).encode(),
            good.copy().put("evaluations", many).encode(),
            good.copy()
                .put("evaluations", new JsonArray().add(good))
                .put("options", new JsonObject().put("evaluations_semantic", "guess"))
                .encode(),
            good.encode().replace("\"action\"", "\"subject\""))) {
      assertThat(status(body)).as(body).isEqualTo(400);
    }
    assertThat(status("x".repeat(300_000))).isEqualTo(413);
  }

  @Test
  void nobody_and_whoever_signs_wrongly_is_not_answered() {
    String body = question(alice.arn(), "orders:GetOrder").encode();

    given()
        .contentType("application/json")
        .body(body)
        .post("/access/v1/evaluation")
        .then()
        .statusCode(401);
    assertThat(
            ask(
                    new Key(service.key().id(), "0".repeat(40), service.key().token()),
                    "/access/v1/evaluation",
                    body)
                .status())
        .isEqualTo(401);
  }

  @Test
  void the_request_id_comes_back_and_metadata_says_what_there_is() {
    Reply reply =
        ask(
            service.key(),
            "/access/v1/evaluation",
            question(alice.arn(), "orders:GetOrder").encode());

    assertThat(reply.raw().headers().firstValue("x-request-id")).contains("bfe9eb29-ab87");
    JsonObject metadata =
        new JsonObject(given().get("/.well-known/authzen-configuration").asString());
    assertThat(metadata.getString("policy_decision_point")).isEqualTo("http://localhost:8080");
    assertThat(metadata.getString("access_evaluations_endpoint"))
        .isEqualTo("http://localhost:8080/access/v1/evaluations");
  }
}
