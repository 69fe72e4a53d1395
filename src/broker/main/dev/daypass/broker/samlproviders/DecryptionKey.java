package dev.daypass.broker.samlproviders;

import dev.daypass.wire.Secret;
import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Optional;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/// Reads the private keys that assertions are decrypted with: RSA of 2048 to 16384 bits, which
/// opens the AES key of an assertion; one in a PEM file without a password.
final class DecryptionKey {
  private static final int SHORTEST = 2048;
  private static final int LONGEST = 16_384;

  private DecryptionKey() {}

  /// The key as PKCS #8; absent where the text is no such key.
  static Optional<Secret> read(Secret pem) {
    try (PemReader reader = new PemReader(new StringReader(pem.revealText()))) {
      PemObject object = reader.readPemObject();
      if (object == null || !object.getHeaders().isEmpty() || reader.readPemObject() != null) {
        return Optional.empty();
      }
      byte[] key = pkcs8(object);
      return strong(key) ? Optional.of(Secret.of(key)) : Optional.empty();
    } catch (IOException | GeneralSecurityException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static byte[] pkcs8(PemObject object) throws IOException {
    return switch (object.getType()) {
      case "PRIVATE KEY" -> object.getContent();
      case "RSA PRIVATE KEY" -> {
        var rsa = org.bouncycastle.asn1.pkcs.RSAPrivateKey.getInstance(object.getContent());
        var algorithm =
            new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
        yield new PrivateKeyInfo(algorithm, rsa).getEncoded();
      }
      default -> throw new IOException("another kind of key");
    };
  }

  private static boolean strong(byte[] pkcs8) throws GeneralSecurityException {
    var key =
        (RSAPrivateKey)
            KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    int bits = key.getModulus().bitLength();
    return bits >= SHORTEST && bits <= LONGEST;
  }
}
