package dev.daypass.sidecar.http;

import dev.daypass.client.RandomText;
import dev.daypass.client.sources.BrokerClock;
import dev.daypass.sidecar.keeping.Keeper;
import dev.daypass.sidecar.keeping.Offer;
import dev.daypass.sidecar.telling.Metrics;
import dev.daypass.wire.Secret;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// The instance metadata service, version 2, for software that knows nothing else. Whoever reaches
/// the address gets the role: it is only there when it is asked for.
///
/// @see <a
///   href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html">Access
///   instance metadata</a>
final class MetadataEndpoint implements Function<Asked, Reply> {
  private static final String TOKEN = "/latest/api/token";
  private static final String ROLES = "/latest/meta-data/iam/security-credentials";
  private static final String TTL = "x-aws-ec2-metadata-token-ttl-seconds";
  private static final String SHOWN = "x-aws-ec2-metadata-token";
  private static final int LONGEST_TTL = 21_600;
  private static final int MOST_TOKENS = 256;
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final Gate gate;
  private final Keeper keeper;
  private final BrokerClock clock;
  private final Metrics metrics;
  private final SecureRandom random = new SecureRandom();
  private final Map<Secret, Instant> tokens = new LinkedHashMap<>();

  MetadataEndpoint(Gate gate, Keeper keeper, BrokerClock clock, Metrics metrics) {
    this.gate = gate;
    this.keeper = keeper;
    this.clock = clock;
    this.metrics = metrics;
  }

  @Override
  public Reply apply(Asked asked) {
    Optional<Denial> denial = gate.denial(asked);
    if (denial.isPresent()) {
      return denied(denial.get());
    }
    if (asked.path().equals(TOKEN)) {
      return asked.method().equals("PUT") ? token(asked) : denied(Denial.METHOD);
    }
    if (!asked.method().equals("GET")) {
      return denied(Denial.METHOD);
    }
    if (asked.header(SHOWN).map(Secret::of).filter(this::known).isEmpty()) {
      return denied(Denial.TOKEN);
    }
    String path = asked.path();
    if (path.equals(ROLES) || path.equals(ROLES + "/")) {
      return Reply.text(keeper.role().name());
    }
    return path.equals(ROLES + "/" + keeper.role().name()) ? credentials() : denied(Denial.PATH);
  }

  private Reply denied(Denial denial) {
    metrics.denied(denial.name());
    return denial.reply();
  }

  private Reply token(Asked asked) {
    int ttl =
        asked
            .header(TTL)
            .filter(text -> text.matches("[0-9]{1,5}"))
            .map(Integer::parseInt)
            .orElse(0);
    if (ttl < 1 || ttl > LONGEST_TTL) {
      return Reply.error(400, "BadRequest", TTL + " must be 1 to " + LONGEST_TTL + " seconds.");
    }
    String token = RandomText.next(random);
    remember(Secret.of(token), clock.instant().plusSeconds(ttl));
    return Reply.text(token).with(TTL, Integer.toString(ttl));
  }

  private synchronized void remember(Secret token, Instant until) {
    Instant now = clock.instant();
    tokens.values().removeIf(end -> !end.isAfter(now));
    if (tokens.size() >= MOST_TOKENS) {
      tokens.remove(tokens.keySet().iterator().next());
    }
    tokens.put(token, until);
  }

  private synchronized boolean known(Secret token) {
    Instant until = tokens.get(token);
    return until != null && until.isAfter(clock.instant());
  }

  private Reply credentials() {
    try {
      return switch (keeper.offer(PATIENCE)) {
        case Offer.Good(var credentials, var stale) -> {
          metrics.served(keeper.role().name(), stale);
          Map<String, Object> shown = new TreeMap<>(Served.credentials(credentials, clock));
          shown.put("Code", "Success");
          shown.put("Type", "AWS-HMAC");
          shown.put("LastUpdated", clock.own(clock.instant()).toString());
          yield Reply.json(shown);
        }
        case Offer.None(var code, var message) -> Reply.error(503, code, message);
        case Offer.Revoked _ -> Reply.error(403, "Revoked", "They were revoked.");
      };
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Reply.error(503, "Stopping", "The sidecar is about to end.");
    }
  }
}
