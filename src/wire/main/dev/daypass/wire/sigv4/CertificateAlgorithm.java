package dev.daypass.wire.sigv4;

import java.security.Key;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How the key of a certificate signs.
enum CertificateAlgorithm {
  RSA("AWS4-X509-RSA-SHA256", "SHA256withRSA", "RSA"),
  ECDSA("AWS4-X509-ECDSA-SHA256", "SHA256withECDSA", "EC");

  static final List<String> WIRE_NAMES =
      Stream.of(values()).map(algorithm -> algorithm.wireName).toList();

  private final String wireName;
  private final String jcaName;
  private final String ofKey;

  CertificateAlgorithm(String wireName, String jcaName, String ofKey) {
    this.wireName = wireName;
    this.jcaName = jcaName;
    this.ofKey = ofKey;
  }

  String wireName() {
    return wireName;
  }

  String jcaName() {
    return jcaName;
  }

  boolean fits(Key key) {
    return ofKey.equals(key.getAlgorithm());
  }

  static Optional<CertificateAlgorithm> named(String wireName) {
    return Stream.of(values()).filter(is -> is.wireName.equals(wireName)).findFirst();
  }

  static Optional<CertificateAlgorithm> of(Key key) {
    return Stream.of(values()).filter(is -> is.fits(key)).findFirst();
  }
}
