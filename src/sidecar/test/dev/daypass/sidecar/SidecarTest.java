package dev.daypass.sidecar;

import static dev.daypass.sidecar.TestSidecar.APP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daypass.sidecar.FakeBroker.Misfortune;
import dev.daypass.sidecar.SidecarConfig.From;
import dev.daypass.sidecar.TestSidecar.Reply;
import dev.daypass.sidecar.http.PodRole;
import dev.daypass.wire.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SidecarTest {
  private static final String OTHER = "arn:aws:iam::111122223333:role/other";

  @TempDir Path folder;

  private static void awaitReady(TestSidecar sidecar) {
    await().until(() -> sidecar.status("/readyz").status() == 200);
  }

  @Test
  void it_serves_what_sdks_expect() throws Exception {
    try (FakeBroker broker = FakeBroker.start();
        TestSidecar sidecar = TestSidecar.of(broker, folder, APP)) {
      Reply reply = sidecar.ask("app");

      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.json())
          .containsKeys("AccessKeyId", "SecretAccessKey", "Token", "Expiration")
          .containsEntry("RoleArn", APP)
          .containsEntry("AccountId", "111122223333");
      assertThat(reply.head()).contains("Cache-control: no-store");
      assertThat(
              TestSidecar.get(
                      sidecar.port(),
                      "/v2/credentials/app",
                      "Authorization: " + sidecar.token("app"))
                  .status())
          .isEqualTo(200);
    }
  }

  @Test
  void it_asks_the_broker_once_for_any_number_of_callers() throws Exception {
    try (FakeBroker broker = FakeBroker.start().slow(Duration.ofMillis(300));
        TestSidecar sidecar = TestSidecar.of(broker, folder, APP)) {
      List<Integer> statuses =
          java.util.stream.IntStream.range(0, 100)
              .parallel()
              .mapToObj(
                  _ -> {
                    try {
                      return sidecar.ask("app").status();
                    } catch (IOException e) {
                      throw new java.io.UncheckedIOException(e);
                    }
                  })
              .distinct()
              .toList();

      assertThat(statuses).containsExactly(200);
      assertThat(broker.given()).isEqualTo(1);
    }
  }

  @Test
  void there_is_no_answer_without_credentials() throws Exception {
    try (FakeBroker broker = FakeBroker.start();
        TestSidecar sidecar = start(broker, new Misfortune(503, "ServiceUnavailable", Map.of()))) {
      Reply reply = sidecar.ask("app");

      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.json()).containsEntry("code", "ServiceUnavailable").hasSize(2);
      assertThat(reply.head()).contains("Retry-after: 1");
      assertThat(sidecar.status("/livez").status()).isEqualTo(200);
      assertThat(sidecar.status("/startupz").status()).isEqualTo(503);
      assertThat(sidecar.status("/readyz").body()).contains("app", "ServiceUnavailable");
    }
  }

  private TestSidecar start(FakeBroker broker, Misfortune misfortune) throws IOException {
    broker.misfortune(APP, misfortune);
    return TestSidecar.of(broker, folder, APP);
  }

  @Test
  void one_bad_role_does_not_disturb_another() throws Exception {
    try (FakeBroker broker = FakeBroker.start()) {
      broker.misfortune(APP, Misfortune.refusing("AccessDenied"));
      try (TestSidecar sidecar = TestSidecar.of(broker, folder, APP, OTHER)) {
        assertThat(sidecar.ask("other").status()).isEqualTo(200);
        assertThat(sidecar.ask("app").json()).containsEntry("code", "AccessDenied");
        assertThat(sidecar.status("/readyz").body()).contains("app").doesNotContain("other");
      }
    }
  }

  @Test
  void a_token_opens_its_own_role_and_no_other() throws Exception {
    try (FakeBroker broker = FakeBroker.start();
        TestSidecar sidecar = TestSidecar.of(broker, folder, APP, OTHER)) {
      awaitReady(sidecar);
      String token = "Authorization: " + sidecar.token("other");

      assertThat(TestSidecar.get(sidecar.port(), "/v1/credentials", token).json())
          .containsEntry("RoleArn", OTHER);
      assertThat(TestSidecar.get(sidecar.port(), "/v2/credentials/app", token).status())
          .isEqualTo(404);
    }
  }

  @Test
  void what_is_good_is_served_until_it_expires_and_not_longer() throws Exception {
    try (FakeBroker broker = FakeBroker.start().lifetime(Duration.ofSeconds(3));
        TestSidecar sidecar = TestSidecar.of(broker, folder, APP)) {
      assertThat(sidecar.ask("app").status()).isEqualTo(200);
      broker.stop();
      Instant end = Instant.parse(sidecar.ask("app").json().get("Expiration").toString());

      while (Instant.now().isBefore(end.minusMillis(200))) {
        assertThat(sidecar.ask("app").status()).isEqualTo(200);
        Thread.sleep(100);
      }
      await().until(() -> sidecar.ask("app").status() == 503);
      assertThat(Instant.now()).isAfter(end);

      broker.again();
      await().until(() -> sidecar.ask("app").status() == 200);
    }
  }

  @Test
  void a_refusal_leaves_what_is_good_and_shows_in_the_readiness() throws Exception {
    try (FakeBroker broker = FakeBroker.start().lifetime(Duration.ofSeconds(6));
        TestSidecar sidecar = TestSidecar.of(broker, folder, APP)) {
      await().until(() -> sidecar.status("/startupz").status() == 200);
      broker.misfortune(APP, Misfortune.refusing("AccessDenied"));

      await().until(() -> sidecar.status("/readyz").body().contains("AccessDenied"));
      assertThat(sidecar.ask("app").status()).isEqualTo(200);
      assertThat(sidecar.status("/metrics").body())
          .contains(
              "daypass_sidecar_refresh_total{role=\"app\",result=\"refused\",code=\"AccessDenied\"}")
          .contains("daypass_sidecar_served_total{role=\"app\",state=\"stale\"}");
    }
  }

  @Test
  void credentials_expire_when_the_broker_says_whatever_the_clock_here_shows() throws Exception {
    JumpingClock clock = new JumpingClock();
    clock.jump(Duration.ofHours(3));
    try (FakeBroker broker = FakeBroker.start();
        TestSidecar sidecar = TestSidecar.of(broker, folder, clock, APP)) {
      // What lasts an hour is over for two hours by the clock here, by which the SDK will judge.
      Reply reply = sidecar.ask("app");

      assertThat(reply.status()).isEqualTo(200);
      assertThat(Instant.parse(reply.json().get("Expiration").toString()))
          .isBetween(
              clock.instant().plus(Duration.ofMinutes(59)),
              clock.instant().plus(Duration.ofMinutes(61)));
      assertThat(sidecar.status("/status").json().get("clockSkewSeconds").toString())
          .startsWith("-10");
    }
  }

  @Test
  void a_clock_that_jumps_is_noticed_when_somebody_asks() throws Exception {
    JumpingClock clock = new JumpingClock();
    try (FakeBroker broker = FakeBroker.start();
        TestSidecar sidecar = TestSidecar.of(broker, folder, clock, APP)) {
      String first = sidecar.ask("app").json().get("AccessKeyId").toString();
      clock.jump(Duration.ofMinutes(50));

      assertThat(sidecar.ask("app").json().get("AccessKeyId")).isNotEqualTo(first);
    }
  }

  @Test
  void a_clock_that_is_set_back_lets_nothing_be_served_beyond_its_end() throws Exception {
    JumpingClock clock = new JumpingClock();
    try (FakeBroker broker = FakeBroker.start().lifetime(Duration.ofSeconds(4));
        TestSidecar sidecar = TestSidecar.of(broker, folder, clock, APP)) {
      String first = sidecar.ask("app").json().get("AccessKeyId").toString();
      clock.jump(Duration.ofMinutes(-30));

      await().until(() -> !broker.takes(first));
      assertThat(broker.takes(sidecar.ask("app").json().get("AccessKeyId").toString())).isTrue();
    }
  }

  private static final class JumpingClock implements InstantSource {
    private volatile Duration by = Duration.ZERO;

    void jump(Duration on) {
      by = on;
    }

    @Override
    public Instant instant() {
      return Instant.now().plus(by);
    }
  }

  @Test
  void what_is_revoked_is_forgotten_at_once_and_a_source_that_is_not_gives_others()
      throws Exception {
    try (FakeBroker broker = FakeBroker.start();
        TestSidecar sidecar = TestSidecar.of(broker, folder, APP)) {
      String first = sidecar.ask("app").json().get("AccessKeyId").toString();
      broker.revoke(first);

      await().until(() -> !first.equals(sidecar.ask("app").json().get("AccessKeyId")));
      assertThat(sidecar.ask("app").status()).isEqualTo(200);
      assertThat(sidecar.status("/metrics").body())
          .contains("daypass_sidecar_revoked_total{role=\"app\"} 1");
    }
  }

  @Test
  void who_was_revoked_for_good_gets_the_brokers_no_however_long_the_former_would_have_lasted()
      throws Exception {
    try (FakeBroker broker = FakeBroker.start();
        TestSidecar sidecar = TestSidecar.of(broker, folder, APP)) {
      String first = sidecar.ask("app").json().get("AccessKeyId").toString();
      broker.misfortune(APP, Misfortune.refusing("AccessDenied"));
      broker.revoke(first);

      await().until(() -> sidecar.ask("app").status() == 403);
      await()
          .untilAsserted(
              () ->
                  assertThat(sidecar.ask("app").json())
                      .containsEntry("code", "AccessDenied")
                      .hasSize(2));
      assertThat(sidecar.status("/status").body()).contains("\"revoked\":true");
    }
  }

  @Test
  void a_broker_that_does_not_say_revokes_nothing() throws Exception {
    try (FakeBroker broker = FakeBroker.start();
        TestSidecar sidecar = TestSidecar.of(broker, folder, APP)) {
      assertThat(sidecar.ask("app").status()).isEqualTo(200);
      broker.stop();

      Thread.sleep(2_500);

      assertThat(sidecar.ask("app").status()).isEqualTo(200);
    }
  }

  @Test
  void a_role_by_way_of_another_is_signed_with_the_credentials_of_that() throws Exception {
    try (FakeBroker broker = FakeBroker.start();
        TestSidecar sidecar =
            TestSidecar.of(
                broker,
                folder,
                List.of(
                    TestSidecar.role(APP, new From.Key("AKIAEXAMPLE", Secret.of("s")), folder),
                    TestSidecar.role(OTHER, new From.Via("app"), folder)),
                List.of())) {
      await().until(() -> sidecar.ask("other").status() == 200);

      assertThat(broker.requests())
          .anySatisfy(
              request ->
                  assertThat(request)
                      .containsEntry("RoleArn", OTHER)
                      .containsEntry(
                          "SignedBy", sidecar.ask("app").json().get("AccessKeyId").toString()));
    }
  }

  @Test
  void a_web_identity_token_is_read_anew_every_time() throws Exception {
    Path token = folder.resolve("web-identity");
    Files.writeString(token, "first\n");
    try (FakeBroker broker = FakeBroker.start().lifetime(Duration.ofSeconds(2));
        TestSidecar sidecar =
            TestSidecar.of(
                broker,
                folder,
                List.of(TestSidecar.role(APP, new From.WebIdentity(token), folder)),
                List.of())) {
      assertThat(sidecar.ask("app").status()).isEqualTo(200);
      Files.writeString(token, "second");

      await()
          .untilAsserted(
              () ->
                  assertThat(broker.requests())
                      .anyMatch(request -> "second".equals(request.get("WebIdentityToken"))));
      assertThat(broker.requests().getFirst())
          .containsEntry("WebIdentityToken", "first")
          .doesNotContainKey("SignedBy");
    }
  }

  @Test
  void a_pod_gets_the_role_of_its_service_account_by_its_own_token() throws Exception {
    try (FakeBroker broker = FakeBroker.start();
        TestSidecar sidecar = ofPods(broker)) {
      String cart = jwt("system:serviceaccount:shop:cart");

      assertThat(pod(sidecar, cart).json()).containsEntry("RoleArn", APP);
      assertThat(pod(sidecar, cart).status()).isEqualTo(200);
      assertThat(broker.requests()).hasSize(1);
      assertThat(broker.requests().getFirst())
          .containsEntry("WebIdentityToken", cart)
          .containsEntry("RoleSessionName", "cart-7d9f");
      assertThat(pod(sidecar, jwt("system:serviceaccount:other:cart")).status()).isEqualTo(403);
      assertThat(pod(sidecar, "no.token.").status()).isEqualTo(401);
    }
  }

  @Test
  void what_the_broker_refuses_a_pod_is_asked_again_when_the_pod_asks() throws Exception {
    try (FakeBroker broker = FakeBroker.start();
        TestSidecar sidecar = ofPods(broker)) {
      broker.misfortune(APP, Misfortune.refusing("AccessDenied"));
      String cart = jwt("system:serviceaccount:shop:cart");
      assertThat(pod(sidecar, cart).json()).containsEntry("code", "AccessDenied");

      broker.luck(APP);

      assertThat(pod(sidecar, cart).status()).isEqualTo(200);
    }
  }

  private TestSidecar ofPods(FakeBroker broker) throws IOException {
    return TestSidecar.of(
        broker,
        folder,
        List.of(),
        List.of(new PodRole("app", APP, "shop", "cart", Duration.ofHours(1))));
  }

  private static Reply pod(TestSidecar sidecar, String token) throws IOException {
    return TestSidecar.get(sidecar.port(), "/v1/credentials", "Authorization: " + token);
  }

  private static String jwt(String subject) {
    String claims =
        "{\"sub\":\"%s\",\"kubernetes.io\":{\"pod\":{\"name\":\"cart-7d9f\"}}}".formatted(subject);
    return "e30."
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(claims.getBytes(StandardCharsets.UTF_8))
        + ".c2ln";
  }

  @Test
  void the_metadata_service_needs_its_token() throws Exception {
    try (FakeBroker broker = FakeBroker.start();
        TestSidecar sidecar = TestSidecar.of(broker, folder, APP)) {
      int port = sidecar.metadataPort();
      String roles = "/latest/meta-data/iam/security-credentials/";
      Reply token =
          TestSidecar.raw(
              port,
              "PUT /latest/api/token HTTP/1.1",
              "Host: 127.0.0.1:" + port,
              "X-aws-ec2-metadata-token-ttl-seconds: 60");
      String shown = "X-aws-ec2-metadata-token: " + token.body();

      assertThat(TestSidecar.get(port, roles, shown).body()).isEqualTo("app");
      assertThat(TestSidecar.get(port, roles + "app", shown).json())
          .containsEntry("Code", "Success")
          .containsKeys("AccessKeyId", "SecretAccessKey", "Token", "Expiration");
      assertThat(TestSidecar.get(port, roles + "app").status()).isEqualTo(401);
      assertThat(TestSidecar.get(port, roles + "app", shown + "x").status()).isEqualTo(401);
      assertThat(TestSidecar.get(port, roles + "app", shown, "X-Forwarded-For: 10.0.0.1").status())
          .isEqualTo(403);
      assertThat(
              TestSidecar.raw(
                      port,
                      "PUT /latest/api/token HTTP/1.1",
                      "Host: 127.0.0.1:" + port,
                      "X-aws-ec2-metadata-token-ttl-seconds: 21601")
                  .status())
          .isEqualTo(400);
    }
  }

  @Test
  void neither_log_nor_status_nor_metrics_tell_a_secret() throws Exception {
    try (FakeBroker broker = FakeBroker.start();
        TestSidecar sidecar = TestSidecar.of(broker, folder, APP)) {
      String key = sidecar.ask("app").json().get("AccessKeyId").toString();
      String told =
          sidecar.log() + sidecar.status("/status").body() + sidecar.status("/metrics").body();

      assertThat(told).doesNotContain(key, sidecar.token("app"), "AKIAEXAMPLE");
      assertThat(sidecar.log()).contains("\"event\":\"refreshed\"", "…0001");
    }
  }
}
