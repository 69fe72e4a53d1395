package dev.daypass.broker.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.StsException;

/// A session is ended at one broker while two are asked with it all the time, and traded for
/// others.
class RevocationDrillIT {
  private static final int ROUNDS = 5;
  private static final Duration PROMISED = Duration.ofSeconds(2);

  @TempDir(cleanup = CleanupMode.NEVER)
  Path folder;

  /// A call that was accepted, by when it began.
  private final Queue<Long> accepted = new ConcurrentLinkedQueue<>();

  private final Queue<Credentials> children = new ConcurrentLinkedQueue<>();

  @Test
  void an_ended_session_is_refused_everywhere_in_time_with_what_came_of_it() throws Exception {
    try (TwoBrokers brokers = new TwoBrokers(folder, Map.of())) {
      for (int round = 0; round < ROUNDS; round++) {
        Credentials session = TwoBrokers.assume(brokers.asUser(round), TwoBrokers.FIRST);
        accepted.clear();
        children.clear();
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          int which = i;
          workers.add(
              Thread.ofVirtual().start(() -> use(brokers, which, session, which > 1, over)));
        }
        Thread.sleep(200);

        end(brokers, round, session.accessKeyId());
        long answered = System.nanoTime();

        Thread.sleep(PROMISED.toMillis() + 200);
        over.set(true);
        for (Thread worker : workers) {
          worker.join();
        }
        assertThat(accepted).isNotEmpty();
        long last = accepted.stream().mapToLong(Long::longValue).max().orElseThrow();
        System.out.printf(
            "round %d: the last use that was accepted began %.1f ms after the answer%n",
            round, (last - answered) / 1e6);
        assertThat(accepted).noneMatch(began -> began - answered > PROMISED.toNanos());
        assertThat(children).isNotEmpty();
        for (Credentials child :
            List.copyOf(children).subList(Math.max(0, children.size() - 6), children.size())) {
          for (int which = 0; which < 2; which++) {
            assertThat(accepts(brokers.as(which, child))).isFalse();
          }
        }
      }
    }
  }

  private void use(
      TwoBrokers brokers, int which, Credentials session, boolean trade, AtomicBoolean over) {
    try (StsClient client = brokers.as(which, session)) {
      while (!over.get()) {
        long began = System.nanoTime();
        try {
          if (trade) {
            children.add(TwoBrokers.assume(client, TwoBrokers.SECOND));
          } else {
            client.getCallerIdentity();
          }
          accepted.add(began);
        } catch (StsException refusal) {
          assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("InvalidClientTokenId");
        }
      }
    }
  }

  private static boolean accepts(StsClient client) {
    try (client) {
      client.getCallerIdentity();
      return true;
    } catch (StsException refusal) {
      return false;
    }
  }

  /// As `daypass sessions revoke` does, with the answer's time known exactly.
  private void end(TwoBrokers brokers, int which, String id) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      var answer =
          http.send(
              HttpRequest.newBuilder(URI.create(brokers.server(which) + "/api/sessions/" + id))
                  .header("Authorization", "Bearer " + brokers.cli().token())
                  .DELETE()
                  .build(),
              BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    }
  }

  @Test
  void sessions_are_seen_and_ended_from_the_command_line() throws Exception {
    try (TwoBrokers brokers = new TwoBrokers(folder, Map.of())) {
      Cli cli = brokers.cli();
      Credentials session = TwoBrokers.assume(brokers.asUser(0), TwoBrokers.FIRST);
      Credentials child = TwoBrokers.assume(brokers.as(1, session), TwoBrokers.SECOND);
      String id = session.accessKeyId();

      assertThat(cli.run("", "sessions", "list").output())
          .contains("ConsoleLogin")
          .doesNotContain(id);
      assertThat(cli.run("", "sessions", "list", "--user", "alice").output())
          .contains(id, child.accessKeyId(), "assumed-role/second/s1", "from 127.0.0.1, until");
      assertThat(cli.run("", "sessions", "list", "--role", "first", "--json").output())
          .contains("\"sessionId\":\"" + id + "\"", "\"revoked\":false", "user/alice");
      assertThat(cli.run("", "sessions", "list", "--all", "--user", "alice").exitCode())
          .isEqualTo(2);
      assertThat(cli.run("", "sessions", "list", "--user", "nobody").exitCode()).isEqualTo(1);
      assertThat(cli.run("", "sessions", "revoke").exitCode()).isEqualTo(2);
      assertThat(
              cli.run("", "sessions", "revoke", id, "--issued-before", "2026-01-01T00:00:00Z")
                  .exitCode())
          .isEqualTo(2);

      assertThat(cli.run("", "sessions", "revoke", id))
          .isEqualTo(new Cli.Outcome(0, "Ended " + id + ".\n"));
      assertThat(accepts(brokers.as(1, child))).isFalse();
      assertThat(cli.run("", "sessions", "list", "--user", "alice").output()).contains("revoked");

      Credentials another = TwoBrokers.assume(brokers.asUser(0), TwoBrokers.FIRST);
      Cli.Outcome all =
          cli.run("", "sessions", "revoke", "--principal", TwoBrokers.FIRST, "--json");
      assertThat(all.exitCode()).as(all.output()).isZero();
      assertThat(all.output()).contains("\"issuedBefore\":\"20");
      assertThat(accepts(brokers.as(1, another))).isFalse();
      assertThat(cli.run("", "sessions", "revoke", "ASIANOSUCHSESSION234").exitCode()).isEqualTo(1);
      assertThat(cli.run("", "keys", "list").output()).contains("SessionToken", "PRIMARY");
      assertThat(cli.run("", "keys", "rotate").exitCode()).isEqualTo(1);
      assertThat(cli.run("", "keys", "retire", "none").exitCode()).isEqualTo(1);
      assertThat(cli.run("", "keys", "rewrap").output()).isEqualTo("0 secrets sealed anew.\n");
      assertThat(cli.run("", "sessions", "revoke", "--all").exitCode()).isZero();
      assertThat(cli.run("", "whoami").exitCode()).isEqualTo(4);
    }
  }
}
