package dev.daypass.sidecar.http;

import dev.daypass.client.Credentials;
import dev.daypass.client.sources.BrokerClock;
import dev.daypass.sidecar.keeping.Keeper;
import dev.daypass.sidecar.keeping.Offer;
import dev.daypass.sidecar.telling.Metrics;
import dev.daypass.wire.Secret;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// The container credentials endpoint, as ECS (`/v2/credentials/<role>`) and EKS Pod Identity
/// (`/v1/credentials`) have it. The token alone says which role; no address, no path does.
///
/// @see <a
///   href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html">Container
///   credential provider</a>
final class CredentialsEndpoint implements Function<Asked, Reply> {
  private static final String EKS = "/v1/credentials";
  private static final String ECS = "/v2/credentials/";
  private static final int LONGEST_TOKEN = 20_000;
  private static final int MOST_A_SECOND = 2_000;

  /// botocore gives up after two seconds.
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Gate gate;
  private final Callers callers;
  private final BrokerClock clock;
  private final Metrics metrics;
  private final Map<String, Rate> rates = new ConcurrentHashMap<>();

  CredentialsEndpoint(Gate gate, Callers callers, BrokerClock clock, Metrics metrics) {
    this.gate = gate;
    this.callers = callers;
    this.clock = clock;
    this.metrics = metrics;
  }

  @Override
  public Reply apply(Asked asked) {
    Optional<Denial> denial = gate.denial(asked);
    if (denial.isPresent()) {
      return denied(denial.get());
    }
    boolean ecs = asked.path().startsWith(ECS);
    if (!ecs && !asked.path().equals(EKS)) {
      return denied(Denial.PATH);
    }
    if (!asked.method().equals("GET")) {
      return denied(Denial.METHOD);
    }
    Optional<Keeper> keeper = token(asked).flatMap(callers::of);
    if (keeper.isEmpty()) {
      return denied(Denial.TOKEN);
    }
    String role = keeper.get().role().name();
    if (ecs && !asked.path().equals(ECS + role)) {
      return denied(Denial.PATH);
    }
    if (!rates.computeIfAbsent(role, _ -> new Rate(MOST_A_SECOND, System::nanoTime)).take()) {
      return denied(Denial.RATE).with("Retry-After", "1");
    }
    return answer(keeper.get());
  }

  private static Optional<Secret> token(Asked asked) {
    return asked
        .header("authorization")
        .filter(token -> !token.isEmpty() && token.length() <= LONGEST_TOKEN)
        .map(Secret::of);
  }

  private Reply denied(Denial denial) {
    metrics.denied(denial.name());
    return denial.reply();
  }

  private Reply answer(Keeper keeper) {
    try {
      return switch (keeper.offer(PATIENCE)) {
        case Offer.Good(var credentials, var stale) -> {
          metrics.served(keeper.role().name(), stale);
          yield Reply.json(shown(keeper, credentials));
        }
        case Offer.None(var code, var message) ->
            Reply.error(503, code, message).with("Retry-After", "1");
        case Offer.Revoked _ ->
            Reply.error(403, "Revoked", "The credentials of this role were revoked.");
      };
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Reply.error(503, "Stopping", "The sidecar is about to end.");
    }
  }

  private Map<String, Object> shown(Keeper keeper, Credentials credentials) {
    Map<String, Object> shown = new TreeMap<>(Served.credentials(credentials, clock));
    shown.put("RoleArn", keeper.role().arn());
    String[] arn = keeper.role().arn().split(":", 6);
    if (arn.length == 6) {
      shown.put("AccountId", arn[4]);
    }
    return shown;
  }
}
