package dev.daypass.broker.webidentity;

import static dev.daypass.wire.ErrorCode.INVALID_IDENTITY_TOKEN;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.Ed25519Verifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.daypass.wire.Secret;
import java.text.ParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A token of an identity provider, read and not yet believed: a JWT (RFC 7519) that is a compact
/// JWS, by the rules of RFC 8725. Nothing that a token says about keys (`jku`, `jwk`, `x5u`, `x5c`)
/// is looked at.
record WebToken(SignedJWT jwt, IdentityClaims claims) {
  /// `JOSE` is SPIFFE's (JWT-SVID §2.3). Types of other tokens, such as `at+jwt` or `logout+jwt`,
  /// are not of identities.
  private static final Set<String> TYPES = Set.of("JWT", "JOSE");

  private static final int LONGEST_KEY_ID = 255;

  /// Reads a token; fails with `InvalidIdentityToken` for anything that no issuer could have meant.
  static WebToken read(Secret token) {
    try {
      SignedJWT jwt = SignedJWT.parse(token.revealText().strip());
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      if (claims == null || !proper(jwt.getHeader())) {
        throw notAToken();
      }
      return new WebToken(jwt, new IdentityClaims(claims));
    } catch (ParseException | IllegalArgumentException | IllegalStateException _) {
      throw notAToken();
    }
  }

  private static boolean proper(JWSHeader header) {
    JOSEObjectType type = header.getType();
    String keyId = header.getKeyID();
    return KeySet.takes(header.getAlgorithm())
        && (type == null || TYPES.stream().anyMatch(type.getType()::equalsIgnoreCase))
        && header.getCriticalParams() == null
        && header.isBase64URLEncodePayload()
        && (keyId == null || keyId.length() <= LONGEST_KEY_ID);
  }

  /// Whose word it says to be, exactly as it is written.
  String issuer() {
    return claims.issuer();
  }

  /// The keys that may have signed this.
  List<JWK> candidates(KeySet keys) {
    return keys.of(jwt.getHeader().getAlgorithm(), Optional.ofNullable(jwt.getHeader().getKeyID()));
  }

  /// Whether one of these keys signed it.
  boolean signedByOneOf(List<JWK> keys) {
    return keys.stream().anyMatch(this::signedBy);
  }

  private boolean signedBy(JWK key) {
    try {
      return jwt.verify(verifier(key));
    } catch (JOSEException | IllegalStateException | IllegalArgumentException _) {
      return false;
    }
  }

  private static JWSVerifier verifier(JWK key) throws JOSEException {
    return switch (key) {
      case RSAKey rsa -> new RSASSAVerifier(rsa);
      case ECKey ec -> new ECDSAVerifier(ec);
      case OctetKeyPair pair -> new Ed25519Verifier(pair);
      default -> throw new JOSEException("not a key that is taken");
    };
  }

  private static RuntimeException notAToken() {
    return INVALID_IDENTITY_TOKEN.error(
        "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access"
            + " Token)");
  }
}
