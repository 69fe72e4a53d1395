package dev.daypass.broker.auditdigests;

import com.nimbusds.jose.jwk.JWK;
import dev.daypass.broker.auditdigests.Problem.Code;
import dev.daypass.broker.digests.Sha256;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Whether a digest follows the one before it, was signed by the broker, and still tells the truth.
@Singleton
final class Verification {
  private final Lines lines;
  private final PostgresDigests digests;

  Verification(Lines lines, PostgresDigests digests) {
    this.lines = lines;
    this.digests = digests;
  }

  /// A digest that was looked at.
  record Verified(StoredDigest stored, Optional<Problem> problem) {}

  /// What a digest is held against.
  ///
  /// @param before the digest before it; absent for the first
  /// @param expired what is older may be gone
  record Against(Optional<StoredDigest> before, List<JWK> keys, Optional<Instant> expired) {}

  /// The first thing that is wrong.
  Uni<Verified> verify(StoredDigest stored, Against against) {
    Optional<Digest> signed = DigestTokens.prove(stored.token(), against.keys());
    if (signed.isEmpty()) {
      return wrong(stored, Code.NOT_SIGNED, "digest %d is not as the broker signed it");
    }
    Digest digest = signed.get();
    if (!follows(stored, digest, against.before())) {
      return wrong(stored, Code.BROKEN_CHAIN, "digest %d does not follow the one before it");
    }
    return digests
        .lines(stored.number())
        .chain(
            bytes ->
                Sha256.base64Url(bytes).equals(digest.lines())
                    ? compare(stored, digest, Line.read(bytes), against.expired())
                    : wrong(
                        stored,
                        Code.LINES_CHANGED,
                        "the lines of digest %d are not those it was of"));
  }

  private Uni<Verified> compare(
      StoredDigest stored, Digest digest, List<Line> then, Optional<Instant> expired) {
    return lines
        .between(digest.after(), digest.through())
        .map(now -> new Verified(stored, Comparison.of(then, now, expired)));
  }

  private static boolean follows(
      StoredDigest stored, Digest digest, Optional<StoredDigest> before) {
    return digest.number() == stored.number()
        && digest.through() == stored.through()
        && digest.number() == before.map(StoredDigest::number).orElse(0L) + 1
        && digest.after() == before.map(StoredDigest::through).orElse(0L)
        && digest.previous().equals(before.map(StoredDigest::token).map(Sha256::base64Url));
  }

  private static Uni<Verified> wrong(StoredDigest stored, Code code, String message) {
    Problem problem = new Problem(code, message.formatted(stored.number()));
    return Uni.createFrom().item(new Verified(stored, Optional.of(problem)));
  }
}
