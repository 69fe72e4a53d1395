package dev.daypass.broker.outboundfederation;

import static dev.daypass.wire.ErrorCode.JWT_PAYLOAD_SIZE_EXCEEDED;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.daypass.broker.signing.BrokerKey;
import dev.daypass.broker.signing.KeyPurpose;
import dev.daypass.broker.signing.SigningKeys;
import dev.daypass.wire.Secret;
import dev.daypass.wire.sts.GetWebIdentityToken.SigningAlgorithm;
import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Set;

/// Signs the tokens that tell services outside who somebody is (RFC 7519), with keys that sign
/// nothing else.
@Singleton
public final class WebIdentityTokens {
  /// What their keys are for.
  static final Set<KeyPurpose> KEYS =
      Set.of(KeyPurpose.WEB_IDENTITY_TOKEN_ES384, KeyPurpose.WEB_IDENTITY_TOKEN_RS256);

  /// Enough for fifty tags of usual size, and what most servers take in a header.
  private static final int MOST_BYTES = 8192;

  private final SigningKeys keys;

  WebIdentityTokens(SigningKeys keys) {
    this.keys = keys;
  }

  /// `JWTPayloadSizeExceededException` for more than 8,192 bytes of claims.
  Secret sign(JWTClaimsSet claims, SigningAlgorithm algorithm) {
    Payload payload = claims.toPayload();
    if (payload.toBytes().length > MOST_BYTES) {
      throw JWT_PAYLOAD_SIZE_EXCEEDED.error(
          "The claims of the token are larger than %d bytes; use fewer or shorter tags."
              .formatted(MOST_BYTES));
    }
    return switch (algorithm) {
      case ES384 -> sign(payload, KeyPurpose.WEB_IDENTITY_TOKEN_ES384, JWSAlgorithm.ES384);
      case RS256 -> sign(payload, KeyPurpose.WEB_IDENTITY_TOKEN_RS256, JWSAlgorithm.RS256);
    };
  }

  private Secret sign(Payload payload, KeyPurpose purpose, JWSAlgorithm algorithm) {
    BrokerKey key = keys.ring().active(purpose);
    JWSHeader header =
        new JWSHeader.Builder(algorithm).type(JOSEObjectType.JWT).keyID(key.id()).build();
    JWSObject token = new JWSObject(header, payload);
    try {
      token.sign(signer(key));
    } catch (JOSEException | GeneralSecurityException e) {
      throw new IllegalStateException("a stored key does not sign", e);
    }
    return Secret.of(token.serialize());
  }

  private static JWSSigner signer(BrokerKey key) throws JOSEException, GeneralSecurityException {
    return key.purpose() == KeyPurpose.WEB_IDENTITY_TOKEN_ES384
        ? new ECDSASigner((ECPrivateKey) privateKey(key, "EC"))
        : new RSASSASigner(privateKey(key, "RSA"));
  }

  private static PrivateKey privateKey(BrokerKey key, String algorithm)
      throws GeneralSecurityException {
    return KeyFactory.getInstance(algorithm)
        .generatePrivate(new PKCS8EncodedKeySpec(key.secret().reveal()));
  }
}
