package dev.daypass.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daypass.broker.People.Person;
import dev.daypass.broker.Wire.Key;
import dev.daypass.broker.revocations.Revocation;
import dev.daypass.broker.revocations.Revocations;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A service with a guard, against a running broker.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class GuardTest {
  private static final Duration PROMISED = Duration.ofSeconds(2);
  private static final String MAY_GUARD =
      """
      {"Effect": "Allow", "Action": "daypass:*",
       "Resource": "arn:aws:daypass:eu-west-1:111122223333:service/orders"}
      """;
  private static final String MAY_READ =
      """
      {"Effect": "Allow", "Action": "orders:GetOrder",
       "Resource": "arn:aws:orders:eu-west-1:111122223333:order/*"}
      """;

  @TestHTTPResource URI server;
  @Inject Pool database;
  @Inject Revocations revocations;
  private Wire wire;
  private People people;
  private Person guardian;
  private Orders orders;

  @BeforeEach
  void begin() throws Exception {
    wire = new Wire(server.getPort());
    people = new People(wire);
    guardian = people.user();
    people.allow(guardian, MAY_GUARD);
    orders = new Orders(broker(), guardian.key(), settings -> settings);
  }

  @AfterEach
  void end() {
    orders.close();
  }

  private URI broker() {
    return URI.create("http://127.0.0.1:" + server.getPort());
  }

  private Person reader() {
    Person reader = people.user();
    people.allow(reader, MAY_READ);
    return reader;
  }

  private Key session(Person person, String role, String... more) {
    String[] all = new String[more.length + 4];
    System.arraycopy(new String[] {"RoleArn", role, "RoleSessionName", "s1"}, 0, all, 0, 4);
    System.arraycopy(more, 0, all, 4, more.length);
    return People.ok(wire.sts(person.key(), "AssumeRole", all)).credentials();
  }

  private String roleThatReads(Person person) {
    String role = people.role(People.trusting(person));
    People.ok(
        wire.iam(
            Key.ADMIN,
            "PutRolePolicy",
            "RoleName",
            name(role),
            "PolicyName",
            "read",
            "PolicyDocument",
            People.document(MAY_READ)));
    return role;
  }

  private static String name(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  private long audited(Person guard, String event) {
    return database
        .preparedQuery("select count(*) from audit_event where event_name = $1 and user_name = $2")
        .execute(Tuple.of(event, guard.name()))
        .await()
        .atMost(Duration.ofSeconds(5))
        .iterator()
        .next()
        .getLong(0);
  }

  @Test
  void a_user_and_a_session_are_known_and_decided_about_with_one_question_each() {
    Person reader = reader();
    Key session =
        session(
            reader,
            roleThatReads(reader),
            "Tags.member.1.Key",
            "team",
            "Tags.member.1.Value",
            "red");

    for (int i = 0; i < 5; i++) {
      assertThat(orders.get(reader.key(), "/1")).isEqualTo("200 " + reader.arn() + "|{}|");
      assertThat(orders.get(session, "/1?a=1&a=2")).contains(":assumed-role/", "/s1|{team=red}|");
      assertThat(orders.put(reader.key(), "/1", "x")).isEqualTo("403 AccessDenied");
    }
    assertThat(audited(guardian, "GetSigningKey")).isEqualTo(2);
    assertThat(audited(guardian, "ListenForChanges")).isEqualTo(1);
  }

  @Test
  void a_session_policy_and_a_boundary_hold_in_the_service_too() {
    Person reader = reader();
    String role = roleThatReads(reader);
    Key narrowed =
        session(
            reader,
            role,
            "Policy",
            People.document(
                "{\"Effect\": \"Allow\", \"Action\": \"orders:GetOrder\", \"Resource\":"
                    + " \"arn:aws:orders:*:*:order/mine\"}"));
    People.ok(
        wire.iam(
            Key.ADMIN,
            "PutUserPermissionsBoundary",
            "UserName",
            reader.name(),
            "PermissionsBoundary",
            "arn:aws:iam::aws:policy/IAMReadOnlyAccess"));

    assertThat(orders.get(narrowed, "/mine")).startsWith("200 ");
    assertThat(orders.get(narrowed, "/others")).isEqualTo("403 AccessDenied");
    assertThat(orders.get(reader.key(), "/mine")).isEqualTo("403 AccessDenied");
  }

  @Test
  void a_presigned_url_opens_until_its_time() {
    Person reader = reader();
    URI url = orders.presigned(reader.key(), "/1", Duration.ofMinutes(5));

    assertThat(Orders.send(HttpRequest.newBuilder(url))).startsWith("200 ");
    assertThat(Orders.send(HttpRequest.newBuilder(URI.create(url + "&more=1"))))
        .isEqualTo("403 SignatureDoesNotMatch");
    TestClock.forward(Duration.ofMinutes(6));
    assertThat(Orders.send(HttpRequest.newBuilder(url))).isEqualTo("403 SignatureDoesNotMatch");
  }

  @Test
  void what_is_forged_is_refused_before_and_after_the_key_is_known() {
    Person reader = reader();
    Person other = reader();
    String role = roleThatReads(reader);
    Key session = session(reader, role);
    String token = session.token().orElseThrow();
    Key another = session(reader, role);
    List<Key> forged =
        List.of(
            new Key(reader.key().id(), other.key().secret(), java.util.Optional.empty()),
            new Key("AKIAIOSFODNN7EXAMPLE", "secret", java.util.Optional.empty()),
            new Key(session.id(), session.secret(), java.util.Optional.empty()),
            new Key(session.id(), session.secret(), another.token()),
            new Key(session.id(), another.secret(), session.token()),
            new Key(another.id(), session.secret(), session.token()),
            new Key(reader.key().id(), reader.key().secret(), session.token()),
            new Key(
                session.id(),
                session.secret(),
                java.util.Optional.of(token.substring(0, token.length() - 4) + "AAAA")));

    for (int round = 0; round < 2; round++) {
      for (Key key : forged) {
        assertThat(orders.get(key, "/1"))
            .isIn("403 SignatureDoesNotMatch", "403 InvalidClientTokenId");
      }
      assertThat(orders.get(reader.key(), "/1")).startsWith("200 ");
      assertThat(orders.get(session, "/1")).startsWith("200 ");
      assertThat(orders.get(another, "/1")).startsWith("200 ");
    }
  }

  @Test
  void signatures_for_other_services_regions_bodies_and_paths_are_refused() {
    Person reader = reader();
    people.allow(reader, MAY_READ.replace("GetOrder", "PutOrder"));
    Key key = reader.key();
    assertThat(orders.put(key, "/1", "right")).endsWith("|right");

    assertThat(Orders.send(orders.signed(key, "GET", "/1", "", "sts", Orders.REGION)))
        .isEqualTo("403 SignatureDoesNotMatch");
    assertThat(Orders.send(orders.signed(key, "GET", "/1", "", "orders", "us-east-1")))
        .isEqualTo("403 SignatureDoesNotMatch");
    assertThat(
            Orders.send(
                orders
                    .signed(key, "PUT", "/1", "right", "orders", Orders.REGION)
                    .PUT(HttpRequest.BodyPublishers.ofString("wrong"))))
        .isEqualTo("403 SignatureDoesNotMatch");
    for (String path :
        List.of("//1/1", "/a//1", "/./1", "/a/../1", "/%2e%2e/1", "/a%2f1", "/a%5C1")) {
      HttpRequest.Builder request =
          orders.signed(key, "GET", "/1", "", "orders", Orders.REGION).uri(orders.address(path));
      assertThat(Orders.send(request)).as(path).isEqualTo("400 ValidationError");
    }
  }

  @Test
  void a_session_token_is_no_bearer_token() {
    Person reader = reader();
    Key session = session(reader, roleThatReads(reader));

    assertThat(
            Orders.send(
                HttpRequest.newBuilder(orders.address("/1"))
                    .header("Authorization", "Bearer " + session.token().orElseThrow())))
        .isEqualTo("403 InvalidClientTokenId");
    assertThat(Orders.send(HttpRequest.newBuilder(orders.address("/1"))))
        .isEqualTo("403 MissingAuthenticationToken");
  }

  @Test
  void what_is_taken_away_takes_effect_within_two_seconds() {
    Person reader = people.user();
    String policy =
        People.ok(
                wire.iam(
                    Key.ADMIN,
                    "CreatePolicy",
                    "PolicyName",
                    "p-" + UUID.randomUUID(),
                    "PolicyDocument",
                    People.document(MAY_READ)))
            .text("Arn");
    String[] attachment = {"UserName", reader.name(), "PolicyArn", policy};
    People.ok(wire.iam(Key.ADMIN, "AttachUserPolicy", attachment));
    assertThat(orders.get(reader.key(), "/1")).startsWith("200 ");

    People.ok(wire.iam(Key.ADMIN, "DetachUserPolicy", attachment));
    await().atMost(PROMISED).until(() -> orders.get(reader.key(), "/1").equals("403 AccessDenied"));
    People.ok(wire.iam(Key.ADMIN, "AttachUserPolicy", attachment));
    await().atMost(PROMISED).until(() -> orders.get(reader.key(), "/1").startsWith("200"));
    People.ok(
        wire.iam(
            Key.ADMIN,
            "UpdateAccessKey",
            "UserName",
            reader.name(),
            "AccessKeyId",
            reader.key().id(),
            "Status",
            "Inactive"));
    await()
        .atMost(PROMISED)
        .until(() -> orders.get(reader.key(), "/1").equals("403 InvalidClientTokenId"));
  }

  @Test
  void a_session_that_is_ended_is_refused_within_two_seconds_and_others_are_not_asked_about() {
    Person reader = reader();
    String role = roleThatReads(reader);
    Key ended = session(reader, role);
    Key other = session(reader, role);
    assertThat(orders.get(ended, "/1")).startsWith("200 ");
    assertThat(orders.get(other, "/1")).startsWith("200 ");
    long asked = audited(guardian, "GetSigningKey");

    revocations
        .end(Revocation.of(ended.id(), new TestClock().instant()))
        .await()
        .atMost(Duration.ofSeconds(5));

    await()
        .atMost(PROMISED)
        .until(() -> orders.get(ended, "/1").equals("403 InvalidClientTokenId"));
    asked = audited(guardian, "GetSigningKey") - asked;
    assertThat(asked).isEqualTo(1);
    assertThat(orders.get(other, "/1")).startsWith("200 ");
  }

  @Test
  void a_role_deleted_or_made_again_ends_its_sessions_in_the_service_too() {
    Person reader = reader();
    String role = roleThatReads(reader);
    Key session = session(reader, role);
    assertThat(orders.get(session, "/1")).startsWith("200 ");

    People.ok(
        wire.iam(Key.ADMIN, "DeleteRolePolicy", "RoleName", name(role), "PolicyName", "read"));
    await().atMost(PROMISED).until(() -> orders.get(session, "/1").equals("403 AccessDenied"));
    People.ok(
        wire.iam(
            Key.ADMIN,
            "DetachRolePolicy",
            "RoleName",
            name(role),
            "PolicyArn",
            "arn:aws:iam::aws:policy/IAMFullAccess"));
    People.ok(wire.iam(Key.ADMIN, "DeleteRole", "RoleName", name(role)));
    await()
        .atMost(PROMISED)
        .until(() -> orders.get(session, "/1").equals("403 InvalidClientTokenId"));
  }

  @Test
  void an_expired_session_is_told_so() {
    Person reader = reader();
    Key session = session(reader, roleThatReads(reader), "DurationSeconds", "900");
    assertThat(orders.get(session, "/1")).startsWith("200 ");

    TestClock.forward(Duration.ofSeconds(901));

    assertThat(orders.get(session, "/1")).isEqualTo("403 ExpiredToken");
  }

  @Test
  void a_guard_that_loses_its_permission_refuses_everybody() {
    Person reader = reader();
    assertThat(orders.get(reader.key(), "/1")).startsWith("200 ");

    String policy =
        wire.iam(Key.ADMIN, "ListUserPolicies", "UserName", guardian.name()).text("member");
    People.ok(
        wire.iam(Key.ADMIN, "DeleteUserPolicy", "UserName", guardian.name(), "PolicyName", policy));

    await()
        .atMost(PROMISED)
        .until(() -> orders.get(reader.key(), "/1").equals("503 ServiceUnavailable"));
    people.allow(guardian, MAY_GUARD);
    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> orders.get(reader.key(), "/1").startsWith("200 "));
  }

  @Test
  void a_guard_without_permission_serves_nobody() throws Exception {
    Person reader = reader();
    Person nobody = people.user();
    Person forAnother = people.user();
    people.allow(forAnother, MAY_GUARD.replace("service/orders", "service/payments"));

    for (Person guard : List.of(nobody, forAnother)) {
      try (Orders refused = new Orders(broker(), guard.key(), settings -> settings)) {
        assertThat(refused.get(reader.key(), "/1")).isEqualTo("503 ServiceUnavailable");
      }
      await().until(() -> audited(guard, "ListenForChanges") > 0);
    }
  }

  @Test
  void many_at_once_ask_once() throws Exception {
    Person reader = reader();
    Callable<String> call = () -> orders.get(reader.key(), "/1");
    List<String> answers = new ArrayList<>();

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var answer : threads.invokeAll(java.util.Collections.nCopies(50, call))) {
        answers.add(answer.get());
      }
    }

    assertThat(answers).allMatch(answer -> answer.startsWith("200 "));
    assertThat(audited(guardian, "GetSigningKey")).isLessThan(10);
  }
}
