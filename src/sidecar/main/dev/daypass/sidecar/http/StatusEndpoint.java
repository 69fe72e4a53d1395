package dev.daypass.sidecar.http;

import dev.daypass.sidecar.keeping.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// How the sidecar is, for Kubernetes, Prometheus and people. It tells no secret, and takes any
/// `Host`: probes come to the pod's address.
final class StatusEndpoint implements Function<Asked, Reply> {
  private static final Reply OK = Reply.text("ok\n");
  private static final int UNAVAILABLE = 503;

  private final Supplier<Map<String, Status>> roles;
  private final Supplier<Duration> skew;
  private final Supplier<String> metrics;

  StatusEndpoint(
      Supplier<Map<String, Status>> roles, Supplier<Duration> skew, Supplier<String> metrics) {
    this.roles = roles;
    this.skew = skew;
    this.metrics = metrics;
  }

  @Override
  public Reply apply(Asked asked) {
    if (!asked.method().equals("GET") && !asked.method().equals("HEAD")) {
      return Denial.METHOD.reply();
    }
    return switch (asked.path()) {
      // That it answers is all: no broker and no file makes it be started again.
      case "/livez" -> OK;
      case "/startupz" -> all(Status::started, "has no credentials yet");
      case "/readyz" -> all(Status::ready, "has no good credentials");
      case "/status" -> Reply.json(status());
      case "/metrics" ->
          new Reply(200, "text/plain; version=0.0.4; charset=utf-8", metrics.get(), Map.of());
      default -> Denial.PATH.reply();
    };
  }

  private Reply all(Predicate<Status> good, String lack) {
    List<String> bad = new ArrayList<>();
    roles
        .get()
        .forEach(
            (role, status) -> {
              if (!good.test(status)) {
                String why = status.lastError().map(code -> " (" + code + ")").orElse("");
                bad.add(role + " " + lack + why);
              }
            });
    return bad.isEmpty()
        ? OK
        : new Reply(
            UNAVAILABLE, "text/plain; charset=utf-8", String.join("\n", bad) + "\n", Map.of());
  }

  private Map<String, Object> status() {
    Map<String, Object> told = new TreeMap<>();
    roles.get().forEach((role, status) -> told.put(role, shown(status)));
    return new TreeMap<>(Map.of("roles", told, "clockSkewSeconds", skew.get().toSeconds()));
  }

  private static Map<String, Object> shown(Status status) {
    Map<String, Object> shown = new TreeMap<>();
    put(shown, "arn", status.arn());
    put(shown, "expiration", status.expiration().map(Instant::toString));
    put(shown, "lastRefresh", status.lastRefresh().map(Instant::toString));
    put(shown, "lastError", status.lastError());
    shown.put("nextRefresh", status.nextRefresh().toString());
    shown.put("ready", status.ready());
    shown.put("revoked", status.revoked());
    return shown;
  }

  private static void put(Map<String, Object> shown, String name, Optional<String> value) {
    value.ifPresent(is -> shown.put(name, is));
  }
}
