package dev.daypass.broker;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.SignedJWT;
import dev.daypass.broker.Browser.Page;
import dev.daypass.broker.People.Person;
import dev.daypass.broker.Wire.Key;
import dev.daypass.broker.Wire.Reply;
import dev.daypass.broker.sealing.Sealer;
import dev.daypass.broker.sealing.SealingKeyFile;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The broker's own keys: rotated without anyone noticing, retired with all that they vouched for,
/// and sealed anew.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class KeysTest {
  private static final String PASSWORD = "correct horse battery";

  @TestHTTPResource URI server;
  @Inject Pool database;
  @Inject Sealer sealer;

  @ConfigProperty(name = "daypass.sealing.key-file")
  String keyFile;

  private Wire wire;
  private People people;

  @BeforeEach
  void begin() {
    wire = new Wire(server.getPort());
    people = new People(wire);
  }

  private Reply keys(String action, String... parameters) {
    return wire.daypass(Key.ADMIN, action, parameters);
  }

  /// The key of this purpose that is in this state.
  private String key(String purpose, String state) {
    Reply list = People.ok(keys("ListKeys"));
    List<String> ids = list.texts("KeyId");
    List<String> purposes = list.texts("Purpose");
    List<String> states = list.texts("State");
    for (int i = 0; i < states.size(); i++) {
      if (purposes.get(i).equals(purpose) && states.get(i).equals(state)) {
        return ids.get(i);
      }
    }
    throw new AssertionError("no " + state + " key for " + purpose + " in " + list.body());
  }

  private void rotate(String purpose) {
    TestClock.forward(Duration.ofSeconds(3));
    People.ok(keys("RotateKey", "Purpose", purpose, "Force", "true"));
  }

  private void retire(String id) {
    People.ok(keys("RetireKey", "KeyId", id));
  }

  private Key session(Key key, String role) {
    return People.ok(wire.sts(key, "AssumeRole", "RoleArn", role, "RoleSessionName", "s1"))
        .credentials();
  }

  private boolean alive(Key key) {
    return wire.sts(key, "GetCallerIdentity").status() == 200;
  }

  private static String kid(Key session) throws Exception {
    return SignedJWT.parse(session.token().orElseThrow()).getHeader().getKeyID();
  }

  private String chainRole(String trusted) {
    return people.role(
        """
        {"Effect": "Allow", "Principal": {"AWS": "%s"}, "Action": "sts:AssumeRole"}
        """
            .formatted(trusted));
  }

  @Test
  void rotation_is_not_noticed() throws Exception {
    Person alice = people.user();
    String role = people.role(People.trusting(alice));
    String next = key("SessionToken", "NEXT");
    Key before = session(alice.key(), role);
    for (String purpose : List.of("SessionToken", "SessionSecret", "BearerToken")) {
      rotate(purpose);
    }
    Key after = session(alice.key(), role);

    assertThat(alive(before)).isTrue();
    assertThat(alive(after)).isTrue();
    assertThat(kid(after)).isEqualTo(next).isNotEqualTo(kid(before));
    assertThat(key("SessionToken", "ACTIVE")).isEqualTo(next);
    given()
        .get("/.well-known/jwks.json")
        .then()
        .body("keys.kid", org.hamcrest.Matchers.hasItem(key("SessionToken", "NEXT")));
  }

  @Test
  void a_key_that_not_everyone_knows_does_not_take_over() {
    rotate("SessionToken");
    String active = key("SessionToken", "ACTIVE");

    assertThat(keys("RotateKey", "Purpose", "SessionToken", "Force", "true").code())
        .isEqualTo("EntityTemporarilyUnmodifiable");
    TestClock.forward(Duration.ofSeconds(3));
    assertThat(keys("RotateKey").message())
        .startsWith("The next key for SessionToken was published too short a time ago");
    assertThat(key("SessionToken", "ACTIVE")).isEqualTo(active);
    TestClock.forward(Duration.ofHours(1));
    People.ok(keys("RotateKey"));
    assertThat(key("SessionToken", "VERIFY_ONLY")).isEqualTo(active);
  }

  @Test
  void a_retired_key_takes_its_sessions_and_what_came_of_them_and_no_others() {
    for (String purpose : List.of("SessionToken", "SessionSecret")) {
      Person alice = people.user();
      String role = people.role(People.trusting(alice));
      String second = chainRole(role);
      Key older = session(alice.key(), role);
      rotate(purpose);
      String bad = key(purpose, "ACTIVE");
      Key own = session(alice.key(), role);
      rotate(purpose);
      Key child = session(own, second);
      Key ofOlder = session(older, second);
      Key newer = session(alice.key(), role);
      assertThat(List.of(older, own, child, ofOlder, newer)).allMatch(this::alive);

      retire(bad);

      assertThat(alive(own)).as(purpose).isFalse();
      assertThat(alive(child)).as(purpose).isFalse();
      assertThat(List.of(older, ofOlder, newer)).as(purpose).allMatch(this::alive);
      assertThat(alive(alice.key())).isTrue();
      assertThat(keys("RetireKey", "KeyId", bad).code()).isEqualTo("NoSuchEntity");
    }
  }

  @Test
  void the_key_that_issues_can_be_retired_and_the_next_one_takes_its_place() throws Exception {
    Person alice = people.user();
    String role = people.role(People.trusting(alice));
    String active = key("SessionToken", "ACTIVE");
    String next = key("SessionToken", "NEXT");
    Key dead = session(alice.key(), role);

    retire(active);

    assertThat(alive(dead)).isFalse();
    Key alive = session(alice.key(), role);
    assertThat(kid(alive)).isEqualTo(next);
    assertThat(alive(alive)).isTrue();
    assertThat(key("SessionToken", "NEXT")).isNotIn(active, next);
    String waiting = key("SessionToken", "NEXT");
    retire(waiting);
    assertThat(key("SessionToken", "NEXT")).isNotEqualTo(waiting);
    assertThat(alive(alive)).isTrue();
    assertThat(sealedKey(active)).isEmpty();
  }

  @Test
  void keys_of_a_later_version_are_let_be() {
    Person alice = people.user();
    database
        .preparedQuery(
            """
            insert into broker_key (id, purpose, state, sealed_key, created_at)
            values ('of-a-later-version', 'TELEPATHY', 'ACTIVE', $1, now())
            """)
        .execute(Tuple.of(Buffer.buffer("sealed otherwise")))
        .await()
        .indefinitely();
    try {
      rotate("SessionToken");

      assertThat(alive(session(alice.key(), people.role(People.trusting(alice))))).isTrue();
      assertThat(People.ok(keys("ListKeys")).texts("KeyId")).doesNotContain("of-a-later-version");
      assertThat(keys("RetireKey", "KeyId", "of-a-later-version").code()).isEqualTo("NoSuchEntity");
      assertThat(sealedKey("of-a-later-version")).isNotEmpty();
    } finally {
      database
          .query("delete from broker_key where id = 'of-a-later-version'")
          .execute()
          .await()
          .indefinitely();
    }
  }

  private byte[] sealedKey(String id) {
    return database
        .preparedQuery("select sealed_key from broker_key where id = $1")
        .execute(Tuple.of(id))
        .await()
        .indefinitely()
        .iterator()
        .next()
        .getBuffer(0)
        .getBytes();
  }

  @Test
  void sign_ins_of_a_retired_key_end_with_the_sessions_they_gave() {
    Person alice = people.user();
    String role = people.role(People.trusting(alice));
    People.ok(
        wire.iam(Key.ADMIN, "CreateLoginProfile", "UserName", alice.name(), "Password", PASSWORD));
    String token = signIn(alice);
    Key born = session(token, role);
    Key ofKey = session(alice.key(), role);
    assertThat(alive(born)).isTrue();

    retire(key("BearerToken", "ACTIVE"));

    given().header("Authorization", "Bearer " + token).get("/api/identity").then().statusCode(401);
    assertThat(alive(born)).isFalse();
    assertThat(alive(ofKey)).isTrue();
    given()
        .header("Authorization", "Bearer " + signIn(alice))
        .get("/api/identity")
        .then()
        .statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"of the sign-in", "of the token"})
  void what_a_tool_was_given_ends_with_each_key_that_vouches_for_it(String which) throws Exception {
    Person alice = people.user();
    String role = people.role(People.trusting(alice));
    People.ok(
        wire.iam(Key.ADMIN, "CreateLoginProfile", "UserName", alice.name(), "Password", PASSWORD));
    Browser browser = new Browser(server.getPort());
    browser.typed("/sign-in", alice.name(), PASSWORD);
    String former = key("BearerToken", "ACTIVE");
    rotate("BearerToken");
    String current = key("BearerToken", "ACTIVE");
    assertThat(current).isNotEqualTo(former);
    SsoTool tool = SsoTool.of(SsoTool.API);
    Page back = browser.submit(browser.get(tool.link()), "/authorize", "answer", "allow");
    String token = tool.byCode(LoginTool.code(back)).statusCode(200).extract().path("accessToken");
    Key born = session(token, role);
    assertThat(alive(born)).isTrue();

    retire(which.equals("of the sign-in") ? former : current);

    assertThat(Keyholders.get(token, "identity").extract().statusCode()).isIn(401, 403);
    assertThat(alive(born)).isFalse();
  }

  private static Key session(String token, String role) {
    var given = Keyholders.post(token, "sessions", Map.of("roleArn", role)).statusCode(200);
    return new Key(
        given.extract().path("accessKeyId"),
        given.extract().path("secretAccessKey"),
        java.util.Optional.of(given.extract().path("sessionToken")));
  }

  private static String signIn(Person person) {
    return given()
        .contentType("application/json")
        .body(Map.of("account", People.ACCOUNT, "userName", person.name(), "password", PASSWORD))
        .post("/api/sign-in")
        .then()
        .statusCode(200)
        .extract()
        .path("token");
  }

  @Test
  void keys_are_the_first_accounts_to_look_after() {
    Key foreign = Foreigners.admin(database, sealer);
    Key nobody = people.user().key();
    String active = key("SessionToken", "ACTIVE");
    assertThat(wire.iam(foreign, "ListUsers").status()).isEqualTo(200);

    for (Key key : List.of(foreign, nobody)) {
      assertThat(wire.daypass(key, "ListKeys").code()).isEqualTo("AccessDenied");
      assertThat(wire.daypass(key, "RotateKey").code()).isEqualTo("AccessDenied");
      assertThat(wire.daypass(key, "RetireKey", "KeyId", active).code()).isEqualTo("AccessDenied");
      assertThat(wire.daypass(key, "RewrapSecrets").code()).isEqualTo("AccessDenied");
    }
    assertThat(key("SessionToken", "ACTIVE")).isEqualTo(active);
    assertThat(keys("RetireKey", "KeyId", "none").code()).isEqualTo("NoSuchEntity");
    assertThat(keys("RotateKey", "Purpose", "Everything").code()).isEqualTo("ValidationError");
    given().get("/api/keys").then().statusCode(401);
    given().post("/api/keys/rotate").then().statusCode(401);
    given().delete("/api/keys/" + active).then().statusCode(401);
    given().post("/api/keys/rewrap").then().statusCode(401);
  }

  @Test
  void another_accounts_sessions_are_not_there() {
    Key foreign = Foreigners.admin(database, sealer);
    Person alice = people.user();
    Key victim = session(alice.key(), people.role(People.trusting(alice)));

    for (String id : List.of(victim.id(), alice.key().id(), "ASIANOSUCHSESSION234")) {
      assertThat(wire.daypass(foreign, "RevokeSession", "SessionId", id).code())
          .isEqualTo("NoSuchEntity");
    }
    assertThat(wire.daypass(foreign, "RevokeSessions", "Principal", alice.arn()).code())
        .isEqualTo("NoSuchEntity");
    String id = wire.iam(Key.ADMIN, "GetUser", "UserName", alice.name()).text("UserId");
    assertThat(wire.daypass(foreign, "RevokeSessions", "Principal", id).code())
        .isEqualTo("NoSuchEntity");
    assertThat(People.ok(wire.daypass(foreign, "ListSessions")).texts("SessionId"))
        .doesNotContain(victim.id());
    assertThat(wire.daypass(foreign, "ListSessions", "UserName", alice.name()).code())
        .isEqualTo("NoSuchEntity");
    assertThat(alive(victim)).isTrue();
  }

  @Test
  void every_secret_is_sealed_anew_and_then_the_former_key_can_go() {
    Person alice = people.user();
    people.device(alice);
    Key session = session(alice.key(), people.role(People.trusting(alice)));
    String former = sealer.primary();

    assertThat(SealingKeyFile.run("add", keyFile)).isZero();
    await().until(() -> sealer.ids().size() == 2);
    assertThat(sealer.primary()).isEqualTo(former);
    assertThat(SealingKeyFile.run("promote", keyFile)).isZero();
    await().until(() -> !sealer.primary().equals(former));
    int total = 0;
    Reply step;
    do {
      step = People.ok(keys("RewrapSecrets"));
      total += Integer.parseInt(step.text("Rewrapped"));
    } while (!step.text("Remaining").equals("0"));

    assertThat(total).isGreaterThanOrEqualTo(8);
    assertThat(step.text("Unreadable")).isEqualTo("0");
    assertThat(People.ok(keys("ListKeys")).texts("Sealed")).contains("0").hasSize(2);
    assertThat(SealingKeyFile.run("prune", keyFile)).isZero();
    await().until(() -> sealer.ids().size() == 1);
    assertThat(alive(alice.key())).isTrue();
    assertThat(alive(session)).isTrue();
    assertThat(alive(session(alice.key(), people.role(People.trusting(alice))))).isTrue();
    assertThat(People.ok(keys("RewrapSecrets")).text("Rewrapped")).isEqualTo("0");
  }

  @Test
  void a_sealing_key_file_that_is_broken_changes_nothing() {
    assertThat(SealingKeyFile.run("add", "/no/such/file")).isEqualTo(1);
    assertThat(SealingKeyFile.run("dance", keyFile)).isEqualTo(2);
    assertThat(SealingKeyFile.run("add")).isEqualTo(2);
  }

  @Test
  void no_sealed_column_is_forgotten() {
    List<String> columns = new ArrayList<>();
    StreamSupport.stream(
            database
                .query(
                    """
                    select table_name || '.' || column_name from information_schema.columns
                    where column_name like 'sealed%' and table_schema = 'public' order by 1
                    """)
                .execute()
                .await()
                .indefinitely()
                .spliterator(),
            false)
        .forEach(row -> columns.add(row.getString(0)));

    assertThat(columns)
        .containsExactlyInAnyOrderElementsOf(dev.daypass.broker.sealing.SealedColumns.all());
  }

  @Test
  void the_ages_of_keys_are_measured() {
    String metrics = given().get("/q/metrics").then().statusCode(200).extract().asString();

    assertThat(metrics)
        .contains("daypass_key_age_seconds{purpose=\"SessionToken\"}")
        .contains("daypass_keys{purpose=\"BearerToken\",state=\"NEXT\"} 1.0")
        .contains("daypass_revocations ")
        .contains("daypass_changes_fresh 1.0")
        .doesNotContain("uri=");
  }
}
