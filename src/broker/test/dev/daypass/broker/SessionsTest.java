package dev.daypass.broker;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.daypass.broker.People.Device;
import dev.daypass.broker.People.Person;
import dev.daypass.broker.Wire.Key;
import dev.daypass.broker.Wire.Reply;
import dev.daypass.broker.changes.Changes;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.sqlclient.ClosedConnectionException;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Sessions are seen by those they belong to and those who may, and end with all that came of them.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class SessionsTest {
  private static final String PASSWORD = "correct horse battery";

  @TestHTTPResource URI server;
  @Inject Pool database;
  @Inject Changes changes;
  private Wire wire;
  private People people;

  @BeforeEach
  void begin() {
    wire = new Wire(server.getPort());
    people = new People(wire);
  }

  private Reply assume(Key key, String role) {
    return wire.sts(key, "AssumeRole", "RoleArn", role, "RoleSessionName", "s1");
  }

  private Key session(Key key, String role) {
    return People.ok(assume(key, role)).credentials();
  }

  private Reply revoke(Key key, String id) {
    return wire.daypass(key, "RevokeSession", "SessionId", id);
  }

  private Reply revokeAll(Key key, String principal) {
    return wire.daypass(key, "RevokeSessions", "Principal", principal);
  }

  private boolean alive(Key key) {
    Reply reply = wire.sts(key, "GetCallerIdentity");
    if (reply.status() != 200) {
      assertThat(reply.code()).isEqualTo("InvalidClientTokenId");
    }
    return reply.status() == 200;
  }

  private String chainRole(String trusted) {
    return people.role(
        """
        {"Effect": "Allow", "Principal": {"AWS": "%s"}, "Action": "sts:AssumeRole"}
        """
            .formatted(trusted));
  }

  private static String name(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  private String idOf(String kind, String nameOfKind, String name, String element) {
    return wire.iam(Key.ADMIN, "Get" + kind, nameOfKind, name).text(element);
  }

  @Test
  void ending_a_session_ends_what_was_assumed_with_it_and_nothing_else() {
    Person alice = people.user();
    String first = people.role(People.trusting(alice));
    String second = chainRole(first);
    String third = chainRole(second);
    Key parent = session(alice.key(), first);
    Key child = session(parent, second);
    Key grandchild = session(child, third);
    Key sibling = session(alice.key(), first);
    Key nephew = session(sibling, second);

    People.ok(revoke(alice.key(), child.id()));

    assertThat(alive(parent)).isTrue();
    assertThat(alive(child)).isFalse();
    assertThat(alive(grandchild)).isFalse();
    People.ok(revoke(alice.key(), parent.id()));
    assertThat(alive(parent)).isFalse();
    assertThat(alive(sibling)).isTrue();
    assertThat(alive(nephew)).isTrue();
    assertThat(alive(alice.key())).isTrue();
  }

  @Test
  void a_child_assumed_while_its_parent_ends_does_not_survive() throws Exception {
    Person alice = people.user();
    String first = people.role(People.trusting(alice));
    String second = chainRole(first);
    for (int round = 0; round < 5; round++) {
      Key parent = session(alice.key(), first);
      ConcurrentLinkedQueue<Key> children = new ConcurrentLinkedQueue<>();
      List<CompletableFuture<Void>> racers = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        racers.add(
            CompletableFuture.runAsync(
                () -> {
                  Reply reply;
                  while ((reply = assume(parent, second)).status() == 200) {
                    children.add(reply.credentials());
                  }
                }));
      }
      Thread.sleep(50);

      People.ok(revoke(alice.key(), parent.id()));

      CompletableFuture.allOf(racers.toArray(CompletableFuture[]::new)).get();
      assertThat(children).isNotEmpty();
      assertThat(children).noneMatch(this::alive);
    }
  }

  @Test
  void all_that_goes_back_to_a_user_ends_together() {
    Person alice = people.user();
    Person bob = people.user();
    String role = people.role(People.trusting(alice) + "," + People.trusting(bob));
    Key direct = session(alice.key(), role);
    Key own = People.ok(wire.sts(alice.key(), "GetSessionToken")).credentials();
    Key chained = session(direct, chainRole(role));
    Key ofBob = session(bob.key(), role);
    Instant before = new TestClock().instant().minus(Duration.ofHours(1));

    People.ok(
        wire.daypass(
            Key.ADMIN,
            "RevokeSessions",
            "Principal",
            alice.arn(),
            "IssuedBefore",
            before.truncatedTo(ChronoUnit.SECONDS).toString()));
    assertThat(List.of(direct, own, chained, ofBob)).allMatch(this::alive);

    Reply ended = People.ok(revokeAll(Key.ADMIN, alice.arn()));

    assertThat(Instant.parse(ended.text("IssuedBefore"))).isAfter(before);
    assertThat(List.of(direct, own, chained)).noneMatch(this::alive);
    assertThat(alive(ofBob)).isTrue();
    assertThat(alive(alice.key())).isTrue();
    TestClock.forward(Duration.ofSeconds(2));
    assertThat(alive(session(alice.key(), role))).isTrue();
  }

  @Test
  void all_of_a_role_end_together_also_when_it_is_named_by_its_id() {
    Person alice = people.user();
    String role = people.role(People.trusting(alice));
    String other = people.role(People.trusting(alice));
    Key one = session(alice.key(), role);
    Key chained = session(one, chainRole(role));
    Key elsewhere = session(alice.key(), other);

    People.ok(revokeAll(Key.ADMIN, idOf("Role", "RoleName", name(role), "RoleId")));

    assertThat(alive(one)).isFalse();
    assertThat(alive(chained)).isFalse();
    assertThat(alive(elsewhere)).isTrue();
  }

  @Test
  void what_a_deleted_user_left_can_be_ended_by_its_id() {
    Person alice = people.user();
    String role = people.role(People.trusting(alice));
    Key left = session(alice.key(), role);
    String id = idOf("User", "UserName", alice.name(), "UserId");
    People.ok(
        wire.iam(
            Key.ADMIN,
            "DeleteAccessKey",
            "UserName",
            alice.name(),
            "AccessKeyId",
            alice.key().id()));
    People.ok(wire.iam(Key.ADMIN, "DeleteUser", "UserName", alice.name()));
    // As in AWS: the session is the role's.
    assertThat(alive(left)).isTrue();

    People.ok(revokeAll(Key.ADMIN, id));

    assertThat(alive(left)).isFalse();
    assertThat(revokeAll(Key.ADMIN, "AIDANOBODYATALLEVER12").code()).isEqualTo("NoSuchEntity");
  }

  @Test
  void a_deactivated_key_leaves_its_sessions_as_in_aws_and_revoking_the_key_ends_them() {
    Person alice = people.user();
    String role = people.role(People.trusting(alice));
    Key assumed = session(alice.key(), role);
    Key own = People.ok(wire.sts(alice.key(), "GetSessionToken")).credentials();
    People.ok(
        wire.iam(
            Key.ADMIN,
            "UpdateAccessKey",
            "UserName",
            alice.name(),
            "AccessKeyId",
            alice.key().id(),
            "Status",
            "Inactive"));
    assertThat(alive(assumed)).isTrue();
    assertThat(alive(own)).isTrue();

    People.ok(revoke(Key.ADMIN, alice.key().id()));

    assertThat(alive(assumed)).isFalse();
    assertThat(alive(own)).isFalse();
  }

  @Test
  void a_deny_of_older_tokens_ends_them_in_awss_own_way() {
    Person alice = people.user();
    String role = people.role(People.trusting(alice));
    Key old = session(alice.key(), role);
    assertThat(wire.iam(old, "ListUsers").status()).isEqualTo(200);
    TestClock.forward(Duration.ofSeconds(2));
    People.ok(
        wire.iam(
            Key.ADMIN,
            "PutRolePolicy",
            "RoleName",
            name(role),
            "PolicyName",
            "AWSRevokeOlderSessions",
            "PolicyDocument",
            People.document(
                """
                {"Effect": "Deny", "Action": ["*"], "Resource": ["*"],
                 "Condition": {"DateLessThan": {"aws:TokenIssueTime": "%s"}}}
                """
                    .formatted(new TestClock().instant().truncatedTo(ChronoUnit.SECONDS)))));

    assertThat(wire.iam(old, "ListUsers").message()).contains("explicit deny");
    assertThat(wire.iam(session(alice.key(), role), "ListUsers").status()).isEqualTo(200);
  }

  @Test
  void nobody_ends_what_is_not_theirs() {
    Person alice = people.user();
    Person mallory = people.user();
    String role = people.role(People.trusting(alice));
    Key victim = session(alice.key(), role);

    assertThat(revoke(mallory.key(), victim.id()).code()).isEqualTo("AccessDenied");
    assertThat(revoke(mallory.key(), alice.key().id()).code()).isEqualTo("AccessDenied");
    assertThat(revokeAll(mallory.key(), alice.arn()).code()).isEqualTo("AccessDenied");
    assertThat(revokeAll(mallory.key(), role).code()).isEqualTo("AccessDenied");
    // What does not exist looks the same to one who may not revoke.
    assertThat(revoke(mallory.key(), "ASIANOSUCHSESSION234").code()).isEqualTo("AccessDenied");
    assertThat(revoke(Key.ADMIN, "ASIANOSUCHSESSION234").code()).isEqualTo("NoSuchEntity");
    assertThat(revokeAll(Key.ADMIN, "arn:aws:iam::999988887777:role/theirs").code())
        .isEqualTo("NoSuchEntity");
    assertThat(revokeAll(Key.ADMIN, "arn:aws:s3:::bucket-with-a-name").code())
        .isEqualTo("NoSuchEntity");
    assertThat(revoke(Key.ADMIN, "../../etc/passwd-file").code()).isEqualTo("ValidationError");
    assertThat(
            wire.daypass(
                    Key.ADMIN,
                    "RevokeSessions",
                    "Principal",
                    alice.arn(),
                    "IssuedBefore",
                    "2999-01-01T00:00:00Z")
                .code())
        .isEqualTo("ValidationError");
    assertThat(alive(victim)).isTrue();
  }

  @Test
  void a_session_ends_itself_and_what_came_of_it_and_never_what_it_came_of() {
    Person alice = people.user();
    String first = people.role(People.trusting(alice));
    String second =
        people.role(
            """
            {"Effect": "Allow", "Principal": {"AWS": "%s"}, "Action": "sts:AssumeRole"}
            """
                .formatted(first));
    Key parent = session(alice.key(), first);
    Key child = session(parent, second);
    // The role is allowed nothing of the kind: what it may is its own.
    assertThat(revoke(child, parent.id()).code()).isEqualTo("AccessDenied");
    assertThat(revoke(child, alice.key().id()).code()).isEqualTo("AccessDenied");
    assertThat(revokeAll(child, alice.arn()).code()).isEqualTo("AccessDenied");

    People.ok(revoke(parent, child.id()));
    assertThat(alive(child)).isFalse();
    People.ok(revoke(parent, parent.id()));
    assertThat(alive(parent)).isFalse();
  }

  @Test
  void a_permission_reaches_as_far_as_its_resource() {
    Person alice = people.user();
    Person helpdesk = people.user();
    String open = people.role(People.trusting(alice));
    String closed = people.role(People.trusting(alice));
    people.allow(
        helpdesk,
        """
        {"Effect": "Allow", "Action": ["daypass:RevokeSession*", "daypass:ListSessions"], "Resource": "%s"}
        """
            .formatted(open));
    Key one = session(alice.key(), open);
    Key other = session(alice.key(), closed);

    People.ok(revoke(helpdesk.key(), one.id()));
    assertThat(revoke(helpdesk.key(), other.id()).message())
        .startsWith(
            "User: %s is not authorized to perform: daypass:RevokeSession on resource: %s"
                .formatted(helpdesk.arn(), closed));
    assertThat(wire.daypass(helpdesk.key(), "ListSessions", "RoleName", name(open)).status())
        .isEqualTo(200);
    assertThat(wire.daypass(helpdesk.key(), "ListSessions", "RoleName", name(closed)).code())
        .isEqualTo("AccessDenied");
    assertThat(wire.daypass(helpdesk.key(), "ListSessions").code()).isEqualTo("AccessDenied");
    assertThat(alive(other)).isTrue();
  }

  @Test
  void one_sees_ones_own_sessions_with_where_they_came_from() {
    Person alice = people.user();
    Device device = people.device(alice);
    String first = people.role(People.trusting(alice));
    String second = chainRole(first);
    Key own =
        People.ok(
                wire.sts(
                    alice.key(),
                    "GetSessionToken",
                    "SerialNumber",
                    device.serialNumber(),
                    "TokenCode",
                    device.freshCode()))
            .credentials();
    Key parent = session(own, first);
    Key child = session(parent, second);
    People.ok(revoke(alice.key(), child.id()));

    Reply list = People.ok(wire.daypass(alice.key(), "ListSessions", "Own", "true"));

    assertThat(list.texts("SessionId")).containsExactly(child.id(), parent.id(), own.id());
    assertThat(list.texts("Began")).containsExactly("AssumeRole", "AssumeRole", "GetSessionToken");
    assertThat(list.texts("Revoked")).containsExactly("true", "false", "false");
    assertThat(list.texts("PrincipalArn")).containsExactly(second, first, alice.arn());
    assertThat(list.texts("Origin")).containsOnly(alice.arn());
    assertThat(list.texts("Id"))
        .containsExactly(
            alice.key().id(), own.id(), parent.id(), alice.key().id(), own.id(), alice.key().id());
    assertThat(list.texts("MfaSerialNumber")).containsExactly(device.serialNumber());
    // The MFA of what they came of holds for the first role, and ends with it.
    assertThat(list.texts("MfaAt")).hasSize(2);
    assertThat(list.texts("SourceIpAddress")).containsOnly("127.0.0.1");
    assertThat(list.texts("UserAgent")).allMatch(agent -> agent.contains("Java-http-client"));

    Reply ofParent = People.ok(wire.daypass(parent, "ListSessions", "Own", "true"));
    assertThat(ofParent.texts("SessionId")).containsExactly(child.id(), parent.id());
  }

  @Test
  void an_administrator_sees_those_of_a_user_a_role_or_a_source_identity_page_by_page() {
    Person alice = people.user();
    String role = people.role(People.trusting(alice));
    String identity = "si-" + UUID.randomUUID();
    List<String> begun = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      begun.addFirst(session(alice.key(), role).id());
    }
    String marked =
        People.ok(
                wire.sts(
                    alice.key(),
                    "AssumeRole",
                    "RoleArn",
                    role,
                    "RoleSessionName",
                    "s2",
                    "SourceIdentity",
                    identity))
            .credentials()
            .id();
    begun.addFirst(marked);

    assertThat(
            wire.daypass(Key.ADMIN, "ListSessions", "SourceIdentity", identity).texts("SessionId"))
        .containsExactly(marked);
    assertThat(wire.daypass(Key.ADMIN, "ListSessions", "UserName", alice.name()).texts("SessionId"))
        .containsExactlyElementsOf(begun);
    List<String> paged = new ArrayList<>();
    Reply page = wire.daypass(Key.ADMIN, "ListSessions", "RoleName", name(role), "MaxItems", "2");
    paged.addAll(page.texts("SessionId"));
    while (page.text("IsTruncated").equals("true")) {
      page =
          People.ok(
              wire.daypass(
                  Key.ADMIN,
                  "ListSessions",
                  "RoleName",
                  name(role),
                  "MaxItems",
                  "2",
                  "Marker",
                  page.text("Marker")));
      paged.addAll(page.texts("SessionId"));
    }
    assertThat(paged).containsExactlyElementsOf(begun);
    assertThat(wire.daypass(Key.ADMIN, "ListSessions", "MaxItems", "1000").texts("SessionId"))
        .containsAll(begun);
    for (String marker : List.of("!!!", "bm90LWEtcG9zaXRpb24", "MjAyNi0xMS0yNVQwMDowMDowMFovMQ")) {
      assertThat(wire.daypass(Key.ADMIN, "ListSessions", "Marker", marker).code())
          .as(marker)
          .isEqualTo("ValidationError");
    }
    assertThat(
            wire.daypass(Key.ADMIN, "ListSessions", "Own", "true", "UserName", alice.name()).code())
        .isEqualTo("ValidationError");
  }

  @Test
  void a_session_that_has_expired_is_not_shown() {
    Person alice = people.user();
    String role = people.role(People.trusting(alice));
    session(alice.key(), role);
    TestClock.forward(Duration.ofSeconds(3601));

    assertThat(wire.daypass(alice.key(), "ListSessions", "Own", "true").texts("SessionId"))
        .isEmpty();
  }

  @Test
  void ten_roles_are_assumed_one_from_another_and_no_eleventh() {
    Person alice = people.user();
    String role =
        people.role(
            """
            {"Effect": "Allow", "Principal": {"AWS": "%s"}, "Action": "sts:AssumeRole"},
            {"Effect": "Allow", "Principal": {"AWS": "%s"}, "Action": "sts:AssumeRole",
             "Condition": {"StringLike": {"aws:PrincipalArn": "arn:aws:iam::%s:role/*"}}}
            """
                .formatted(alice.arn(), People.ACCOUNT, People.ACCOUNT));
    people.allow(
        alice,
        """
        {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"}
        """);
    People.ok(
        wire.iam(
            Key.ADMIN,
            "PutRolePolicy",
            "RoleName",
            name(role),
            "PolicyName",
            "chain",
            "PolicyDocument",
            People.document(
                "{\"Effect\": \"Allow\", \"Action\": \"sts:AssumeRole\", \"Resource\": \"*\"}")));
    List<Key> chain = new ArrayList<>(List.of(session(alice.key(), role)));
    for (int i = 1; i < 10; i++) {
      chain.add(session(chain.getLast(), role));
    }

    assertThat(assume(chain.getLast(), role).message())
        .isEqualTo("No more than 10 roles can be assumed one from another.");
    People.ok(revoke(alice.key(), chain.getFirst().id()));
    assertThat(chain).noneMatch(this::alive);
  }

  /// A person with a password, signed in.
  private RequestSpecification signedIn(Person person) {
    String token =
        given()
            .contentType("application/json")
            .body(
                Map.of("account", People.ACCOUNT, "userName", person.name(), "password", PASSWORD))
            .post("/api/sign-in")
            .then()
            .statusCode(200)
            .extract()
            .path("token");
    return given().header("Authorization", "Bearer " + token).contentType("application/json");
  }

  private Person withPassword() {
    Person person = people.user();
    People.ok(
        wire.iam(Key.ADMIN, "CreateLoginProfile", "UserName", person.name(), "Password", PASSWORD));
    return person;
  }

  private static Key opened(RequestSpecification signedIn, String role) {
    return key(
        signedIn.body(role.isEmpty() ? Map.of() : Map.of("roleArn", role)).post("/api/sessions"));
  }

  @Test
  void whoever_signed_in_can_have_a_session_narrowed_and_tagged() {
    Person alice = withPassword();
    String role =
        people.role(
            """
            {"Effect": "Allow", "Principal": {"AWS": "%s"}, "Action": ["sts:AssumeRole", "sts:TagSession"]}
            """
                .formatted(alice.arn()));
    String name = role.substring(role.lastIndexOf('/') + 1);
    People.ok(
        wire.iam(
            Key.ADMIN,
            "PutRolePolicy",
            "RoleName",
            name,
            "PolicyName",
            "tagged",
            "PolicyDocument",
            """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "iam:ListUsers", "Resource": "*",
             "Condition": {"StringNotEquals": {"aws:PrincipalTag/agent": "robot"}}}]}
            """));
    RequestSpecification here = signedIn(alice);
    Map<String, Object> wanted =
        Map.of(
            "roleArn", role,
            "policyArns", List.of("arn:aws:iam::aws:policy/ReadOnlyAccess"),
            "tags", Map.of("agent", "robot"));

    Key robot = key(here.body(wanted).post("/api/sessions"));

    People.ok(wire.iam(robot, "ListUsers"));
    assertThat(wire.iam(robot, "CreateUser", "UserName", name + "-made").code())
        .isEqualTo("AccessDenied");
    assertThat(wire.iam(opened(here, role), "ListUsers").code()).isEqualTo("AccessDenied");
  }

  @Test
  void a_session_is_not_tagged_or_narrowed_in_ways_that_are_not_allowed() {
    Person alice = withPassword();
    String role =
        people.role(
            """
            {"Effect": "Allow", "Principal": {"AWS": "%s"}, "Action": "sts:AssumeRole"}
            """
                .formatted(alice.arn()));
    RequestSpecification here = signedIn(alice);

    here.body(Map.of("roleArn", role, "tags", Map.of("agent", "robot")))
        .post("/api/sessions")
        .then()
        .statusCode(403);
    for (Map<String, Object> wrong :
        List.<Map<String, Object>>of(
            Map.of("policyArns", List.of("short")),
            Map.of("policyArns", List.of("arn:aws:iam::aws:policy/NoSuchPolicy")),
            Map.of("policyArns", "ReadOnlyAccess"),
            Map.of("tags", Map.of("", "x")),
            Map.of("tags", List.of("agent")))) {
      Map<String, Object> body = new HashMap<>(wrong);
      body.put("roleArn", role);
      here.body(body).post("/api/sessions").then().statusCode(400);
    }
  }

  @Test
  void an_answer_tells_what_time_it_is_here_whatever_it_answers() {
    RequestSpecification here = signedIn(withPassword());

    for (Response answer :
        List.of(
            here.body(Map.of()).post("/api/sessions"),
            here.body(Map.of("roleArn", "none")).post("/api/sessions"),
            given().post("/api/sessions"))) {
      Instant told =
          DateTimeFormatter.RFC_1123_DATE_TIME.parse(answer.header("Date"), Instant::from);
      assertThat(told).isCloseTo(new TestClock().instant(), within(10, ChronoUnit.SECONDS));
    }
  }

  private static Key key(Response response) {
    Map<String, String> given = response.then().statusCode(200).extract().path("");
    return new Key(
        given.get("accessKeyId"),
        given.get("secretAccessKey"),
        Optional.of(given.get("sessionToken")));
  }

  @Test
  void whoever_signed_in_sees_and_ends_what_came_of_it() {
    Person alice = withPassword();
    String role = people.role(People.trusting(alice));
    RequestSpecification here = signedIn(alice);
    Key ofRole = opened(here, role);
    Key ofSelf = opened(here, "");
    Key chained = session(ofRole, chainRole(role));

    List<Map<String, Object>> shown =
        here.get("/api/sessions").then().statusCode(200).extract().path("sessions");

    assertThat(shown)
        .extracting(is -> is.get("began"))
        .containsExactlyInAnyOrder("AssumeRole", "GetSessionToken", "AssumeRole", "ConsoleLogin");
    String signIn =
        shown.stream()
            .filter(is -> is.get("began").equals("ConsoleLogin"))
            .map(is -> is.get("sessionId").toString())
            .findFirst()
            .orElseThrow();
    assertThat(shown)
        .filteredOn(is -> is.get("sessionId").equals(chained.id()))
        .singleElement()
        .satisfies(
            is -> {
              assertThat(is.get("origin")).isEqualTo(alice.arn());
              assertThat(is.get("lineage").toString())
                  .contains(signIn, alice.arn(), ofRole.id(), ":assumed-role/");
            });

    here.delete("/api/sessions/" + ofRole.id()).then().statusCode(204);
    assertThat(alive(ofRole)).isFalse();
    assertThat(alive(chained)).isFalse();
    assertThat(alive(ofSelf)).isTrue();
    // From elsewhere, with a key.
    People.ok(revoke(alice.key(), signIn));
    assertThat(alive(ofSelf)).isFalse();
    here.get("/api/sessions").then().statusCode(403);
  }

  @Test
  void everything_of_a_user_ends_sign_ins_too_and_oneself_may() {
    Person alice = withPassword();
    Person bob = withPassword();
    RequestSpecification here = signedIn(alice);
    RequestSpecification there = signedIn(bob);

    there.body(Map.of("principal", alice.arn())).post("/api/revocations").then().statusCode(403);
    there.get("/api/sessions?all=true").then().statusCode(403);
    there.get("/api/sessions?user=" + alice.name()).then().statusCode(403);
    there.body(Map.of()).post("/api/revocations").then().statusCode(400);
    here.body(Map.of("principal", alice.arn())).post("/api/revocations").then().statusCode(200);

    here.get("/api/identity").then().statusCode(403);
    there.get("/api/identity").then().statusCode(200);
    given().get("/api/sessions").then().statusCode(401);
    given().delete("/api/sessions/ASIANOSUCHSESSION234").then().statusCode(401);
    given().contentType("application/json").post("/api/revocations").then().statusCode(401);
  }

  @Test
  void a_changed_password_ends_sign_ins_and_their_sessions_and_no_others() {
    Person alice = withPassword();
    String role = people.role(People.trusting(alice));
    RequestSpecification here = signedIn(alice);
    Key ofSignIn = opened(here, role);
    Key chained = session(ofSignIn, chainRole(role));
    Key ofKey = session(alice.key(), role);

    people.changePassword(alice, "another correct horse");

    here.get("/api/identity").then().statusCode(403);
    assertThat(alive(ofSignIn)).isFalse();
    assertThat(alive(chained)).isFalse();
    assertThat(alive(ofKey)).isTrue();
  }

  @Test
  void each_of_it_is_in_the_trail() {
    Person alice = people.user();
    String role = people.role(People.trusting(alice));
    Key one = session(alice.key(), role);
    People.ok(revoke(alice.key(), one.id()));
    revoke(people.user().key(), one.id());

    Person admin = withPassword();
    people.allow(
        admin,
        "{\"Effect\": \"Allow\", \"Action\": \"cloudtrail:LookupEvents\", \"Resource\": \"*\"}");
    List<Map<String, Object>> events =
        signedIn(admin)
            .get("/api/audit/events?eventName=RevokeSession")
            .then()
            .statusCode(200)
            .extract()
            .path("events");

    assertThat(events)
        .filteredOn(event -> String.valueOf(event.get("requestParameters")).contains(one.id()))
        .extracting(event -> event.get("eventSource"), event -> event.get("errorCode"))
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("daypass", "AccessDenied"),
            org.assertj.core.groups.Tuple.tuple("daypass", null));
  }

  /// As another node would end it.
  private void endElsewhere(String id) {
    run(
        "insert into revocation values ('%s', '9999-12-31', '%s')"
                .formatted(id, new TestClock().instant().plus(Duration.ofHours(37)))
            + " on conflict do nothing");
  }

  /// Again where the connection was among those that were cut.
  private void run(String sql) {
    await()
        .ignoreException(ClosedConnectionException.class)
        .until(
            () -> {
              database.query(sql).execute().await().indefinitely();
              return true;
            });
  }

  /// Every connection but the one that says so, the one that listens among them.
  private void cutConnections() {
    run(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
  }

  @Test
  void what_was_ended_elsewhere_is_refused_also_while_nobody_hears_of_it() {
    Person alice = people.user();
    String role = people.role(People.trusting(alice));
    Key heard = session(alice.key(), role);
    Key unheard = session(alice.key(), role);

    endElsewhere(heard.id());
    await().atMost(Duration.ofSeconds(2)).until(() -> !alive(heard));
    cutConnections();
    endElsewhere(unheard.id());

    Instant ended = Instant.now();
    AtomicReference<Instant> lastAccepted = new AtomicReference<>(ended);

    // Until the node has new connections, it answers neither yes nor no.
    await()
        .until(
            () -> {
              Instant asked = Instant.now();
              int status = wire.sts(unheard, "GetCallerIdentity").status();
              if (status == 200) {
                lastAccepted.set(asked);
              }
              return status == 403;
            });
    assertThat(lastAccepted.get()).isBefore(ended.plusSeconds(2));
  }

  @Test
  void what_the_database_forgets_in_a_failover_it_is_told_again() {
    Person alice = people.user();
    Key ended = session(alice.key(), people.role(People.trusting(alice)));
    People.ok(revoke(alice.key(), ended.id()));

    run("delete from revocation where subject = '%s'".formatted(ended.id()));
    cutConnections();

    await().until(() -> stored(ended));
    await().until(() -> wire.sts(alice.key(), "GetCallerIdentity").status() == 200);
    assertThat(alive(ended)).isFalse();
  }

  @Test
  void a_database_that_cannot_be_read_after_a_failover_is_told_again_once_it_can() {
    Person alice = people.user();
    Key ended = session(alice.key(), people.role(People.trusting(alice)));
    People.ok(revoke(alice.key(), ended.id()));
    run("delete from revocation where subject = '%s'".formatted(ended.id()));

    run("alter table revocation rename to revocation_away");
    try {
      cutConnections();
      // Long enough for the node to have lost its connection, and to have tried with another.
      await().pollDelay(Duration.ofSeconds(1)).until(changes::fresh);
    } finally {
      run("alter table revocation_away rename to revocation");
    }

    await().until(() -> stored(ended));
    await().until(() -> wire.sts(alice.key(), "GetCallerIdentity").status() == 200);
    assertThat(alive(ended)).isFalse();
  }

  private boolean stored(Key ended) {
    return rows("select 1 from revocation where subject = '%s'".formatted(ended.id())) == 1;
  }

  private int rows(String query) {
    return database.query(query).execute().await().indefinitely().size();
  }
}
