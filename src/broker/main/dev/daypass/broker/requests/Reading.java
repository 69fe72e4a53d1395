package dev.daypass.broker.requests;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/// A body that is under way. Once it is given up, what still comes of it is dropped.
final class Reading {
  private static final long NONE = -1;

  private final RoutingContext context;
  private final Bodies.Holding holding;
  private final long announced;
  private final int most;
  private final Duration patience;
  private final Buffer body = Buffer.buffer();
  private long timer = NONE;

  /// @param announced how long it says that it is; 0 where it does not say
  Reading(
      RoutingContext context, Bodies.Holding holding, long announced, int most, Duration patience) {
    this.context = context;
    this.holding = holding;
    this.announced = announced;
    this.most = most;
    this.patience = patience;
  }

  void begin() {
    context
        .request()
        .handler(this::more)
        .exceptionHandler(_ -> giveUp(Body.UNREADABLE))
        .endHandler(_ -> end())
        .resume();
  }

  private void more(Buffer chunk) {
    if (body.length() + chunk.length() > most) {
      giveUp(Body.TOO_LARGE);
    } else if (!holding.take(chunk.length())) {
      giveUp(Body.NO_ROOM);
    } else {
      body.appendBuffer(chunk);
      beImpatient();
    }
  }

  /// Most bodies come at once, and cost no timer.
  private void beImpatient() {
    if (timer == NONE && body.length() != announced) {
      timer = context.vertx().setTimer(patience.toMillis(), _ -> giveUp(Body.TOO_SLOW));
    }
  }

  private void end() {
    beAtEase();
    Body.read(context, body.getBytes());
    context.next();
  }

  private void giveUp(int status) {
    beAtEase();
    context.request().handler(null).endHandler(null).exceptionHandler(null);
    context.fail(status);
  }

  private void beAtEase() {
    if (timer != NONE) {
      context.vertx().cancelTimer(timer);
    }
  }
}
