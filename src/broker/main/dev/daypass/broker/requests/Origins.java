package dev.daypass.broker.requests;

import dev.daypass.broker.access.Origin;
import dev.daypass.broker.database.OrderedIds;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import org.jboss.logging.MDC;

/// Where a request came from, and when.
@Singleton
public final class Origins {
  /// Until a signature says in which region the client believes.
  public static final String REGION = "us-east-1";

  private static final String REQUEST_ID = "x-amzn-RequestId";

  private static final String LOGGED_AS = "requestId";

  private final Clock clock;
  private final TrustedProxies proxies;

  Origins(Clock clock, TrustedProxies proxies) {
    this.clock = clock;
    this.proxies = proxies;
  }

  public Origin of(HttpServerRequest request) {
    TrustedProxies.Client client = proxies.of(request);
    return new Origin(
        callId(request),
        clock.instant(),
        client.address(),
        Optional.ofNullable(request.getHeader("User-Agent")).orElse(""),
        Optional.ofNullable(request.getHeader("Referer")),
        client.secure(),
        REGION);
  }

  /// The request's id, under which the trail has it, every answer tells it, and structured logs
  /// have it with whatever is logged on the way: made once.
  public static String callId(HttpServerRequest request) {
    MultiMap told = request.response().headers();
    return Optional.ofNullable(told.get(REQUEST_ID))
        .orElseGet(
            () -> {
              String id = OrderedIds.next().toString();
              told.set(REQUEST_ID, id);
              MDC.put(LOGGED_AS, id);
              return id;
            });
  }
}
