package dev.daypass.broker.requests;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// How much of the bodies of requests is in memory at once, whoever sends them and however slowly:
/// an eighth of the heap, of which long bodies have half. Beyond, they are refused as they come.
/// Whoever fills the half with long ones keeps nobody from an ordinary call, which is short.
@Singleton
public final class Bodies {
  /// 16 KiB: a call with a session token, a policy and tags is shorter.
  static final int SHORT = 1 << 14;

  private static final int SHARE = 8;

  /// For all of a body: whoever sends a byte now and then holds no memory for longer.
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final AtomicLong held = new AtomicLong();
  private final long most;
  private final Duration patience;

  Bodies() {
    this(Runtime.getRuntime().maxMemory() / SHARE, PATIENCE);
  }

  Bodies(long most, Duration patience) {
    this.most = most;
    this.patience = patience;
  }

  /// Reads a route's bodies, and fails where there is more.
  ///
  /// @param bytes the most there may be in one
  public Handler<RoutingContext> atMost(int bytes) {
    return new Body(this, bytes);
  }

  /// A request whose body is read elsewhere, and is reset where there is no room for it, or it
  /// takes too long.
  public HttpServerRequest bounded(RoutingContext context) {
    Holding holding = begin(context);
    resetWhereSlow(context, holding);
    return new BoundedRequest(context.request(), holding);
  }

  /// Resets a request that is under way for too long.
  void resetWhereSlow(RoutingContext context, Holding holding) {
    long timer =
        context.vertx().setTimer(patience.toMillis(), _ -> holding.reset(context.request()));
    context.addEndHandler(_ -> context.vertx().cancelTimer(timer));
  }

  /// What one request holds, until its answer has ended or its connection is closed.
  Holding begin(RoutingContext context) {
    Holding holding = new Holding();
    context.addEndHandler(_ -> holding.end());
    return holding;
  }

  /// How long a body may be under way.
  Duration patience() {
    return patience;
  }

  /// How many bytes are held now.
  long held() {
    return held.get();
  }

  /// What one request holds. Used by one thread.
  final class Holding {
    private long bytes;
    private boolean ended;

    private Holding() {}

    /// Whether there is room for more of it.
    boolean take(int more) {
      if (ended) {
        return false;
      }
      long bound = bytes + more > SHORT ? most / 2 : most;
      if (held.addAndGet(more) > bound) {
        held.addAndGet(-more);
        return false;
      }
      bytes += more;
      return true;
    }

    /// RFC 9113 §6.4; where it is not by HTTP/2, its connection is closed.
    void reset(HttpServerRequest request) {
      if (!request.isEnded()) {
        request.response().reset();
        end();
      }
    }

    private void end() {
      ended = true;
      held.addAndGet(-bytes);
      bytes = 0;
    }
  }
}
