package dev.daypass.broker.sessions;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.util.Base64URL;
import dev.daypass.wire.Secret;
import java.util.Set;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;

/// Signs with Ed25519 (RFC 8037) through BouncyCastle, whose implementation is many times faster
/// than the JDK's.
final class Ed25519Signer implements JWSSigner {
  private final Ed25519PrivateKeyParameters key;
  private final JCAContext context = new JCAContext();

  Ed25519Signer(Secret seed) {
    this.key = new Ed25519PrivateKeyParameters(seed.reveal());
  }

  @Override
  public Base64URL sign(JWSHeader header, byte[] input) throws JOSEException {
    if (!JWSAlgorithm.EdDSA.equals(header.getAlgorithm())) {
      throw new JOSEException("this key signs EdDSA only");
    }
    var signer = new org.bouncycastle.crypto.signers.Ed25519Signer();
    signer.init(true, key);
    signer.update(input, 0, input.length);
    return Base64URL.encode(signer.generateSignature());
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
