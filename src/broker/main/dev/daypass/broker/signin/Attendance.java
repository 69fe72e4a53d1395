package dev.daypass.broker.signin;

import dev.daypass.wire.Secret;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// When somebody last used a sign-in on pages: one that was left alone for an hour is good for them
/// no more (NIST SP 800-63B §2.2.3). Tools go on with what they were given.
@Singleton
public final class Attendance {
  /// How long a sign-in may be left alone.
  public static final Duration LONGEST = Duration.ofHours(1);

  private static final BearerTokens.Kind KIND =
      new BearerTokens.Kind("daypass-seen+jwt", "daypass-pages", Set.of("sub", "iat"));

  private final BearerTokens tokens;

  Attendance(BearerTokens tokens) {
    this.tokens = tokens;
  }

  /// That it was used now.
  ///
  /// @param signIn its id
  public Secret note(String signIn, Instant now) {
    return tokens.sign(
        KIND.type(),
        KIND.audience(),
        Jwt.claims().subject(signIn).issuedAt(now).expiresAt(now.plus(LONGEST)));
  }

  /// When it was used last; absent where that was too long ago, or nothing says so.
  public Uni<Optional<Instant>> last(Optional<String> noted, String signIn, Instant now) {
    return tokens
        .proven(noted.orElse(""), KIND, now)
        .map(
            proven ->
                proven
                    .filter(is -> signIn.equals(is.getSubject()))
                    .map(is -> Instant.ofEpochSecond(is.getIssuedAtTime())));
  }
}
