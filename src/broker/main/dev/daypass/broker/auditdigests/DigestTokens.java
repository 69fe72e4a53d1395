package dev.daypass.broker.auditdigests;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.SignedJWT;
import dev.daypass.broker.signing.BrokerKey;
import dev.daypass.broker.signing.KeyPurpose;
import dev.daypass.broker.signing.SigningKeys;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.text.ParseException;
import java.util.List;
import java.util.Optional;

/// Digests as they are signed: a JWS with ES256, of a type that nothing else has.
@Singleton
final class DigestTokens {
  private static final String TYPE = "daypass-audit-digest+jwt";

  private final SigningKeys keys;

  DigestTokens(SigningKeys keys) {
    this.keys = keys;
  }

  String sign(Digest digest) {
    BrokerKey key = keys.ring().active(KeyPurpose.AUDIT_DIGEST);
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .type(new JOSEObjectType(TYPE))
            .keyID(key.id())
            .build();
    SignedJWT token = new SignedJWT(header, digest.claims());
    try {
      token.sign(
          new ECDSASigner(
              (ECPrivateKey)
                  KeyFactory.getInstance("EC")
                      .generatePrivate(new PKCS8EncodedKeySpec(key.secret().reveal()))));
    } catch (JOSEException | GeneralSecurityException e) {
      throw new IllegalStateException("a stored key does not sign", e);
    }
    return token.serialize();
  }

  /// The public halves of all keys that ever signed digests, those that are retired too: what they
  /// signed stays.
  Uni<List<JWK>> everyKey() {
    return keys.published(KeyPurpose.AUDIT_DIGEST);
  }

  /// What the token says; absent where none of the keys signed it, or it is no digest.
  static Optional<Digest> prove(String token, List<JWK> keys) {
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      boolean proven =
          JWSAlgorithm.ES256.equals(jwt.getHeader().getAlgorithm())
              && new JOSEObjectType(TYPE).equals(jwt.getHeader().getType())
              && keys.stream().anyMatch(key -> signed(key, jwt));
      return proven ? Optional.of(Digest.of(jwt.getJWTClaimsSet())) : Optional.empty();
    } catch (ParseException | RuntimeException _) {
      return Optional.empty();
    }
  }

  private static boolean signed(JWK key, SignedJWT jwt) {
    try {
      return key.getKeyID().equals(jwt.getHeader().getKeyID())
          && jwt.verify(new ECDSAVerifier(key.toECKey()));
    } catch (JOSEException _) {
      return false;
    }
  }
}
