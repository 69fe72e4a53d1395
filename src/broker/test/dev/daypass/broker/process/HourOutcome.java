package dev.daypass.broker.process;

import static java.util.Comparator.naturalOrder;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What became of the calls of an hour.
///
/// @param away when there was no broker
/// @param setBack the time that the clock that the callers judge by shows twice
/// @param revocation when the role's sessions were revoked
record HourOutcome(List<HourCall> calls, List<Window> away, Window setBack, Window revocation) {
  /// Within how much time the sidecar has noticed a revocation: it looks every 30 seconds, a tenth
  /// more at times, and a machine with much to do takes a while.
  static final Duration NOTICED = Duration.ofSeconds(60);

  /// A time in which something was so.
  record Window(String what, Instant from, Instant to) {
    boolean covers(HourCall call) {
      return !call.began().isAfter(to) && !call.ended().isBefore(from);
    }

    Duration lasted() {
      return Duration.between(from, to);
    }

    private Window until(Duration after) {
      return new Window(what, from, to.plus(after));
    }
  }

  /// Those that were taken from the sidecar.
  List<HourCall> served() {
    return calls.stream().filter(HourCall::ofSidecar).toList();
  }

  /// Those to the broker that it answered.
  List<HourCall> answered() {
    return calls.stream().filter(call -> !call.ofSidecar() && call.good()).toList();
  }

  /// The keys that the sidecar had given up to a time.
  Set<String> keysUntil(Instant time) {
    return served().stream()
        .filter(call -> !call.began().isAfter(time))
        .map(HourCall::key)
        .collect(Collectors.toSet());
  }

  /// Calls that failed and should not have.
  List<HourCall> inexcusable() {
    Set<String> revoked = keysUntil(revocation.from());
    Set<String> before = keysUntil(setBack.from());
    return calls.stream()
        .filter(call -> !call.good())
        .filter(call -> !withoutBroker(call))
        .filter(call -> !withRevoked(call, revoked) && !withKeptTooLong(call, before))
        .toList();
  }

  private boolean withoutBroker(HourCall call) {
    return !call.ofSidecar() && away.stream().anyMatch(window -> window.covers(call));
  }

  /// SDKs keep what they have until it is about to expire.
  private boolean withRevoked(HourCall call, Set<String> revoked) {
    Duration known = call.kind().equals(HourCall.FRESH) ? NOTICED : LongRunIT.LIFETIME;
    return call.outcome().contains("InvalidClientTokenId")
        && revoked.contains(call.key())
        && revocation.until(known).covers(call);
  }

  /// SDKs judge what they keep by the clock of the computer, and ask nobody.
  private boolean withKeptTooLong(HourCall call, Set<String> before) {
    return call.kind().equals(HourCall.CACHED)
        && call.outcome().contains("ExpiredToken")
        && before.contains(call.key())
        && setBack.until(LongRunIT.LIFETIME).covers(call);
  }

  /// The numbers, for whoever reads the log.
  String summary() {
    StringBuilder text = new StringBuilder();
    text.append(served().size()).append(" times credentials were taken from the sidecar, ");
    text.append(count(call -> call.ofSidecar() && !call.good())).append(" times in vain; ");
    text.append(count(call -> !call.ofSidecar())).append(" calls to the broker, of which failed");
    for (Window window : away) {
      long failed = count(call -> withoutBroker(call) && !call.good() && window.covers(call));
      text.append(" %d while it was %s (%s),".formatted(failed, window.what(), minutes(window)));
    }
    text.append(revoked(HourCall.FRESH)).append(',').append(revoked(HourCall.CACHED));
    Set<String> before = keysUntil(setBack.from());
    long expired = count(call -> withKeptTooLong(call, before));
    text.append(", %d with what SDKs kept when the clock was set back".formatted(expired));
    return text.append(" and %d others".formatted(inexcusable().size())).toString();
  }

  private String revoked(String kind) {
    List<Instant> refused =
        calls.stream()
            .filter(call -> call.kind().equals(kind))
            .filter(call -> call.outcome().contains("InvalidClientTokenId"))
            .map(HourCall::began)
            .toList();
    Instant last = refused.stream().max(naturalOrder()).orElse(revocation.from());
    return " %d of %s callers with what was revoked, up to %s later"
        .formatted(refused.size(), kind, minutes(new Window("", revocation.from(), last)));
  }

  private long count(Predicate<HourCall> which) {
    return calls.stream().filter(which).count();
  }

  private static String minutes(Window window) {
    return "%.1f min".formatted(window.lasted().toMillis() / 60e3);
  }
}
