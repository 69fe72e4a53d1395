package dev.daypass.broker.requests;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.core.http.impl.HttpServerRequestWrapper;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A request whose body somebody else reads, within the bounds of [Bodies]. Beyond them it is reset
/// (RFC 9113 §6.4), as there is nothing that it could be answered with before it was read.
final class BoundedRequest extends HttpServerRequestWrapper {
  private final Bodies.Holding holding;

  BoundedRequest(RoutingContext context, Bodies.Holding holding, Duration patience) {
    super((HttpServerRequestInternal) context.request());
    this.holding = holding;
    long timer = context.vertx().setTimer(patience.toMillis(), _ -> giveUp());
    context.addEndHandler(_ -> context.vertx().cancelTimer(timer));
  }

  @Override
  public HttpServerRequest handler(@Nullable Handler<Buffer> reader) {
    super.handler(reader == null ? null : chunk -> take(chunk, reader));
    return this;
  }

  private void take(Buffer chunk, Handler<Buffer> reader) {
    if (holding.take(chunk.length())) {
      reader.handle(chunk);
    } else {
      giveUp();
    }
  }

  private void giveUp() {
    if (!isEnded()) {
      response().reset();
    }
  }
}
