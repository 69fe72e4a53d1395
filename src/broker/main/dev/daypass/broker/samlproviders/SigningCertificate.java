package dev.daypass.broker.samlproviders;

import java.io.ByteArrayInputStream;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;

/// Reads the certificates that signatures are checked with. AWS asks for a key of at least 1024
/// bits and for no extension to be there twice; a key of more than 16384 bits would make each check
/// slow.
final class SigningCertificate {
  private static final int SHORTEST_RSA = 1024;
  private static final int LONGEST_RSA = 16_384;

  private SigningCertificate() {}

  /// Reads the content of an `X509Certificate` (XML Signature §4.5.4): DER in Base64, in lines or
  /// not.
  static X509Certificate parse(String text) throws MalformedMetadata {
    try {
      byte[] der = Base64.getDecoder().decode(text.replaceAll("[ \\t\\r\\n]", ""));
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(der));
      if (Arrays.equals(certificate.getEncoded(), der) && usable(certificate.getPublicKey())) {
        return certificate;
      }
    } catch (IllegalArgumentException | CertificateException _) {
      // Told below.
    }
    throw new MalformedMetadata(
        "A certificate for signatures is none, or of a key that is too weak.");
  }

  private static boolean usable(PublicKey key) {
    return switch (key) {
      case RSAPublicKey rsa -> {
        int bits = rsa.getModulus().bitLength();
        yield bits >= SHORTEST_RSA && bits <= LONGEST_RSA;
      }
      case ECPublicKey _ -> true;
      default -> false;
    };
  }
}
