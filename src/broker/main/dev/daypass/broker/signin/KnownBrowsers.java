package dev.daypass.broker.signin;

import dev.daypass.wire.Secret;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Browsers in which a user has signed in before. They have attempts of their own, so that nobody
/// who uses up a user's attempts elsewhere keeps the user out. It is no credential: whoever stole
/// it has ten guesses more.
///
/// @see <a
///   href="https://cheatsheetseries.owasp.org/cheatsheets/Authentication_Cheat_Sheet.html">OWASP
///   device cookies</a>
@Singleton
public final class KnownBrowsers {
  /// How long a browser is remembered: until its key is not honoured any more, if that is earlier.
  public static final Duration LASTS = Duration.ofDays(90);

  private static final BearerTokens.Kind KIND =
      new BearerTokens.Kind("daypass-browser+jwt", "daypass-sign-in", Set.of("sub", "jti"));

  private final BearerTokens tokens;

  KnownBrowsers(BearerTokens tokens) {
    this.tokens = tokens;
  }

  /// What a browser keeps in which this user has just signed in; absent for somebody without a
  /// user, who has no password to guess.
  public Optional<Secret> remember(Progress.SignedIn done, Instant now) {
    String[] parts = done.arn().split(":", 6);
    return Optional.of(parts[5])
        .filter(resource -> resource.startsWith("user/"))
        .map(resource -> resource.substring(resource.lastIndexOf('/') + 1))
        .map(name -> remember(user(parts[4], name), now));
  }

  private Secret remember(String user, Instant now) {
    return tokens.sign(
        KIND.type(),
        KIND.audience(),
        Jwt.claims()
            .subject(user)
            .claim("jti", UUID.randomUUID().toString())
            .issuedAt(now)
            .expiresAt(now.plus(LASTS)));
  }

  /// How a user is called before it is known whether there is one.
  static String user(String account, String name) {
    return account + "/" + name.toLowerCase(Locale.ROOT);
  }

  /// The id of the browser that brings this; absent where it is not one of this user's.
  Uni<Optional<String>> known(Optional<String> brought, String user, Instant now) {
    return tokens
        .proven(brought.orElse(""), KIND, now)
        .map(
            proven ->
                proven
                    .filter(is -> user.equals(is.getSubject()))
                    .map(JWTCallerPrincipal::getTokenID));
  }
}
