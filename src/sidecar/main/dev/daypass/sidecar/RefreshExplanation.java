package dev.daypass.sidecar;

import dev.daypass.sidecar.SidecarConfig.From;
import dev.daypass.sidecar.keeping.RefreshPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a configuration means for when credentials are fetched, and for how long an outage can
/// last.
public record RefreshExplanation(SidecarConfig config) {
  /// Line by line.
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    config
        .roles()
        .forEach(
            role -> lines.addAll(lines(role.name(), role.request().duration(), from(role.from()))));
    config
        .pods()
        .forEach(pod -> lines.addAll(lines(pod.name(), pod.duration(), "the pod's own token")));
    lines.add("");
    lines.add(
        "When the broker is away: again after up to 1 s, 2 s, 4 s ... 60 s, at random, and not before its Retry-After.");
    lines.add("When it says no: again after 5 s, 10 s ... 5 min. Other roles go on.");
    lines.add(
        "Whether it still takes what it gave is asked every %d s; what it does not take is forgotten at once."
            .formatted(config.server().revocationCheck().toSeconds()));
    return lines;
  }

  private static List<String> lines(String name, Duration lifetime, String from) {
    Instant start = Instant.EPOCH;
    Instant end = start.plus(lifetime);
    Duration first = Duration.between(start, RefreshPolicy.refreshAt(start, end, 0));
    Duration last = Duration.between(start, RefreshPolicy.refreshAt(start, end, 1));
    List<String> lines = new ArrayList<>();
    lines.add("%s: %s from %s".formatted(name, minutes(lifetime), from));
    lines.add(
        "  fetched anew %s to %s after it was given; an outage of %s is not noticed, and one of %s at best"
            .formatted(
                minutes(first), minutes(last), minutes(lifetime.minus(last)), minutes(lifetime)));
    warning(lifetime).ifPresent(lines::add);
    return lines;
  }

  /// What is wrong with so short a life.
  public static Optional<String> warning(Duration lifetime) {
    return lifetime.compareTo(RefreshPolicy.SHORT_LIFETIME) < 0
        ? Optional.of(
            "  less than 30 min leaves little time to mend anything; at 15 min, SDKs ask on every use")
        : Optional.empty();
  }

  private static String minutes(Duration duration) {
    return duration.toMinutes() > 0 && duration.toSecondsPart() == 0
        ? duration.toMinutes() + " min"
        : duration.toSeconds() + " s";
  }

  private static String from(From from) {
    return switch (from) {
      case From.WebIdentity(var file) -> "the token in " + file;
      case From.Certificate(var certificate, _, _) ->
          "the certificate in " + certificate.certificate();
      case From.Key(var id, _) -> "access key " + id;
      case From.Via(var name) -> "role " + name;
      case From.SignIn _ -> "the sign-in on this computer";
    };
  }
}
