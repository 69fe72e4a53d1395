package dev.daypass.broker.rolesanywhere;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Set;

/// What certificates must be, beside being vouched for.
///
/// @see <a
///   href="https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html#signature-verification">Signature
///   verification</a>
final class Requirements {
  private static final int VERSION = 3;
  private static final int DIGITAL_SIGNATURE = 0;
  private static final int KEY_CERT_SIGN = 5;
  private static final int SHORTEST_RSA = 2048;
  // A longer one would be a way to make others work.
  private static final int LONGEST_RSA = 8192;
  private static final int SHORTEST_EC = 256;

  private static final Set<String> SIGNED_WITH =
      Set.of(
          "SHA256withRSA",
          "SHA384withRSA",
          "SHA512withRSA",
          "RSASSA-PSS",
          "SHA256withECDSA",
          "SHA384withECDSA",
          "SHA512withECDSA");

  private Requirements() {}

  /// Whether the certificate's owner may sign requests, and no certificates.
  static boolean isEndEntity(X509Certificate certificate) {
    boolean[] usage = certificate.getKeyUsage();
    return certificate.getVersion() == VERSION
        && certificate.getBasicConstraints() < 0
        && usage != null
        && usage[DIGITAL_SIGNATURE]
        && !usage[KEY_CERT_SIGN];
  }

  /// Whether the certificate's owner may sign certificates.
  static boolean isAuthority(X509Certificate certificate) {
    boolean[] usage = certificate.getKeyUsage();
    return certificate.getVersion() == VERSION
        && certificate.getBasicConstraints() >= 0
        && (usage == null || usage[KEY_CERT_SIGN]);
  }

  /// Whether its key is long enough, and no longer than anybody needs.
  static boolean isStrong(X509Certificate certificate) {
    PublicKey key = certificate.getPublicKey();
    return switch (key) {
      case RSAPublicKey rsa ->
          rsa.getModulus().bitLength() >= SHORTEST_RSA
              && rsa.getModulus().bitLength() <= LONGEST_RSA;
      case ECPublicKey ec -> ec.getParams().getCurve().getField().getFieldSize() >= SHORTEST_EC;
      default -> false;
    };
  }

  /// Whether it was signed in a way that holds.
  static boolean isSignedWell(X509Certificate certificate) {
    return SIGNED_WITH.contains(certificate.getSigAlgName());
  }
}
