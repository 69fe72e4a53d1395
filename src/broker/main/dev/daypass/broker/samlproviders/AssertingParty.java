package dev.daypass.broker.samlproviders;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/// A SAML provider as its assertions are checked against it.
///
/// @param entityId the issuer, exactly as its assertions must name it
/// @param signingCertificates at least one; see [SamlMetadata]
/// @param validUntil from when on none of its assertions counts
/// @param encryptionRequired whether an assertion in the clear counts for nothing
public record AssertingParty(
    String arn,
    String account,
    String entityId,
    List<X509Certificate> signingCertificates,
    Instant validUntil,
    boolean encryptionRequired) {
  public AssertingParty {
    signingCertificates = List.copyOf(signingCertificates);
  }

  static AssertingParty of(SamlProvider provider) {
    SamlMetadata metadata = metadata(provider);
    return new AssertingParty(
        provider.arn(),
        provider.account(),
        metadata.entityId(),
        metadata.signingCertificates(),
        provider.validUntil(),
        provider.requiresEncryption());
  }

  private static SamlMetadata metadata(SamlProvider provider) {
    try {
      return MetadataReader.read(provider.document());
    } catch (MalformedMetadata e) {
      throw new IllegalStateException("the metadata of " + provider.arn() + " was read before", e);
    }
  }
}
