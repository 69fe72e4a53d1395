package dev.daypass.broker.calls;

import dev.daypass.broker.changes.Changes;
import dev.daypass.broker.guards.ChangeFeed;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.function.Consumer;

/// One guard that listens: a line of JSON for every change, and one every half second that says up
/// to when all changes were told, in milliseconds from the opening. Counted from when it asked, a
/// guard can so tell how much it may have missed, however long a line was on its way.
///
/// It ends when the guard may not listen any more, which is asked again after every change, or when
/// it does not read.
final class ChangeStream {
  private static final long BEAT_MILLIS = 500;
  private static final int BEATS_UNTIL_ASKED_AGAIN = 20;

  private final HttpServerResponse response;
  private final ChangeFeed feed;
  private final Changes changes;
  private final Vertx vertx;
  private final Context context;
  private final long openedAt = System.nanoTime();
  private final Consumer<String> listener = this::changed;
  private long allowedAt;
  private int beats;
  private boolean asking;

  ChangeStream(HttpServerResponse response, ChangeFeed feed, Changes changes, Vertx vertx) {
    this.response = response;
    this.feed = feed;
    this.changes = changes;
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.allowedAt = changes.epoch();
  }

  /// False where too many listen already.
  boolean open(GuardCalls.Listening guard) {
    if (!feed.listen(listener)) {
      return false;
    }
    long timer = vertx.setPeriodic(BEAT_MILLIS, _ -> beat(guard));
    response.closeHandler(
        _ -> {
          vertx.cancelTimer(timer);
          feed.forget(listener);
        });
    response
        .setChunked(true)
        .putHeader("Content-Type", "application/x-ndjson")
        .putHeader("Cache-Control", "no-store")
        // Or a proxy keeps the lines until there are enough of them.
        .putHeader("X-Accel-Buffering", "no");
    tellHeard();
    return true;
  }

  private void changed(String name) {
    context.runOnContext(_ -> write("{\"changed\":\"" + name + "\"}\n"));
  }

  private void beat(GuardCalls.Listening guard) {
    if (asking) {
      return;
    }
    long epoch = changes.epoch();
    beats++;
    if (epoch == allowedAt && beats % BEATS_UNTIL_ASKED_AGAIN != 0) {
      tellHeard();
      return;
    }
    asking = true;
    guard
        .allowed()
        .get()
        .subscribe()
        .with(
            _ ->
                context.runOnContext(
                    _ -> {
                      asking = false;
                      allowedAt = epoch;
                      tellHeard();
                    }),
            _ -> context.runOnContext(_ -> close()));
  }

  /// What was heard of until then waits to be written already, so this is written after it.
  private void tellHeard() {
    long heard = Duration.ofNanos(changes.heardAtNanos() - openedAt).toMillis();
    context.runOnContext(_ -> write("{\"heard\":" + heard + "}\n"));
  }

  private void write(String line) {
    if (response.ended() || response.closed()) {
      return;
    }
    if (response.writeQueueFull()) {
      close();
      return;
    }
    response.write(line);
  }

  private void close() {
    if (!response.ended() && !response.closed()) {
      response.end();
    }
  }
}
