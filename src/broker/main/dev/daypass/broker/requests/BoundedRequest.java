package dev.daypass.broker.requests;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.core.http.impl.HttpServerRequestWrapper;
import org.jspecify.annotations.Nullable;

/// A request whose body somebody else reads, and which is reset where there is no room for it:
/// there is nothing that it could be answered with before it was read.
final class BoundedRequest extends HttpServerRequestWrapper {
  private final Bodies.Holding holding;

  BoundedRequest(HttpServerRequest request, Bodies.Holding holding) {
    super((HttpServerRequestInternal) request);
    this.holding = holding;
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
      holding.reset(this);
    }
  }
}
