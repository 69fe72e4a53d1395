package dev.daypass.broker.servercertificates;

import static dev.daypass.wire.ErrorCode.KEY_PAIR_MISMATCH;
import static dev.daypass.wire.ErrorCode.MALFORMED_CERTIFICATE;

import dev.daypass.broker.pem.Pem;
import dev.daypass.broker.pem.X509;
import dev.daypass.wire.iam.ServerCertificateMessages.UploadServerCertificate;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/// What is uploaded, looked at as AWS does before it takes it: one certificate that is valid now,
/// its private key, and the certificates behind it in order.
///
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_server-certs.html#upload-server-certificate-prerequisites">Prerequisites</a>
final class Uploaded {
  /// As many as TLS clients follow.
  private static final int LONGEST_CHAIN = 10;

  private Uploaded() {}

  /// The certificate; fails with `MalformedCertificate` or `KeyPairMismatch` where something is
  /// wrong.
  static X509Certificate check(UploadServerCertificate request, Instant now) {
    X509Certificate certificate =
        X509.one(request.certificateBody().value()).orElseThrow(Uploaded::unreadable);
    PrivateKey key =
        KeyPairs.privateKey(request.privateKey().value().revealText())
            .orElseThrow(() -> MALFORMED_CERTIFICATE.error("Invalid Private Key."));
    if (!X509.validAt(certificate, now)) {
      throw MALFORMED_CERTIFICATE.error(
          "The certificate is valid from %s to %s only."
              .formatted(
                  certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant()));
    }
    if (!KeyPairs.match(certificate.getPublicKey(), key)) {
      throw KEY_PAIR_MISMATCH.error("The public key certificate and the private key do not match.");
    }
    request.certificateChain().ifPresent(chain -> checkChain(certificate, chain.value()));
    return certificate;
  }

  private static void checkChain(X509Certificate certificate, String text) {
    List<Pem> chain = Pem.several(text, LONGEST_CHAIN).orElseThrow(Uploaded::unreadable);
    X509Certificate issued = certificate;
    for (int i = 0; i < chain.size(); i++) {
      X509Certificate issuer = X509.of(chain.get(i)).orElseThrow(Uploaded::unreadable);
      if (!X509.issued(issuer, issued)) {
        throw broken(i - 1);
      }
      issued = issuer;
    }
  }

  /// @param index of the certificate that its follower has not issued; -1 for the first one
  private static RuntimeException broken(int index) {
    return MALFORMED_CERTIFICATE.error(
        "Unable to validate certificate chain. The certificate chain must start with the immediate"
            + " signing certificate, followed by any intermediaries in order. The index within the"
            + " chain of the invalid certificate is: "
            + index);
  }

  private static RuntimeException unreadable() {
    return MALFORMED_CERTIFICATE.error(
        "Unable to parse certificate. Please ensure the certificate is in PEM format.");
  }
}
