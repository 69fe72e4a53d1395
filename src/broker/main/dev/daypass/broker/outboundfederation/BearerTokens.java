package dev.daypass.broker.outboundfederation;

import static dev.daypass.wire.ErrorCode.EXPIRED_TOKEN;
import static dev.daypass.wire.ErrorCode.INVALID_CLIENT_TOKEN_ID;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.daypass.broker.signing.KeyPurpose;
import dev.daypass.broker.signing.SigningKeys;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Takes back the tokens that were issued for services outside, where the broker answers for such a
/// service (RFC 6750): of one account's issuer, for the service alone.
@Singleton
public final class BearerTokens {
  private static final int LONGEST = 16_384;
  private static final Map<JWSAlgorithm, KeyPurpose> PURPOSES =
      Map.of(
          JWSAlgorithm.ES384,
          KeyPurpose.WEB_IDENTITY_TOKEN_ES384,
          JWSAlgorithm.RS256,
          KeyPurpose.WEB_IDENTITY_TOKEN_RS256);

  private final PostgresOutboundFederation federations;
  private final SigningKeys keys;

  BearerTokens(PostgresOutboundFederation federations, SigningKeys keys) {
    this.federations = federations;
    this.keys = keys;
  }

  /// What a token says.
  ///
  /// @param subject the ARN of the user or the role
  /// @param scope the actions it is for, where it is for some alone, and `resource` what these are
  ///   on
  public record Bearer(
      String issuer,
      String subject,
      List<String> audience,
      Optional<Set<String>> scope,
      Optional<String> resource) {
    /// Whether what it was issued for has this in it.
    public boolean covers(String action, String arn) {
      return scope.isEmpty() || (scope.get().contains(action) && resource.equals(Optional.of(arn)));
    }
  }

  /// Fails with `InvalidClientTokenId` or `ExpiredToken` unless the account's issuer issued it for
  /// these audiences and nobody else.
  public Uni<Bearer> verify(String token, String account, Set<String> audiences, Instant now) {
    return federations
        .find(account)
        .map(found -> found.filter(OutboundFederation::enabled))
        .map(found -> found.orElseThrow(BearerTokens::invalid))
        .chain(
            federation ->
                keys.current().map(_ -> read(token, federation.issuer(), audiences, now)));
  }

  private Bearer read(String token, String issuer, Set<String> audiences, Instant now) {
    try {
      if (token.length() > LONGEST) {
        throw invalid();
      }
      SignedJWT jwt = SignedJWT.parse(token);
      if (!JOSEObjectType.JWT.equals(jwt.getHeader().getType()) || !signed(jwt)) {
        throw invalid();
      }
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      boolean ours =
          issuer.equals(claims.getIssuer())
              && claims.getSubject() != null
              && claims.getExpirationTime() != null
              && !claims.getAudience().isEmpty()
              // Whoever else it is meant for could bring it here.
              && audiences.containsAll(claims.getAudience());
      if (!ours) {
        throw invalid();
      }
      if (!now.isBefore(claims.getExpirationTime().toInstant())) {
        throw EXPIRED_TOKEN.error("The security token included in the request is expired");
      }
      return new Bearer(
          issuer,
          claims.getSubject(),
          claims.getAudience(),
          Optional.ofNullable(claims.getStringClaim("scope")).map(text -> Set.of(text.split(" "))),
          Optional.ofNullable(claims.getStringClaim("resource")));
    } catch (ParseException | JOSEException _) {
      throw invalid();
    }
  }

  private boolean signed(SignedJWT jwt) throws JOSEException {
    String id = jwt.getHeader().getKeyID();
    KeyPurpose purpose = PURPOSES.get(jwt.getHeader().getAlgorithm());
    if (id == null || purpose == null) {
      return false;
    }
    Optional<JWK> key = keys.ring().find(purpose, id).flatMap(found -> found.publicKey());
    return key.isPresent() && jwt.verify(verifier(purpose, key.get()));
  }

  private static JWSVerifier verifier(KeyPurpose purpose, JWK key) throws JOSEException {
    return purpose == KeyPurpose.WEB_IDENTITY_TOKEN_ES384
        ? new ECDSAVerifier(key.toECKey())
        : new RSASSAVerifier(key.toRSAKey());
  }

  private static RuntimeException invalid() {
    return INVALID_CLIENT_TOKEN_ID.error("The security token included in the request is invalid.");
  }
}
