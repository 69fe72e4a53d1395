package dev.daypass.broker.api;

import dev.daypass.broker.access.Origin;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/// Where a request to a JSON endpoint came from.
@Singleton
public final class Origins {
  private static final String REGION = "us-east-1";

  private final Clock clock;

  Origins(Clock clock) {
    this.clock = clock;
  }

  Origin of(HttpServerRequest request) {
    return new Origin(
        UUID.randomUUID().toString(),
        clock.instant(),
        request.remoteAddress().hostAddress(),
        Optional.ofNullable(request.getHeader("User-Agent")).orElse(""),
        Optional.ofNullable(request.getHeader("Referer")),
        request.isSSL(),
        REGION);
  }
}
