package dev.daypass.guard.vertx;

import dev.daypass.guard.Ask;
import dev.daypass.guard.Caller;
import dev.daypass.guard.Guard;
import dev.daypass.guard.GuardRequest;
import dev.daypass.guard.Refusal;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.ErrorCode;
import dev.daypass.wire.sigv4.HttpMessage;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A handler of requests that is called, on the request's own context, only for those whose sender
/// is proven and may do what they ask. Nothing waits on an event loop.
public final class GuardedRequestHandler implements Handler<HttpServerRequest> {
  private static final String HOST = "host";

  /// What is guarded. The body was read already.
  public interface Guarded {
    void handle(HttpServerRequest request, Buffer body, Caller caller);
  }

  private final Vertx vertx;
  private final Guard guard;
  private final Function<GuardRequest, Ask> asks;
  private final Guarded guarded;

  /// @param asks what a request asks for; refuses by an `ApiError` what it does not know
  public GuardedRequestHandler(
      Vertx vertx, Guard guard, Function<GuardRequest, Ask> asks, Guarded guarded) {
    this.vertx = vertx;
    this.guard = guard;
    this.asks = asks;
    this.guarded = guarded;
  }

  @Override
  public void handle(HttpServerRequest request) {
    Buffer body = Buffer.buffer();
    request.handler(
        part -> {
          if (body.length() + part.length() > guard.settings().longestBody()) {
            request.handler(null).endHandler(null);
            refuse(request, ErrorCode.REQUEST_ENTITY_TOO_LARGE.error("The body is too long."));
            request.connection().close();
            return;
          }
          body.appendBuffer(part);
        });
    request.endHandler(_ -> decide(request, body));
  }

  private void decide(HttpServerRequest request, Buffer body) {
    Context context = vertx.getOrCreateContext();
    GuardRequest read = read(request, body);
    guard
        .prove(read)
        .thenApply(caller -> caller.decide(asks.apply(read)).require())
        .whenComplete(
            (caller, failure) -> context.runOnContext(_ -> answer(request, body, caller, failure)));
  }

  private void answer(
      HttpServerRequest request,
      Buffer body,
      @Nullable Caller caller,
      @Nullable Throwable failure) {
    if (caller != null) {
      guarded.handle(request, body, caller);
    } else if (failure != null) {
      refuse(request, Guard.refusal(failure));
    }
  }

  private static GuardRequest read(HttpServerRequest request, Buffer body) {
    List<HttpMessage.Header> headers = new ArrayList<>();
    request.headers().forEach((name, value) -> headers.add(new HttpMessage.Header(name, value)));
    if (!request.headers().contains(HOST) && request.authority() != null) {
      // HTTP/2 says the host in a pseudo-header (RFC 9113 §8.3.1); clients sign it as Host.
      headers.add(new HttpMessage.Header(HOST, request.authority().toString()));
    }
    // A target that is no path, such as a whole URL, stays what it is, and is refused.
    String target = request.uri();
    int question = target.indexOf('?');
    return new GuardRequest(
        new HttpMessage(
            request.method().name(),
            question < 0 ? target : target.substring(0, question),
            question < 0 ? "" : target.substring(question + 1),
            headers,
            body.getBytes()),
        Optional.ofNullable(request.remoteAddress().hostAddress()).orElse(""),
        request.isSSL());
  }

  private static void refuse(HttpServerRequest request, ApiError error) {
    if (request.response().ended() || request.response().closed()) {
      return;
    }
    Refusal refusal = Refusal.of(error);
    request
        .response()
        .setStatusCode(refusal.status())
        .putHeader("Content-Type", Refusal.TYPE)
        .putHeader(Refusal.HEADER, refusal.code())
        .end(Buffer.buffer(refusal.body()));
  }
}
