package dev.daypass.broker.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.broker.process.HourOutcome.Window;
import dev.daypass.client.HttpDate;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// An hour of the packaged broker and the packaged sidecar in two minutes, with 200 callers that
/// use AWS's SDKs. A call may fail only where there is no broker, or where what it is made with was
/// just revoked, or was kept by an SDK for too long since the clock was set back; the sidecar never
/// fails anybody.
class LongRunIT {
  /// Of the sessions that the sidecar asks for: it is never left with less than 14 minutes.
  static final Duration LIFETIME = Duration.ofMinutes(20);

  private static final int RATE = 50;
  private static final int RATE_OF_REVOCATION = 5;
  private static final String ROLE = "arn:aws:iam::" + BrokerProcess.ACCOUNT + ":role/app";
  private static final String TRUST =
      """
      {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sts:AssumeRole",
        "Principal": {"AWS": "arn:aws:iam::%s:user/admin"}}}"""
          .formatted(BrokerProcess.ACCOUNT);

  @TempDir(cleanup = CleanupMode.NEVER)
  Path folder;

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final List<Window> away = new ArrayList<>();
  private Window setBack;
  private FastTime time;
  private FastTime.Computer workload;
  private Map<String, String> settings;
  private BrokerProcess broker;
  private SidecarProcess sidecar;
  private Cli cli;
  private Pace pace;
  private Instant began;

  @FunctionalInterface
  private interface Step {
    void take() throws Exception;
  }

  @BeforeEach
  void start() throws Exception {
    time = opened(new FastTime(folder));
    workload = time.new Computer("workload");
    settings = new HashMap<>(BrokerProcess.settings(folder));
    settings.putAll(time.new Computer("broker").environment());
    broker = BrokerProcess.start(settings);
    opened(() -> broker.close());
    try (var iam = BrokerProcessIT.iam(broker)) {
      iam.createRole(r -> r.roleName("app").assumeRolePolicyDocument(TRUST));
      iam.createLoginProfile(
          r -> r.userName("admin").password("a password").passwordResetRequired(true));
    }
    cli = new Cli(folder.resolve("administrator"));
    signIn();
    String[] duration = {"--duration", LIFETIME.toMinutes() + "m"};
    sidecar =
        opened(SidecarProcess.start(folder, broker.url(), ROLE, workload.environment(), duration));
  }

  private <T extends AutoCloseable> T opened(T closeable) {
    opened.push(closeable);
    return closeable;
  }

  private void signIn() throws Exception {
    String server = broker.url().toString();
    String[] login = {
      "login", "--stdin", "--server", server, "--account", BrokerProcess.ACCOUNT, "--user", "admin"
    };
    Cli.Outcome outcome = cli.run("a password\nanother password\n", login);
    assertThat(outcome.exitCode()).as(outcome.output()).isZero();
  }

  @AfterEach
  void end() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }

  @Test
  @Timeout(value = 8, unit = TimeUnit.MINUTES)
  void in_an_hour_of_misfortunes_no_call_fails_that_could_succeed() throws Exception {
    CallerProcesses callers =
        opened(CallerProcesses.start(folder, broker.url(), sidecar, workload));
    pace = opened(new Pace(time, RATE, List.of(broker.ready(), sidecar.ready())));
    long real = System.nanoTime();
    began = time.now();

    Window revocation = misfortunes();

    HourOutcome outcome = new HourOutcome(callers.calls(), away, setBack, revocation);
    System.out.printf(
        "LongRunIT: %d minutes in %d s, with %d callers: %s%n",
        Duration.between(began, time.now()).toMinutes(),
        Duration.ofNanos(System.nanoTime() - real).toSeconds(),
        CallerProcesses.ALL,
        outcome.summary());
    assertThat(outcome.inexcusable()).isEmpty();
    checkItHappened(outcome);
  }

  /// What happens, and when, in minutes of the hour.
  private Window misfortunes() throws Exception {
    at(4);
    away("restarted", broker::terminate, Duration.ZERO);
    at(10);
    workload.set(Duration.ofMinutes(4));
    at(14);
    away("killed", broker::kill, Duration.ZERO);
    at(19);
    setBack = new Window("set back", time.now(), time.now().plus(Duration.ofMinutes(8)));
    workload.set(Duration.ofMinutes(-4));
    at(23);
    away("away", broker::kill, Duration.ofMinutes(10));
    at(37);
    workload.set(Duration.ZERO);
    at(40);
    Window revocation = revocation();
    at(61);
    assertThat(Duration.between(brokersTime(), time.now()).abs())
        .isLessThan(Duration.ofSeconds(2 * RATE));
    return revocation;
  }

  private void at(int minute) throws InterruptedException {
    time.await(began.plus(Duration.ofMinutes(minute)));
  }

  /// @param least how long it is away, without what it takes to start it
  private void away(String what, Step stop, Duration least) throws Exception {
    Instant from = time.now();
    stop.take();
    time.await(from.plus(least));
    pace.limit(1);
    broker = BrokerProcess.start(settings, broker.port());
    away.add(new Window(what, from, time.now()));
    pace.limit(RATE);
  }

  /// The broker's own clock, as its answers tell it.
  private Instant brokersTime() throws Exception {
    HttpRequest request = HttpRequest.newBuilder(broker.url().resolve("/?Action=None")).build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      String date =
          http.send(request, BodyHandlers.discarding()).headers().firstValue("Date").orElseThrow();
      return HttpDate.parse(date).orElseThrow();
    }
  }

  /// Slowly, since it is to be noticed within a time; and when it is not forestalled by a refresh.
  private Window revocation() throws Exception {
    pace.limit(RATE_OF_REVOCATION);
    while (sidecar.nextRefresh().isBefore(time.now().plus(HourOutcome.NOTICED))) {
      time.await(time.now().plusSeconds(1));
    }
    Window revocation = revoke();
    time.await(revocation.to().plus(HourOutcome.NOTICED));
    pace.limit(RATE);
    return revocation;
  }

  /// As `daypass sessions revoke --principal` does.
  private Window revoke() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(broker.url().resolve("/api/revocations"))
            .header("Authorization", "Bearer " + cli.token())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"principal\":\"" + ROLE + "\"}"))
            .build();
    Instant from = time.now();
    try (HttpClient http = HttpClient.newHttpClient()) {
      var answer = http.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
    return new Window("revoked", from, time.now());
  }

  /// An hour in which nothing happened shows nothing.
  private void checkItHappened(HourOutcome outcome) throws Exception {
    Window outage = away.getLast();
    assertThat(outage.lasted()).isGreaterThanOrEqualTo(Duration.ofMinutes(10));
    assertThat(outcome.served()).filteredOn(outage::covers).hasSizeGreaterThan(CallerProcesses.ALL);
    assertThat(outcome.answered()).hasSizeGreaterThan(20 * CallerProcesses.ALL);
    assertThat(outcome.keysUntil(Instant.MAX)).hasSizeGreaterThan(8);
    assertThat(sidecar.metrics())
        .contains(
            "daypass_sidecar_revoked_total{role=\"app\"} 1\n",
            "daypass_sidecar_refresh_total{role=\"app\",result=\"away\"")
        .doesNotContain("daypass_sidecar_denied_total{", "result=\"refused\"");
  }
}
