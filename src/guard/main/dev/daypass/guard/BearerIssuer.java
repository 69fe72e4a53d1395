package dev.daypass.guard;

import java.net.URI;
import java.util.Set;

/// An issuer of bearer tokens, and whom they must be meant for.
///
/// @param issuer exactly as in the tokens' `iss`
/// @param audiences what `aud` may hold, and nothing besides
/// @param keys its JWKS, such as the broker's `/.well-known/jwks.json`
public record BearerIssuer(String issuer, Set<String> audiences, URI keys) {
  private static final Set<String> OURS = Set.of("sigv4", "daypass-api");

  /// Fails with `IllegalArgumentException` for audiences that are never a service's.
  public BearerIssuer {
    audiences = Set.copyOf(audiences);
    if (issuer.isEmpty() || audiences.isEmpty() || audiences.stream().anyMatch(OURS::contains)) {
      throw new IllegalArgumentException("an issuer and audiences of the service's own are needed");
    }
  }

  /// What the condition keys of its claims begin with.
  String name() {
    return issuer.replaceFirst("^https?://", "");
  }
}
