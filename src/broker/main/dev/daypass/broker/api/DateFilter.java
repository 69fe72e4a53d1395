package dev.daypass.broker.api;

import dev.daypass.broker.requests.HttpDate;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.time.Clock;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/// Has every answer of JAX-RS tell what time it is here: a client's clock may be wrong, and what it
/// is given expires by this one.
final class DateFilter {
  private final Clock clock;

  DateFilter(Clock clock) {
    this.clock = clock;
  }

  @ServerResponseFilter
  void tell(ContainerResponseContext answer) {
    answer.getHeaders().putSingle("Date", HttpDate.of(clock.instant()));
  }
}
