package dev.daypass.broker.refusals;

import dev.daypass.broker.access.AccessDenied;
import dev.daypass.broker.audit.Overloaded;
import dev.daypass.broker.database.Conflict;
import dev.daypass.broker.throttle.TooOften;
import dev.daypass.broker.throttle.Unavailable;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.ErrorCode;
import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import jakarta.persistence.PersistenceException;
import java.io.IOException;
import org.jboss.logging.Logger;

/// Turns whatever failed into what the caller is told: an expected refusal says what it is,
/// anything else says nothing about our insides and is logged with the call's id.
public final class Refusals {
  private static final Logger LOG = Logger.getLogger(Refusals.class);

  private Refusals() {}

  /// The refusal behind a failure of the call with this id.
  public static ApiError of(Throwable failure, String callId) {
    return switch (failure) {
      case ApiError expected -> expected;
      case AccessDenied denied -> ErrorCode.ACCESS_DENIED.error(denied.text());
      case TooOften _ -> ErrorCode.THROTTLING.error("Rate exceeded");
      case Overloaded _ -> ErrorCode.THROTTLING.error("Rate exceeded");
      case Conflict _ ->
          ErrorCode.CONCURRENT_MODIFICATION.error(
              "The request was rejected because multiple requests to change this object were"
                  + " submitted simultaneously. Wait a few minutes and submit your request again.");
      case Unavailable unavailable -> unavailable(unavailable, callId);
      default -> fault(failure, callId);
    };
  }

  private static ApiError fault(Throwable failure, String callId) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof PgException
          || cause instanceof IOException
          || cause instanceof VertxException
          || cause instanceof NoStackTraceThrowable) { // of a connection that was closed
        return unavailable(failure, callId);
      }
    }
    if (failure instanceof PersistenceException) {
      return unavailable(failure, callId);
    }
    LOG.errorf(failure, "call %s failed", callId);
    return ErrorCode.SERVICE_FAILURE.error(
        "The request processing has failed because of an unknown error, exception or failure.");
  }

  private static ApiError unavailable(Throwable failure, String callId) {
    LOG.warnf("call %s refused, something it needs is away: %s", callId, failure);
    return ErrorCode.SERVICE_UNAVAILABLE.error(
        "The request has failed due to a temporary failure of the server.");
  }
}
