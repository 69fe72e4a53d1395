package dev.daypass.broker.sessions;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.impl.BaseJWSProvider;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import dev.daypass.wire.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Set;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;

/// Signs and verifies with Ed25519 (RFC 8037) through a provider of the JDK's cryptography.
final class CorrettoEd25519 {
  private static final String ALGORITHM = "Ed25519";

  /// What stands before the 32 bytes of a public key (RFC 8410 §4).
  private static final byte[] BEFORE_KEY = HexFormat.of().parseHex("302a300506032b6570032100");

  private static final byte[] MESSAGE = "daypass".getBytes(StandardCharsets.UTF_8);

  private CorrettoEd25519() {}

  /// Whether the provider's library loads, signs exactly as BouncyCastle does (there is one right
  /// signature), takes it, and takes no other.
  static boolean works(Provider provider) {
    try {
      Ed25519PrivateKeyParameters own = new Ed25519PrivateKeyParameters(new byte[32]);
      OctetKeyPair pair =
          new OctetKeyPair.Builder(
                  Curve.Ed25519, Base64URL.encode(own.generatePublicKey().getEncoded()))
              .build();
      JWSHeader header = new JWSHeader(JWSAlgorithm.EdDSA);
      Secret seed = Secret.of(own.getEncoded());
      Base64URL signature = signer(provider, seed).sign(header, MESSAGE);
      JWSVerifier verifier = verifier(provider, pair);
      return signature.equals(new Ed25519Signer(seed).sign(header, MESSAGE))
          && verifier.verify(header, MESSAGE, signature)
          && !verifier.verify(header, new byte[MESSAGE.length], signature);
    } catch (JOSEException | RuntimeException | LinkageError _) {
      return false;
    }
  }

  static JWSSigner signer(Provider provider, Secret seed) {
    return new Signer(provider, privateKey(seed));
  }

  static JWSVerifier verifier(Provider provider, OctetKeyPair key) {
    return new Verifier(provider, publicKey(key));
  }

  private static PrivateKey privateKey(Secret seed) {
    try {
      return KeyFactory.getInstance(ALGORITHM)
          .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed.reveal()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a seed is 32 bytes", e);
    }
  }

  private static PublicKey publicKey(OctetKeyPair key) {
    byte[] x = key.getDecodedX();
    byte[] encoded =
        ByteBuffer.allocate(BEFORE_KEY.length + x.length).put(BEFORE_KEY).put(x).array();
    try {
      return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a stored public key does not parse", e);
    }
  }

  private static final class Signer extends BaseJWSProvider implements JWSSigner {
    /// Beginning costs as much as signing; once begun, it signs over and over.
    private final ThreadLocal<Signature> begun;

    Signer(Provider provider, PrivateKey key) {
      super(Set.of(JWSAlgorithm.EdDSA));
      begun = ThreadLocal.withInitial(() -> begin(provider, key));
    }

    private static Signature begin(Provider provider, PrivateKey key) {
      try {
        Signature signature = Signature.getInstance(ALGORITHM, provider);
        signature.initSign(key);
        return signature;
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("could not begin to sign", e);
      }
    }

    @Override
    public Base64URL sign(JWSHeader header, byte[] input) throws JOSEException {
      if (!JWSAlgorithm.EdDSA.equals(header.getAlgorithm())) {
        throw new JOSEException("this key signs EdDSA only");
      }
      try {
        Signature signature = begun.get();
        signature.update(input);
        return Base64URL.encode(signature.sign());
      } catch (GeneralSecurityException e) {
        // What was begun may be half done.
        begun.remove();
        throw new JOSEException("could not sign", e);
      }
    }
  }

  private static final class Verifier extends BaseJWSProvider implements JWSVerifier {
    private static final int SIGNATURE_BYTES = 64;

    private final Provider provider;
    private final PublicKey key;

    Verifier(Provider provider, PublicKey key) {
      super(Set.of(JWSAlgorithm.EdDSA));
      this.provider = provider;
      this.key = key;
    }

    @Override
    public boolean verify(JWSHeader header, byte[] input, Base64URL signature)
        throws JOSEException {
      byte[] bytes = signature.decode();
      if (!JWSAlgorithm.EdDSA.equals(header.getAlgorithm()) || bytes.length != SIGNATURE_BYTES) {
        return false;
      }
      try {
        Signature verifier = Signature.getInstance(ALGORITHM, provider);
        verifier.initVerify(key);
        verifier.update(input);
        return verifier.verify(bytes);
      } catch (java.security.SignatureException _) {
        return false;
      } catch (GeneralSecurityException e) {
        throw new JOSEException("could not verify", e);
      }
    }
  }
}
