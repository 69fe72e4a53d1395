package dev.daypass.sidecar.http;

import dev.daypass.sidecar.http.Callers.Found;
import dev.daypass.sidecar.keeping.Keeper;
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
  private static final int ARN_PARTS = 6;
  private static final int ARN_ACCOUNT = 4;

  /// botocore gives up after two seconds.
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Gate gate;
  private final Callers callers;
  private final Handout handout;
  private final Map<String, Rate> rates = new ConcurrentHashMap<>();

  CredentialsEndpoint(Gate gate, Callers callers, Handout handout) {
    this.gate = gate;
    this.callers = callers;
    this.handout = handout;
  }

  @Override
  public Reply apply(Asked asked) {
    Optional<Denial> denial = gate.denial(asked);
    if (denial.isPresent()) {
      return handout.denied(denial.get());
    }
    if (!asked.path().equals(EKS) && !asked.path().startsWith(ECS)) {
      return handout.denied(Denial.PATH);
    }
    if (!asked.method().equals("GET")) {
      return handout.denied(Denial.METHOD);
    }
    return switch (token(asked).map(callers::of).orElseGet(Found.Nothing::new)) {
      case Found.Opens(var keeper) -> opened(keeper, asked.path());
      case Found.Nothing _ -> handout.denied(Denial.TOKEN);
      case Found.NoRole _ -> handout.denied(Denial.ROLE);
      case Found.TooMany _ -> handout.denied(Denial.RATE);
    };
  }

  private static Optional<Secret> token(Asked asked) {
    return asked
        .header("authorization")
        .filter(token -> !token.isEmpty() && token.length() <= LONGEST_TOKEN)
        .map(Secret::of);
  }

  private Reply opened(Keeper keeper, String path) {
    String role = keeper.role().name();
    if (!path.equals(EKS) && !path.equals(ECS + role)) {
      return handout.denied(Denial.PATH);
    }
    if (!rates.computeIfAbsent(role, _ -> new Rate(MOST_A_SECOND, System::nanoTime)).take()) {
      return handout.denied(Denial.RATE);
    }
    return handout.of(keeper, PATIENCE, described(keeper.role().arn()));
  }

  private static Map<String, String> described(String roleArn) {
    Map<String, String> described = new TreeMap<>(Map.of("RoleArn", roleArn));
    String[] parts = roleArn.split(":", ARN_PARTS);
    if (parts.length == ARN_PARTS) {
      described.put("AccountId", parts[ARN_ACCOUNT]);
    }
    return described;
  }
}
