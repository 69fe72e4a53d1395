package dev.daypass.broker.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.broker.signing.KeyPurpose;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/// Every key of the broker is changed while two brokers are at work, and nobody notices.
class RotationDrillIT {
  private static final int WORKERS = 4;
  private static final int PURPOSES = KeyPurpose.values().length;
  private static final int ROTATIONS = 4;
  private static final long A_MOMENT = 3_000;

  @TempDir(cleanup = CleanupMode.NEVER)
  Path folder;

  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicInteger served = new AtomicInteger();
  private final Queue<Exception> refused = new ConcurrentLinkedQueue<>();

  @Test
  void every_key_is_changed_under_load_and_no_request_is_refused() throws Exception {
    try (TwoBrokers brokers = new TwoBrokers(folder, Map.of("DAYPASS_KEYS_PUBLISH_AHEAD", "2s"))) {
      Credentials early = TwoBrokers.assume(brokers.asUser(0), TwoBrokers.FIRST);
      List<Thread> workers = new ArrayList<>();
      for (int i = 0; i < WORKERS; i++) {
        int which = i;
        workers.add(Thread.ofVirtual().start(() -> work(brokers, which)));
      }

      changeEverything(brokers);

      over.set(true);
      for (Thread worker : workers) {
        worker.join();
      }
      assertThat(refused).isEmpty();
      assertThat(served.get()).isGreaterThan(200);
      // What was issued before the first rotation is honoured to its end.
      for (int which = 0; which < 2; which++) {
        brokers.as(which, early).getCallerIdentity();
      }
      assertThat(brokers.cli().run("", "whoami").exitCode()).isZero();
    }
  }

  private static void changeEverything(TwoBrokers brokers) throws Exception {
    Cli cli = brokers.cli();
    String file = brokers.sealingKeys().toString();
    for (int i = 0; i < ROTATIONS; i++) {
      Thread.sleep(A_MOMENT);
      Cli.Outcome rotated = cli.run("", "keys", "rotate");
      assertThat(rotated.exitCode()).as(rotated.output()).isZero();
    }
    for (String step : List.of("add", "promote")) {
      assertThat(BrokerProcess.run("sealing-key", step, file)).isZero();
      Thread.sleep(A_MOMENT);
    }
    Cli.Outcome rewrapped = cli.run("", "keys", "rewrap");
    assertThat(rewrapped.exitCode()).as(rewrapped.output()).isZero();
    assertThat(rewrapped.output()).contains(" secrets sealed anew.");
    assertThat(BrokerProcess.run("sealing-key", "prune", file)).isZero();
    Thread.sleep(A_MOMENT);
    Cli.Outcome rotated = cli.run("", "keys", "rotate", "--json");
    assertThat(rotated.exitCode()).as(rotated.output()).isZero();
    Cli.Outcome list = cli.run("", "keys", "list");
    assertThat(list.output().lines().filter(line -> line.contains("VERIFY_ONLY")))
        .hasSize(PURPOSES * (ROTATIONS + 1));
    assertThat(list.output().lines().filter(line -> line.contains("ACTIVE"))).hasSize(PURPOSES);
    assertThat(list.output().lines().filter(line -> line.contains("Sealing"))).hasSize(1);
  }

  /// What one broker issues is used at the other, and traded there for more.
  private void work(TwoBrokers brokers, int which) {
    try (StsClient user = brokers.asUser(which)) {
      while (!over.get()) {
        Credentials session = TwoBrokers.assume(user, TwoBrokers.FIRST);
        try (StsClient there = brokers.as(which + 1, session)) {
          there.getCallerIdentity();
          Credentials chained = TwoBrokers.assume(there, TwoBrokers.SECOND);
          try (StsClient here = brokers.as(which, chained)) {
            here.getCallerIdentity();
          }
        }
        served.addAndGet(4);
      }
    } catch (SdkException e) {
      refused.add(e);
    }
  }
}
