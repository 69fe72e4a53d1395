package dev.daypass.broker.health;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.health.api.Wellness;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.RedisAPI;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheckResponse;

/// Whether people can sign in, and codes are taken: that takes Redis. A broker without it still
/// answers every call with keys and sessions, so it is not well, and ready all the same: taking all
/// of them out of service would make an outage of a degradation.
@Wellness
@ApplicationScoped
class SignInHealth implements AsyncHealthCheck {
  private static final String NAME = "sign-in";

  private final RedisAPI redis;

  SignInHealth(RedisAPI redis) {
    this.redis = redis;
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    return Probe.ask(NAME, redis.ping(List.of()));
  }
}
