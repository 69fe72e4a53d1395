package dev.daypass.guard;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// One stream of changes, as its lines come in. `{"heard": ms}` counts from when the broker opened
/// it; counted from when it was asked to, which was before that, it never says too much.
final class ChangeLines implements Flow.Subscriber<String> {
  /// Hears how far a stream is.
  interface Heard {
    void accept(ChangeLines lines, boolean first);
  }

  private static final long OLD_NANOS = Duration.ofMinutes(20).toNanos();
  private static final long SLOW_NANOS = Duration.ofMillis(500).toNanos();
  private static final long SLOW_IS_OLD_NANOS = Duration.ofMinutes(1).toNanos();

  private final LongSupplier nanos;
  private final Heard heard;
  private final Consumer<String> changed;
  private final long askedAt;
  private volatile Flow.@Nullable Subscription subscription;
  private volatile long lineAt;
  private volatile long heardAt;
  private volatile long begunAt;
  private volatile boolean begun;
  private volatile boolean ended;

  ChangeLines(LongSupplier nanos, Heard heard, Consumer<String> changed) {
    this.nanos = nanos;
    this.heard = heard;
    this.changed = changed;
    this.askedAt = nanos.getAsLong();
    this.lineAt = askedAt;
    this.heardAt = askedAt;
  }

  /// Whether a new one would say more: clocks drift, and what was long in opening is behind for
  /// good.
  boolean old(long now) {
    boolean slow = begun && begunAt - askedAt > SLOW_NANOS;
    return now - askedAt > (slow ? SLOW_IS_OLD_NANOS : OLD_NANOS);
  }

  /// Before when every change was heard.
  long heardAt() {
    return heardAt;
  }

  /// Whether it speaks no more, or has said nothing for so long that it is taken for dead.
  boolean ended(long now, long longestSilence) {
    return ended || now - lineAt > longestSilence;
  }

  /// Whether nothing is missed by going over from the other to this: the other has told all that
  /// changed until this began.
  boolean overlaps(ChangeLines other) {
    return begun && other.heardAt - begunAt >= 0;
  }

  @Override
  public void onSubscribe(Flow.Subscription lines) {
    subscription = lines;
    if (ended) {
      lines.cancel();
    } else {
      lines.request(Long.MAX_VALUE);
    }
  }

  @Override
  public void onNext(String line) {
    if (ended) {
      return;
    }
    lineAt = nanos.getAsLong();
    try {
      Map<String, Object> told = JSONObjectUtils.parse(line);
      if (told.get("heard") instanceof Number milliseconds) {
        heard(milliseconds.longValue());
      } else if (told.get("changed") instanceof String name) {
        changed.accept(name);
      } else {
        throw new ParseException("neither heard nor changed", 0);
      }
    } catch (ParseException _) {
      // Whatever was to be told, it was not understood.
      cancel();
    }
  }

  private void heard(long milliseconds) {
    boolean first = !begun;
    if (first) {
      begunAt = lineAt;
      begun = true;
    }
    heardAt = askedAt + Duration.ofMillis(milliseconds).toNanos();
    heard.accept(this, first);
  }

  @Override
  public void onError(Throwable failure) {
    ended = true;
  }

  @Override
  public void onComplete() {
    ended = true;
  }

  void end() {
    ended = true;
  }

  void cancel() {
    ended = true;
    Flow.Subscription open = subscription;
    if (open != null) {
      open.cancel();
    }
  }
}
