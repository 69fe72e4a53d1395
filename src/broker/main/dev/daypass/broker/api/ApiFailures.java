package dev.daypass.broker.api;

import static dev.daypass.wire.ErrorCode.VALIDATION_ERROR;

import dev.daypass.broker.refusals.Refusals;
import dev.daypass.broker.requests.Origins;
import dev.daypass.broker.signin.SignInFailed;
import dev.daypass.broker.throttle.TooOften;
import dev.daypass.wire.ApiError;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// Failures as JSON: a code from a closed list, a sentence, and the id to ask about.
final class ApiFailures {
  private static final int UNAUTHORIZED = 401;
  private static final int TOO_MANY_REQUESTS = 429;

  @ServerExceptionMapper
  Response signInFailed(SignInFailed failure) {
    Map<String, Object> more = new TreeMap<>();
    failure.transaction().ifPresent(transaction -> more.put("transaction", transaction));
    failure.passkey().ifPresent(passkey -> more.put("passkey", passkey));
    return answer(UNAUTHORIZED, failure.reason().name(), failure.text(), more);
  }

  @ServerExceptionMapper
  Response tooOften(TooOften failure) {
    long seconds = failure.untilNext().toSeconds() + 1;
    String text = "Too many attempts. Try again in " + seconds + " seconds.";
    Response answer =
        answer(TOO_MANY_REQUESTS, "TOO_MANY_ATTEMPTS", text, Map.of("retryAfter", seconds));
    return Response.fromResponse(answer).header("Retry-After", seconds).build();
  }

  /// A server that cannot be reached is an [java.io.IOException].
  @ServerExceptionMapper({ApiError.class, Exception.class})
  Response refused(Exception failure, HttpServerRequest request) {
    if (failure instanceof WebApplicationException web) {
      return web.getCause() instanceof IllegalArgumentException
          ? unreadParameter()
          : web.getResponse();
    }
    String id = Origins.callId(request);
    ApiError refusal = Refusals.of(failure, id);
    return answer(
        refusal.code().status(),
        refusal.code().wireName(),
        refusal.text(),
        Map.of("requestId", id));
  }

  /// JAX-RS says 404 to a number that is none.
  private static Response unreadParameter() {
    return answer(
        VALIDATION_ERROR.status(),
        VALIDATION_ERROR.wireName(),
        "A parameter is not of its kind.",
        Map.of());
  }

  private static Response answer(
      int status, String code, String message, Map<String, Object> more) {
    Map<String, Object> error = new TreeMap<>(more);
    error.put("code", code);
    error.put("message", message);
    return Response.status(status)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .header("Cache-Control", "no-store")
        .entity(Map.of("error", error))
        .build();
  }
}
