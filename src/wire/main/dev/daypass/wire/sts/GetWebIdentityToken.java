package dev.daypass.wire.sts;

import dev.daypass.wire.AtMost;
import dev.daypass.wire.Constraint;
import dev.daypass.wire.Request;
import dev.daypass.wire.Secret;
import dev.daypass.wire.iam.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Asks for a token that tells a service outside who the caller is.
///
/// @param audience whom the token is for; one at least
/// @see <a
///   href="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetWebIdentityToken.html">GetWebIdentityToken</a>
public record GetWebIdentityToken(
    @AtMost(10) List<Audience> audience,
    Optional<Duration> durationSeconds,
    SigningAlgorithm signingAlgorithm,
    @AtMost(50) List<Tag> tags)
    implements Request<GetWebIdentityToken.Result> {

  public record Result(Secret webIdentityToken, Instant expiration) {}

  /// Whom a token is for, as that service knows itself.
  public record Audience(String value) {
    private static final Constraint RULE = Constraint.of(1, 1000, "[\\s\\S]*");

    public Audience {
      RULE.check(value);
    }

    @Override
    public String toString() {
      return value;
    }
  }

  /// How long a token shall be good, in seconds.
  public record Duration(int value) {
    public Duration {
      Constraint.checkRange(value, 60, 3600);
    }

    @Override
    public String toString() {
      return Integer.toString(value);
    }
  }

  /// How a token is signed (RFC 7518 §3.1).
  public enum SigningAlgorithm {
    /// RSASSA-PKCS1-v1_5 with SHA-256, which everybody can verify.
    RS256,
    /// ECDSA on P-384 with SHA-384.
    ES384
  }
}
