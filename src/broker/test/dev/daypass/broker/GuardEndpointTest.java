package dev.daypass.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.broker.People.Person;
import dev.daypass.broker.Wire.Key;
import dev.daypass.broker.sealing.Sealer;
import dev.daypass.wire.AccessKeyId;
import dev.daypass.wire.Secret;
import dev.daypass.wire.sigv4.HttpMessage;
import dev.daypass.wire.sigv4.HttpMessage.Header;
import dev.daypass.wire.sigv4.RelayedClaim;
import dev.daypass.wire.sigv4.RequestSigner;
import dev.daypass.wire.sigv4.Scope;
import dev.daypass.wire.sigv4.SignedClaim;
import dev.daypass.wire.sigv4.SignedService;
import dev.daypass.wire.sigv4.SigningKey;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a guard can get out of the broker, and what it cannot.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class GuardEndpointTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TestHTTPResource URI server;
  @Inject Pool database;
  @Inject Sealer sealer;
  private Wire wire;
  private People people;
  private Person guardian;
  private Person alice;

  @BeforeEach
  void begin() {
    wire = new Wire(server.getPort());
    people = new People(wire);
    alice = people.user();
    guardian = people.user();
    people.allow(
        guardian, "{\"Effect\": \"Allow\", \"Action\": \"daypass:*\", \"Resource\": \"*\"}");
  }

  /// A status, and what was told.
  private record Told(int status, JsonNode body) {
    String code() {
      return body.path("__type").asText(body.at("/refused/code").asText("lent"));
    }
  }

  private Told ask(Key guard, ObjectNode question) {
    return ask(guard, "daypass", question.toString());
  }

  private Told ask(Key guard, String service, String body) {
    return send(
        signed(guard, "POST", "/guard/signing-key", "", service, body), "/guard/signing-key", body);
  }

  private HttpMessage signed(
      Key key, String method, String path, String query, String service, String body) {
    return new RequestSigner(key.id(), Secret.of(key.secret()), key.token().map(Secret::of))
        .sign(
            new HttpMessage(
                method,
                path,
                query,
                List.of(new Header("host", "127.0.0.1:" + server.getPort())),
                body.getBytes(StandardCharsets.UTF_8)),
            "eu-west-1",
            service,
            new TestClock().instant());
  }

  private Told send(HttpMessage signed, String target, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getPort() + target))
            .method(signed.method(), HttpRequest.BodyPublishers.ofString(body));
    signed.headers().stream()
        .filter(header -> !header.name().equals("host"))
        .forEach(header -> request.header(header.name(), header.value()));
    try {
      HttpResponse<String> answer =
          HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Told(answer.statusCode(), JSON.readTree(answer.body()));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// What a guard asks when the owner of the key sends it something.
  private ObjectNode question(Key key, String service) {
    RelayedClaim claim =
        SignedClaim.read(
                signed(key, "GET", "/1", "", service, ""),
                SignedService.global(service),
                new TestClock().instant())
            .relayed();
    ObjectNode question = JSON.createObjectNode();
    question.put("accessKeyId", claim.accessKeyId());
    claim.sessionToken().ifPresent(token -> question.put("sessionToken", token));
    return question
        .put("signedAt", claim.signedAt())
        .put("region", claim.scope().region())
        .put("service", claim.scope().service())
        .put("requestHash", claim.requestHash())
        .put("signature", claim.signature());
  }

  private JsonNode lastRecord(Person guard) throws Exception {
    return JSON.readTree(
        database
            .preparedQuery(
                "select record::text from audit_event where user_name = $1 order by time desc, id limit 1")
            .execute(Tuple.of(guard.name()))
            .await()
            .atMost(Duration.ofSeconds(5))
            .iterator()
            .next()
            .getString(0));
  }

  @Test
  void the_key_of_the_day_is_lent_and_recorded_and_the_secret_is_not() throws Exception {
    ObjectNode question = question(alice.key(), "orders");

    Told told = ask(guardian.key(), question);

    byte[] key =
        SigningKey.derive(
                Secret.of(alice.key().secret()),
                new Scope(question.get("signedAt").asText().substring(0, 8), "eu-west-1", "orders"))
            .secret()
            .reveal();
    assertThat(told.body().at("/lent/signingKey").asText())
        .isEqualTo(Base64.getEncoder().encodeToString(key));
    assertThat(told.body().at("/lent/principal/arn").asText()).isEqualTo(alice.arn());
    assertThat(told.body().toString()).doesNotContain(alice.key().secret());
    JsonNode record = lastRecord(guardian);
    assertThat(record.get("eventName").asText()).isEqualTo("GetSigningKey");
    assertThat(record.at("/requestParameters/principalArn").asText()).isEqualTo(alice.arn());
    assertThat(record.toString())
        .doesNotContain(
            told.body().at("/lent/signingKey").asText(), question.get("signature").asText());
  }

  @Test
  void what_the_broker_takes_signatures_for_is_lent_to_nobody() {
    for (String service : List.of("sts", "iam", "daypass")) {
      for (Key guard : List.of(guardian.key(), Key.ADMIN)) {
        Told told = ask(guard, question(alice.key(), service));

        assertThat(told.status()).isEqualTo(403);
        assertThat(told.code()).isEqualTo("AccessDenied");
      }
    }
  }

  @Test
  void a_guard_gets_what_its_policy_names_and_nothing_else() {
    Person narrow = people.user();
    people.allow(
        narrow,
        """
        {"Effect": "Allow", "Action": "daypass:GetSigningKey",
         "Resource": "arn:aws:daypass:eu-west-1:111122223333:service/orders"}
        """);
    ObjectNode elsewhere = question(alice.key(), "orders").put("region", "us-east-1");

    assertThat(ask(narrow.key(), question(alice.key(), "orders")).code()).isEqualTo("lent");
    assertThat(ask(narrow.key(), question(alice.key(), "payments")).status()).isEqualTo(403);
    assertThat(ask(narrow.key(), elsewhere).status()).isEqualTo(403);
    assertThat(ask(alice.key(), question(alice.key(), "orders")).code()).isEqualTo("AccessDenied");
    assertThat(ask(narrow.key(), "sts", question(alice.key(), "orders").toString()).code())
        .isEqualTo("SignatureDoesNotMatch");
    assertThat(
            ask(
                    new Key(narrow.key().id(), "wrong", java.util.Optional.empty()),
                    question(alice.key(), "orders"))
                .code())
        .isEqualTo("SignatureDoesNotMatch");
  }

  @Test
  void whoever_was_shown_no_signature_is_lent_nothing() throws Exception {
    List<Consumer<ObjectNode>> changes =
        List.of(
            question -> question.put("signature", "0".repeat(64)),
            question -> question.put("requestHash", "0".repeat(64)),
            question -> question.put("accessKeyId", guardian.key().id()),
            question -> question.put("region", "us-east-1"),
            question -> question.put("service", "payments"),
            question ->
                question.put(
                    "signedAt", question.get("signedAt").asText().substring(0, 9) + "000000Z"),
            question -> question.put("sessionToken", "x"));

    for (Consumer<ObjectNode> change : changes) {
      ObjectNode question = question(alice.key(), "orders");
      change.accept(question);
      Told told = ask(guardian.key(), question);

      assertThat(told.code())
          .as(question.toString())
          .isIn("SignatureDoesNotMatch", "InvalidClientTokenId");
      assertThat(told.body().has("lent")).isFalse();
      assertThat(lastRecord(guardian).get("errorCode").asText()).isEqualTo(told.code());
    }
  }

  /// Somebody in an account that has nothing to do with the guard's.
  private Key ofAnotherAccount() {
    String id =
        AccessKeyId.random(AccessKeyId.LONG_TERM, "444455556666", new SecureRandom()).value();
    byte[] sealed = sealer.seal(Secret.of("a secret"), "access-key/" + id);
    run(
        "insert into account values ('444455556666', 'other', now()) on conflict do nothing",
        Tuple.tuple());
    run(
        "insert into iam_user (id, account_id, path, name, created_at) values ($1, '444455556666', '/', $1, now())",
        Tuple.of(id.replace("AKIA", "AIDA")));
    run(
        "insert into access_key values ($1, '444455556666', $2, true, $3, now())",
        Tuple.of(id, id.replace("AKIA", "AIDA"), Buffer.buffer(sealed)));
    return new Key(id, "a secret", java.util.Optional.empty());
  }

  private void run(String sql, Tuple parameters) {
    database.preparedQuery(sql).execute(parameters).await().atMost(Duration.ofSeconds(5));
  }

  @Test
  void nothing_is_lent_across_accounts() throws Exception {
    Key other = ofAnotherAccount();
    assertThat(wire.sts(other, "GetCallerIdentity").text("Account")).isEqualTo("444455556666");

    Told told = ask(guardian.key(), question(other, "orders"));
    for (String table : List.of("access_key", "iam_user")) {
      run("delete from " + table + " where account_id = '444455556666'", Tuple.tuple());
    }
    run("delete from account where id = '444455556666'", Tuple.tuple());

    assertThat(told.code()).isEqualTo("InvalidClientTokenId");
    assertThat(told.body().toString()).doesNotContain("444455556666", "signingKey");
    assertThat(lastRecord(guardian).toString()).doesNotContain("principalArn");
  }

  @Test
  void a_question_that_is_not_exactly_one_is_refused() {
    List<Consumer<ObjectNode>> changes =
        List.of(
            question -> question.remove("signature"),
            question -> question.put("signature", 1),
            question -> question.put("signature", "0".repeat(64).replace('0', 'A')),
            question -> question.put("more", "x"),
            question -> question.put("region", "eu-west-1/orders/aws4_request\n"),
            question -> question.put("service", "Orders"),
            question -> question.put("service", ""),
            question -> question.put("signedAt", "20261124"),
            question -> question.put("accessKeyId", "short"),
            question -> question.put("sessionToken", "a b"),
            question -> question.putNull("sessionToken"));
    for (Consumer<ObjectNode> change : changes) {
      ObjectNode question = question(alice.key(), "orders");
      change.accept(question);

      assertThat(ask(guardian.key(), question).status()).as(question.toString()).isEqualTo(400);
    }
    String right = question(alice.key(), "orders").toString();
    for (String body :
        List.of(
            "",
            "x",
            "[]",
            "null",
            "[".repeat(10_000),
            right + "x",
            right.replace("{", "{\"service\":\"orders\","))) {
      assertThat(ask(guardian.key(), "daypass", body).status()).isEqualTo(400);
    }
    assertThat(ask(guardian.key(), "daypass", "x".repeat(1 << 17)).status()).isEqualTo(413);
  }

  @Test
  void a_signature_of_another_day_is_proven_as_long_as_any_signature_lives() {
    ObjectNode old = question(alice.key(), "orders").put("signedAt", "20200101T000000Z");

    assertThat(ask(guardian.key(), old).code()).isEqualTo("SignatureDoesNotMatch");
  }

  @Test
  void who_listens_hears_of_changes_under_names_that_say_nothing() throws Exception {
    HttpMessage signed =
        signed(guardian.key(), "GET", "/guard/changes", "service=orders", "daypass", "");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + server.getPort() + "/guard/changes?service=orders"));
    signed.headers().stream()
        .filter(header -> !header.name().equals("host"))
        .forEach(header -> request.header(header.name(), header.value()));
    List<String> lines = new java.util.concurrent.CopyOnWriteArrayList<>();
    var answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofLines());
    Thread reader = Thread.ofVirtual().start(() -> answer.body().forEach(lines::add));

    await().until(() -> lines.stream().filter(line -> line.contains("heard")).count() > 2);
    people.allow(alice, "{\"Effect\": \"Allow\", \"Action\": \"orders:*\", \"Resource\": \"*\"}");
    JsonNode names =
        ask(guardian.key(), question(alice.key(), "orders")).body().at("/lent/dependencies");
    await()
        .atMost(Duration.ofSeconds(2))
        .until(
            () ->
                lines.stream()
                    .anyMatch(
                        line ->
                            line.contains("changed")
                                && java.util.stream.StreamSupport.stream(names.spliterator(), false)
                                    .anyMatch(name -> line.contains(name.asText()))));

    People.ok(
        wire.iam(
            Key.ADMIN,
            "UpdateAccessKey",
            "UserName",
            guardian.name(),
            "AccessKeyId",
            guardian.key().id(),
            "Status",
            "Inactive"));
    assertThat(reader.join(Duration.ofSeconds(2))).as("it ends with the guard's key").isTrue();
    assertThat(String.join("", lines)).doesNotContain(alice.name(), "111122223333");
  }

  @Test
  void who_may_not_listen_hears_nothing() {
    assertThat(
            send(
                    signed(alice.key(), "GET", "/guard/changes", "service=orders", "daypass", ""),
                    "/guard/changes?service=orders",
                    "")
                .code())
        .isEqualTo("AccessDenied");
    assertThat(
            send(
                    signed(guardian.key(), "GET", "/guard/changes", "service=sts", "daypass", ""),
                    "/guard/changes?service=sts",
                    "")
                .code())
        .isEqualTo("AccessDenied");
    assertThat(
            send(
                    signed(guardian.key(), "GET", "/guard/changes", "", "daypass", ""),
                    "/guard/changes",
                    "")
                .status())
        .isEqualTo(400);
  }
}
