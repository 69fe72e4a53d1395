package dev.daypass.sidecar;

import static dev.daypass.sidecar.TestSidecar.APP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A workload with 200 callers, whose credentials live six seconds in place of an hour, with a
/// broker that is restarted after each of five renewals and then gone for a sixth of a life: what
/// ten minutes are of an hour. Every call that is made with what was served succeeds.
class HourTest {
  private static final int CALLERS = 200;
  private static final Duration LIFE = Duration.ofSeconds(6);

  @TempDir Path folder;

  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicLong calls = new AtomicLong();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();

  @Test
  void no_call_fails_across_refreshes_restarts_and_outages() throws Exception {
    try (FakeBroker broker = FakeBroker.start().lifetime(LIFE);
        TestSidecar sidecar = TestSidecar.of(broker, folder, APP)) {
      await().until(() -> sidecar.ask("app").status() == 200);
      List<Thread> callers = callers(sidecar, broker);

      for (int restart = 0; restart < 5; restart++) {
        int before = broker.given();
        await().until(() -> broker.given() > before);
        broker.stop();
        Thread.sleep(200);
        broker.again();
      }
      // An outage of a sixth of a life: ten minutes of an hour.
      int before = broker.given();
      await().until(() -> broker.given() > before);
      broker.stop();
      Thread.sleep(LIFE.dividedBy(6));
      broker.again();
      int after = broker.given();
      await().until(() -> broker.given() > after + 1);
      over.set(true);
      for (Thread caller : callers) {
        caller.join();
      }

      assertThat(failures).isEmpty();
      assertThat(calls.get()).isGreaterThan(CALLERS * 10L);
      // Single-flight: so many callers cost the broker no more than one does.
      assertThat(broker.given()).isLessThan(60);
    }
  }

  private List<Thread> callers(TestSidecar sidecar, FakeBroker broker) throws IOException {
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(sidecar.url())
            .header("Authorization", sidecar.token("app"))
            .timeout(Duration.ofSeconds(2))
            .build();
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      callers.add(Thread.startVirtualThread(() -> call(http, request, broker)));
    }
    return callers;
  }

  private void call(HttpClient http, HttpRequest request, FakeBroker broker) {
    while (!over.get()) {
      try {
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        check(answer, broker);
        calls.incrementAndGet();
        Thread.sleep(200);
      } catch (IOException e) {
        failures.add(e.toString());
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /// As a service would that is called with what was served.
  private void check(HttpResponse<String> answer, FakeBroker broker) throws IOException {
    Map<String, Object> served = JSON.std.mapFrom(answer.body());
    if (answer.statusCode() != 200) {
      failures.add(answer.statusCode() + " " + answer.body());
    } else if (!broker.takes(String.valueOf(served.get("AccessKeyId")))) {
      failures.add("dead at " + Instant.now() + ": " + served.get("Expiration"));
    }
  }
}
