package dev.daypass.broker.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.IamException;

/// What the probes of an orchestrator are told when a store is gone.
class HealthIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir(cleanup = CleanupMode.NEVER)
  Path folder;

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void without_redis_a_broker_is_unwell_and_ready_and_answers_calls() throws Exception {
    try (BrokerProcess broker = BrokerProcess.start(BrokerProcess.settings(folder));
        IamClient iam = BrokerProcessIT.iam(broker)) {
      assertThat(probe(broker, "well")).isEqualTo(200);

      kill("redis/redis.pid");

      await().atMost(SOON).until(() -> probe(broker, "well") == 503);
      assertThat(probe(broker, "ready")).isEqualTo(200);
      assertThat(probe(broker, "live")).isEqualTo(200);
      assertThat(iam.listUsers().users()).hasSize(1);
    }
  }

  @Test
  void without_its_database_a_broker_is_alive_and_not_ready() throws Exception {
    try (BrokerProcess broker = BrokerProcess.start(BrokerProcess.settings(folder))) {
      assertThat(probe(broker, "ready")).isEqualTo(200);
      assertThat(probe(broker, "started")).isEqualTo(200);

      kill("postgres/postmaster.pid");

      await().atMost(SOON).until(() -> probe(broker, "ready") == 503);
      assertThat(probe(broker, "live")).isEqualTo(200);
      assertThat(signIn(broker)).isEqualTo(503);
    }
  }

  @Test
  void while_its_database_is_frozen_a_broker_refuses_everything_in_time_and_is_itself_afterwards()
      throws Exception {
    try (BrokerProcess broker = BrokerProcess.start(BrokerProcess.settings(folder));
        IamClient iam = BrokerProcessIT.iam(broker)) {
      signal(folder, "STOP");
      try {
        for (int i = 0; i < 3; i++) {
          assertThatThrownBy(() -> iam.listUsers())
              .isInstanceOfSatisfying(
                  IamException.class, refused -> assertThat(refused.statusCode()).isEqualTo(503));
          assertThat(signIn(broker)).isEqualTo(503);
          assertThat(probe(broker, "ready")).isEqualTo(503);
          assertThat(probe(broker, "live")).isEqualTo(200);
        }
      } finally {
        signal(folder, "CONT");
      }

      await().atMost(SOON).until(() -> probe(broker, "ready") == 200);
      assertThat(iam.listUsers().users()).hasSize(1);
    }
  }

  /// To PostgreSQL and all of its processes.
  static void signal(Path folder, String which) throws Exception {
    List<String> command = new ArrayList<>(List.of("kill", "-" + which));
    ProcessHandle server = process(folder, "postgres/postmaster.pid");
    Stream.concat(Stream.of(server), server.descendants())
        .forEach(process -> command.add(Long.toString(process.pid())));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  private int signIn(BrokerProcess broker) throws Exception {
    return http.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + broker.port() + "/api/sign-in"))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"account\": \"%s\", \"userName\": \"alice\", \"password\": \"x\"}"
                            .formatted(BrokerProcess.ACCOUNT)))
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private int probe(BrokerProcess broker, String which) throws Exception {
    return http.send(
            HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + broker.port() + "/q/health/" + which))
                .timeout(Duration.ofSeconds(10))
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private void kill(String pidFile) throws IOException {
    process(folder, pidFile).destroyForcibly();
  }

  private static ProcessHandle process(Path folder, String pidFile) throws IOException {
    String pid = Files.readAllLines(folder.resolve("data").resolve(pidFile)).getFirst().strip();
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }
}
