package dev.daypass.broker.sessions;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import java.util.Set;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;

/// Verifies what [Ed25519Signer] signs.
final class Ed25519Verifier implements JWSVerifier {
  private static final int SIGNATURE_BYTES = 64;

  private final Ed25519PublicKeyParameters key;
  private final JCAContext context = new JCAContext();

  Ed25519Verifier(OctetKeyPair key) {
    this.key = new Ed25519PublicKeyParameters(key.getDecodedX());
  }

  @Override
  public boolean verify(JWSHeader header, byte[] input, Base64URL signature) {
    byte[] bytes = signature.decode();
    if (!JWSAlgorithm.EdDSA.equals(header.getAlgorithm()) || bytes.length != SIGNATURE_BYTES) {
      return false;
    }
    var verifier = new org.bouncycastle.crypto.signers.Ed25519Signer();
    verifier.init(false, key);
    verifier.update(input, 0, input.length);
    return verifier.verifySignature(bytes);
  }

  @Override
  public Set<JWSAlgorithm> supportedJWSAlgorithms() {
    return Set.of(JWSAlgorithm.EdDSA);
  }

  @Override
  public JCAContext getJCAContext() {
    return context;
  }
}
