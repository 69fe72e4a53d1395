package dev.daypass.guard.jdk;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsExchange;
import dev.daypass.guard.Ask;
import dev.daypass.guard.Caller;
import dev.daypass.guard.Guard;
import dev.daypass.guard.GuardRequest;
import dev.daypass.guard.Refusal;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.ErrorCode;
import dev.daypass.wire.sigv4.HttpMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A handler that is called only for requests whose sender is proven and may do what it asks.
///
/// The caller is handed over and not set as an attribute of the exchange: those are shared by all
/// requests to one context.
public final class GuardedHandler implements HttpHandler {
  /// What is guarded.
  public interface Guarded {
    void handle(HttpExchange exchange, Caller caller) throws IOException;
  }

  private final Guard guard;
  private final Function<GuardRequest, Ask> asks;
  private final Guarded guarded;

  /// @param asks what a request asks for; refuses by an `ApiError` what it does not know
  public GuardedHandler(Guard guard, Function<GuardRequest, Ask> asks, Guarded guarded) {
    this.guard = guard;
    this.asks = asks;
    this.guarded = guarded;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Optional<Caller> caller;
    try {
      GuardRequest request = request(exchange);
      Caller proven = guard.authenticate(request);
      caller = Optional.of(proven.decide(asks.apply(request)).require());
      exchange.setStreams(new ByteArrayInputStream(request.message().body()), null);
    } catch (ApiError refusal) {
      refuse(exchange, Refusal.of(refusal));
      return;
    }
    guarded.handle(exchange, caller.get());
  }

  private GuardRequest request(HttpExchange exchange) throws IOException {
    URI target = exchange.getRequestURI();
    if (target.getRawAuthority() != null || target.getRawPath() == null) {
      throw ErrorCode.VALIDATION_ERROR.error("The path can be read in more ways than one.");
    }
    int longest = guard.settings().longestBody();
    byte[] body = exchange.getRequestBody().readNBytes(longest + 1);
    if (body.length > longest) {
      throw ErrorCode.REQUEST_ENTITY_TOO_LARGE.error("The body is too long.");
    }
    List<HttpMessage.Header> headers =
        exchange.getRequestHeaders().entrySet().stream()
            .flatMap(
                header ->
                    header.getValue().stream()
                        .map(value -> new HttpMessage.Header(header.getKey(), value)))
            .toList();
    return new GuardRequest(
        new HttpMessage(
            exchange.getRequestMethod(),
            target.getRawPath(),
            Optional.ofNullable(target.getRawQuery()).orElse(""),
            headers,
            body),
        exchange.getRemoteAddress().getAddress().getHostAddress(),
        exchange instanceof HttpsExchange);
  }

  private static void refuse(HttpExchange exchange, Refusal refusal) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", Refusal.TYPE);
      exchange.getResponseHeaders().set(Refusal.HEADER, refusal.code());
      // The rest of a body that was too long is not waited for.
      exchange.getResponseHeaders().set("Connection", "close");
      exchange.sendResponseHeaders(refusal.status(), refusal.body().length);
      exchange.getResponseBody().write(refusal.body());
    }
  }
}
