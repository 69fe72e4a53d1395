package dev.daypass.broker.servercertificates;

import dev.daypass.broker.pem.Pem;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Optional;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/// Private keys, RSA of up to 16384 bits or on one of the curves P-256, P-384 and P-521, and the
/// public keys that they belong to. None is encrypted: nobody could open it.
final class KeyPairs {
  private KeyPairs() {}

  /// The key that is all there is in a text: PKCS#8 (RFC 5958), PKCS#1 (RFC 8017) or SEC 1 (RFC
  /// 5915) in PEM; absent where the text is anything else.
  static Optional<PrivateKey> privateKey(String text) {
    return Pem.one(text).flatMap(KeyPairs::privateKey);
  }

  // BouncyCastle's readers fail with whatever they stumble over, so any failure is a refusal.
  private static Optional<PrivateKey> privateKey(Pem pem) {
    try {
      return Optional.of(read(info(pem)));
    } catch (RuntimeException | IOException | GeneralSecurityException _) {
      return Optional.empty();
    }
  }

  private static PrivateKeyInfo info(Pem pem) throws IOException, InvalidKeySpecException {
    return switch (pem.label()) {
      case "PRIVATE KEY" -> PrivateKeyInfo.getInstance(pem.content());
      case "RSA PRIVATE KEY" ->
          new PrivateKeyInfo(
              new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
              RSAPrivateKey.getInstance(pem.content()));
      case "EC PRIVATE KEY" -> {
        var key = org.bouncycastle.asn1.sec.ECPrivateKey.getInstance(pem.content());
        yield new PrivateKeyInfo(
            new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, key.getParametersObject()),
            key);
      }
      default -> throw new InvalidKeySpecException(pem.label());
    };
  }

  private static PrivateKey read(PrivateKeyInfo info) throws IOException, GeneralSecurityException {
    boolean ec =
        info.getPrivateKeyAlgorithm().getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey);
    return KeyFactory.getInstance(ec ? "EC" : "RSA")
        .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
  }

  /// Whether the two belong together.
  static boolean match(PublicKey open, PrivateKey secret) {
    if (open instanceof RSAPublicKey rsa && secret instanceof RSAPrivateCrtKey key) {
      return match(rsa, key);
    }
    return open instanceof ECPublicKey && secret instanceof ECPrivateKey && verifies(open, secret);
  }

  // Arithmetic and no signature: one with 16384 bits would hold everybody up for seconds.
  private static boolean match(RSAPublicKey open, RSAPrivateCrtKey secret) {
    BigInteger p = secret.getPrimeP();
    BigInteger q = secret.getPrimeQ();
    BigInteger unit = secret.getPrivateExponent().multiply(open.getPublicExponent());
    return open.getModulus().equals(p.multiply(q))
        && isOne(unit, p.subtract(BigInteger.ONE))
        && isOne(unit, q.subtract(BigInteger.ONE));
  }

  private static boolean isOne(BigInteger number, BigInteger modulus) {
    return modulus.signum() > 0 && number.mod(modulus).equals(BigInteger.ONE);
  }

  private static boolean verifies(PublicKey open, PrivateKey secret) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(secret);
      byte[] signed = signature.sign();
      signature.initVerify(open);
      return signature.verify(signed);
    } catch (GeneralSecurityException _) {
      return false;
    }
  }
}
