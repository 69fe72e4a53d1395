package dev.daypass.client.sources;

import dev.daypass.wire.sigv4.CertificateSigner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A certificate with its key, in PEM files that somebody renews. Read anew every time.
///
/// @param certificate the certificate, and after it what stands between it and the trust anchor
/// @param privateKey PKCS #8, not encrypted
public record CertificateFile(Path certificate, Path privateKey) {
  private static final Pattern PKCS8 =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  /// What signs with it; fails with [IOException] for files that hold something else.
  CertificateSigner signer() throws IOException {
    List<X509Certificate> all = Certificates.read(certificate);
    return new CertificateSigner(all.getFirst(), all.subList(1, all.size()), key());
  }

  private PrivateKey key() throws IOException {
    Matcher pem = PKCS8.matcher(Files.readString(privateKey, StandardCharsets.US_ASCII));
    if (!pem.find()) {
      throw new IOException(
          privateKey + " has no key of the form -----BEGIN PRIVATE KEY----- (PKCS #8)");
    }
    PKCS8EncodedKeySpec encoded =
        new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
    return read(encoded, "EC")
        .or(() -> read(encoded, "RSA"))
        .orElseThrow(() -> new IOException(privateKey + " has neither an RSA nor an EC key"));
  }

  private static Optional<PrivateKey> read(PKCS8EncodedKeySpec encoded, String algorithm) {
    try {
      return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(encoded));
    } catch (InvalidKeySpecException _) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has " + algorithm, e);
    }
  }
}
