package dev.daypass.sidecar.telling;

import dev.daypass.client.sources.Fetched;
import dev.daypass.sidecar.files.FileWatcher;
import dev.daypass.sidecar.keeping.Status;
import dev.daypass.sidecar.keeping.Watcher;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/// What happened, in Prometheus' text format 0.0.4. Labels are closed sets: roles that were
/// configured, codes of AWS's.
public final class Metrics implements Watcher, FileWatcher {
  private static final String PREFIX = "daypass_sidecar_";
  private static final int MOST_SERIES = 10_000;

  private final String version;
  private final Map<String, LongAdder> counters = new ConcurrentSkipListMap<>();
  private final Map<String, DoubleAdder> seconds = new ConcurrentHashMap<>();

  /// @param version of this program
  public Metrics(String version) {
    this.version = version;
  }

  /// Credentials were handed out.
  public void served(String role, boolean stale) {
    count("served_total{role=\"%s\",state=\"%s\"}".formatted(role, stale ? "stale" : "fresh"));
  }

  /// A request was refused before it was looked at.
  public void denied(String reason) {
    count("denied_total{reason=\"%s\"}".formatted(reason.toLowerCase(Locale.ROOT)));
  }

  @Override
  public void fetched(String role, Fetched outcome, Duration took) {
    String result =
        switch (outcome) {
          case Fetched.Fresh _ -> "result=\"ok\",code=\"\"";
          case Fetched.Away away -> "result=\"away\",code=\"%s\"".formatted(escaped(away.code()));
          case Fetched.Refused no -> "result=\"refused\",code=\"%s\"".formatted(escaped(no.code()));
        };
    count("refresh_total{role=\"%s\",%s}".formatted(role, result));
    count("refresh_duration_seconds_count{role=\"%s\"}".formatted(role));
    seconds
        .computeIfAbsent(
            "refresh_duration_seconds_sum{role=\"%s\"}".formatted(role), _ -> new DoubleAdder())
        .add(took.toNanos() / 1e9);
  }

  @Override
  public void revoked(String role) {
    count("revoked_total{role=\"%s\"}".formatted(role));
  }

  @Override
  public void filed(String role, Done done, String what) {
    count(
        "credentials_file_total{role=\"%s\",result=\"%s\"}"
            .formatted(role, done.name().toLowerCase(Locale.ROOT)));
  }

  private void count(String series) {
    if (counters.size() < MOST_SERIES || counters.containsKey(series)) {
      counters.computeIfAbsent(series, _ -> new LongAdder()).increment();
    }
  }

  /// Codes come from the network.
  private static String escaped(String code) {
    return code.replaceAll("[^A-Za-z0-9_.]", "_");
  }

  /// All of it.
  public String text(Map<String, Status> roles, Duration skew) {
    StringBuilder text = new StringBuilder();
    family(text, "served_total", "counter", counters);
    family(text, "denied_total", "counter", counters);
    family(text, "refresh_total", "counter", counters);
    family(text, "revoked_total", "counter", counters);
    family(text, "credentials_file_total", "counter", counters);
    text.append("# TYPE ").append(PREFIX).append("refresh_duration_seconds summary\n");
    lines(text, "refresh_duration_seconds_count", counters);
    lines(text, "refresh_duration_seconds_sum", seconds);
    gauges(text, roles);
    text.append("# TYPE %sclock_skew_seconds gauge\n".formatted(PREFIX));
    text.append(PREFIX + "clock_skew_seconds ").append(skew.toSeconds()).append('\n');
    text.append("# TYPE %sbuild_info gauge\n".formatted(PREFIX));
    text.append(PREFIX + "build_info{version=\"" + version + "\"} 1\n");
    return text.toString();
  }

  private static void gauges(StringBuilder text, Map<String, Status> roles) {
    text.append("# TYPE ").append(PREFIX).append("credentials_expiry_timestamp_seconds gauge\n");
    roles.forEach(
        (role, status) ->
            status
                .expiration()
                .ifPresent(end -> gauge(text, "credentials_expiry_timestamp_seconds", role, end)));
    text.append("# TYPE ").append(PREFIX).append("next_refresh_timestamp_seconds gauge\n");
    roles.forEach(
        (role, status) ->
            gauge(text, "next_refresh_timestamp_seconds", role, status.nextRefresh()));
  }

  private static void gauge(StringBuilder text, String name, String role, Instant value) {
    text.append("%s%s{role=\"%s\"} %d\n".formatted(PREFIX, name, role, value.getEpochSecond()));
  }

  private static void family(
      StringBuilder text, String name, String type, Map<String, ? extends Number> values) {
    text.append("# TYPE %s%s %s\n".formatted(PREFIX, name, type));
    lines(text, name, values);
  }

  private static void lines(StringBuilder text, String name, Map<String, ? extends Number> values) {
    values.forEach(
        (series, value) -> {
          if (series.startsWith(name + "{")) {
            text.append(PREFIX).append(series).append(' ').append(value).append('\n');
          }
        });
  }
}
