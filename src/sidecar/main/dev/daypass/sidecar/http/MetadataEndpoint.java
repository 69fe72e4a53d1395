package dev.daypass.sidecar.http;

import dev.daypass.client.RandomText;
import dev.daypass.sidecar.keeping.Keeper;
import dev.daypass.wire.Secret;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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
  private final Handout handout;
  private final SecureRandom random = new SecureRandom();
  private final Map<Secret, Instant> tokens = new LinkedHashMap<>();

  MetadataEndpoint(Gate gate, Keeper keeper, Handout handout) {
    this.gate = gate;
    this.keeper = keeper;
    this.handout = handout;
  }

  @Override
  public Reply apply(Asked asked) {
    Optional<Denial> denial = gate.denial(asked);
    if (denial.isPresent()) {
      return handout.denied(denial.get());
    }
    if (asked.path().equals(TOKEN)) {
      return asked.method().equals("PUT") ? token(asked) : handout.denied(Denial.METHOD);
    }
    if (!asked.method().equals("GET")) {
      return handout.denied(Denial.METHOD);
    }
    if (asked.header(SHOWN).map(Secret::of).filter(this::known).isEmpty()) {
      return handout.denied(Denial.TOKEN);
    }
    String path = asked.path();
    if (path.equals(ROLES) || path.equals(ROLES + "/")) {
      return Reply.text(keeper.role().name());
    }
    return path.equals(ROLES + "/" + keeper.role().name())
        ? credentials()
        : handout.denied(Denial.PATH);
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
    remember(Secret.of(token), now().plusSeconds(ttl));
    return Reply.text(token).with(TTL, Integer.toString(ttl));
  }

  private synchronized void remember(Secret token, Instant until) {
    Instant now = now();
    tokens.values().removeIf(end -> !end.isAfter(now));
    if (tokens.size() >= MOST_TOKENS) {
      tokens.remove(tokens.keySet().iterator().next());
    }
    tokens.put(token, until);
  }

  private synchronized boolean known(Secret token) {
    Instant until = tokens.get(token);
    return until != null && until.isAfter(now());
  }

  private Reply credentials() {
    return handout.of(
        keeper,
        PATIENCE,
        Map.of(
            "Code", "Success",
            "Type", "AWS-HMAC",
            "LastUpdated", handout.clock().own(now()).toString()));
  }

  private Instant now() {
    return handout.clock().instant();
  }
}
