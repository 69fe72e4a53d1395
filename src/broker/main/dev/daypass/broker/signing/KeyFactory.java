package dev.daypass.broker.signing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import dev.daypass.wire.Secret;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;

/// Makes new keys.
final class KeyFactory {
  private static final int ROOT_BYTES = 32;
  private static final int RSA_BITS = 2048;

  private final SecureRandom random;
  private final Clock clock;

  KeyFactory(SecureRandom random, Clock clock) {
    this.random = random;
    this.clock = clock;
  }

  BrokerKey create(KeyPurpose purpose, KeyState state) {
    String id = UUID.randomUUID().toString();
    return switch (purpose) {
      case SESSION_TOKEN -> sessionTokenKey(id, state);
      case SESSION_SECRET -> key(id, purpose, state, Optional.empty(), randomRoot());
      case BEARER_TOKEN, AUDIT_DIGEST ->
          ellipticKey(id, purpose, state, Curve.P_256, JWSAlgorithm.ES256);
      case WEB_IDENTITY_TOKEN_ES384 ->
          ellipticKey(id, purpose, state, Curve.P_384, JWSAlgorithm.ES384);
      case WEB_IDENTITY_TOKEN_RS256 -> rsaKey(id, purpose, state);
    };
  }

  private BrokerKey sessionTokenKey(String id, KeyState state) {
    Ed25519PrivateKeyParameters key = new Ed25519PrivateKeyParameters(random);
    OctetKeyPair published =
        new OctetKeyPair.Builder(
                Curve.Ed25519, Base64URL.encode(key.generatePublicKey().getEncoded()))
            .keyID(id)
            .keyUse(KeyUse.SIGNATURE)
            .algorithm(JWSAlgorithm.EdDSA)
            .build();
    return key(
        id, KeyPurpose.SESSION_TOKEN, state, Optional.of(published), Secret.of(key.getEncoded()));
  }

  private BrokerKey ellipticKey(
      String id, KeyPurpose purpose, KeyState state, Curve curve, JWSAlgorithm algorithm) {
    try {
      ECKey pair =
          new ECKeyGenerator(curve)
              .secureRandom(random)
              .keyID(id)
              .keyUse(KeyUse.SIGNATURE)
              .algorithm(algorithm)
              .generate();
      Secret secret = Secret.of(pair.toECPrivateKey().getEncoded());
      return key(id, purpose, state, Optional.of(pair.toPublicJWK()), secret);
    } catch (JOSEException e) {
      throw new IllegalStateException("every JDK has " + curve, e);
    }
  }

  private BrokerKey rsaKey(String id, KeyPurpose purpose, KeyState state) {
    try {
      RSAKey pair =
          new RSAKeyGenerator(RSA_BITS)
              .secureRandom(random)
              .keyID(id)
              .keyUse(KeyUse.SIGNATURE)
              .algorithm(JWSAlgorithm.RS256)
              .generate();
      Secret secret = Secret.of(pair.toRSAPrivateKey().getEncoded());
      return key(id, purpose, state, Optional.of(pair.toPublicJWK()), secret);
    } catch (JOSEException e) {
      throw new IllegalStateException("every JDK has RSA", e);
    }
  }

  private Secret randomRoot() {
    byte[] root = new byte[ROOT_BYTES];
    random.nextBytes(root);
    return Secret.of(root);
  }

  private BrokerKey key(
      String id,
      KeyPurpose purpose,
      KeyState state,
      Optional<com.nimbusds.jose.jwk.JWK> published,
      Secret secret) {
    Instant now = clock.instant();
    Optional<Instant> activatedAt = state == KeyState.ACTIVE ? Optional.of(now) : Optional.empty();
    return new BrokerKey(id, purpose, state, published, secret, now, activatedAt, Optional.empty());
  }
}
