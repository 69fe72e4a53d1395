package dev.daypass.broker.logingrants;

import dev.daypass.broker.digests.Sha256;
import dev.daypass.broker.tickets.Tickets;
import dev.daypass.wire.Secret;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The codes that a browser carries to a tool (RFC 6749 §4.1.2): good once, for two minutes, and
/// for the tool alone that asked.
@Singleton
public final class LoginCodes {
  private static final Duration LASTS = Duration.ofMinutes(2);

  private final Tickets tickets;

  LoginCodes(Tickets tickets) {
    this.tickets = tickets;
  }

  /// What a tool brings with a code.
  public record Brought(String clientId, String redirectUri, Secret codeVerifier) {}

  /// A code for this.
  public Uni<String> give(LoginCode code) {
    return tickets.issue(Tickets.Kind.LOGIN_CODE, code);
  }

  /// Uses a code up, whether or not it is this tool's; absent where it is not. Of many at once one
  /// has it.
  public Uni<Optional<LoginCode>> take(Secret code, Brought brought, Instant now) {
    String challenge = Sha256.base64Url(brought.codeVerifier().revealText());
    return tickets
        .redeem(Tickets.Kind.LOGIN_CODE, code.revealText(), LoginCode.class)
        .map(
            found ->
                found
                    .filter(is -> is.clientId().equals(brought.clientId()))
                    .filter(is -> is.redirectUri().equals(brought.redirectUri()))
                    .filter(is -> is.codeChallenge().equals(challenge))
                    .filter(is -> now.getEpochSecond() - is.givenAt() <= LASTS.toSeconds()));
  }
}
