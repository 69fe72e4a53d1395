package dev.daypass.broker.upstream;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.daypass.broker.webidentity.OpenIdProviders;
import dev.daypass.wire.Secret;
import java.util.Optional;
import java.util.Set;

/// A provider that people can sign in with.
///
/// @param secret absent for a public client
/// @param account to which it vouches: for its users, and to its roles
/// @param userClaim by which they are linked
/// @param trustedAmr what counts as a second factor, and `trustedAcr` likewise
public record Upstream(
    String name,
    String issuer,
    String clientId,
    Optional<Secret> secret,
    String account,
    String scopes,
    String userClaim,
    String label,
    Set<String> trustedAmr,
    Set<String> trustedAcr) {
  /// The tag of a user that says whom a provider calls so.
  public static final String TAG = "daypass:upstream";

  public Upstream {
    trustedAmr = Set.copyOf(trustedAmr);
    trustedAcr = Set.copyOf(trustedAcr);
  }

  /// The value of the tag that links a user of this provider's.
  String link(String subject) {
    return name + ":" + subject;
  }

  /// Whether an ID token with these claims is this provider's, for this installation.
  public boolean issued(JWTClaimsSet claims) {
    return issuer.equals(claims.getIssuer()) && claims.getAudience().contains(clientId);
  }

  /// Whether how a person was authenticated counts as a second factor.
  public boolean provesSecondFactor(JWTClaimsSet claims) {
    return OpenIdProviders.methods(claims).stream().anyMatch(trustedAmr::contains)
        || claims.getClaim("acr") instanceof String acr && trustedAcr.contains(acr);
  }
}
