package dev.daypass.wire.sigv4;

import dev.daypass.wire.sigv4.HttpMessage.Header;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/// Signs requests with the key of a certificate: the caller's half of [CertificateClaim].
///
/// @see <a
///   href="https://docs.aws.amazon.com/rolesanywhere/latest/userguide/authentication-sign-process.html">Signing
///   process for IAM Roles Anywhere</a>
public final class CertificateSigner {
  private final X509Certificate certificate;
  private final List<X509Certificate> chain;
  private final PrivateKey key;
  private final CertificateAlgorithm algorithm;

  /// Fails with [IllegalArgumentException] for a key that is neither RSA nor EC.
  ///
  /// @param chain what stands between the certificate and the trust anchor; often empty
  public CertificateSigner(
      X509Certificate certificate, List<X509Certificate> chain, PrivateKey key) {
    this.certificate = certificate;
    this.chain = List.copyOf(chain);
    this.key = key;
    this.algorithm =
        CertificateAlgorithm.of(key)
            .orElseThrow(() -> new IllegalArgumentException("the key is neither RSA nor EC"));
  }

  /// The request with the headers that sign it. Everything it had is signed. Fails with
  /// [IllegalStateException] for a key that cannot sign.
  ///
  /// @param message with its `Host` header
  public HttpMessage sign(HttpMessage message, String region, String service, Instant now) {
    UnsignedMessage unsigned =
        UnsignedMessage.of(message, own(), now, UnsignedMessage.scope(now, region, service));
    return unsigned.signed(
        algorithm.wireName(),
        certificate.getSerialNumber().toString(),
        signature(unsigned.text(algorithm.wireName())));
  }

  private List<Header> own() {
    List<Header> own = new ArrayList<>();
    own.add(new Header(CertificateClaim.CERTIFICATE, base64(certificate)));
    if (!chain.isEmpty()) {
      own.add(
          new Header(
              CertificateClaim.CHAIN,
              chain.stream().map(CertificateSigner::base64).collect(Collectors.joining(","))));
    }
    return own;
  }

  private String signature(String text) {
    try {
      Signature signature = Signature.getInstance(algorithm.jcaName());
      signature.initSign(key);
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key cannot sign: " + e.getMessage(), e);
    }
  }

  private static String base64(X509Certificate certificate) {
    try {
      return Base64.getEncoder().encodeToString(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was read cannot be written", e);
    }
  }
}
