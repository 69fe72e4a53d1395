package dev.daypass.client.sources;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/// Certificates in files.
final class Certificates {
  private Certificates() {}

  /// All that a PEM file has, at least one; fails with [IOException] for a file of anything else.
  static List<X509Certificate> read(Path file) throws IOException {
    try {
      List<X509Certificate> all =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (all.isEmpty()) {
        throw new IOException("there is no certificate in " + file);
      }
      return all;
    } catch (CertificateException e) {
      throw new IOException("the certificates in " + file + " cannot be read", e);
    }
  }
}
