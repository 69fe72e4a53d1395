package dev.daypass.broker.samlproviders;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What an identity provider says about itself.
///
/// @param entityId the issuer, exactly as its assertions must name it
/// @param signingCertificates at least one; the signature of one of their keys makes an assertion
///   its own. Only the keys count: no chain, date or name of a certificate does (SAML V2.0 Metadata
///   Interoperability Profile §2.6.1)
/// @param validUntil when this is true no more, where it says so
public record SamlMetadata(
    String entityId, List<X509Certificate> signingCertificates, Optional<Instant> validUntil) {
  public SamlMetadata {
    signingCertificates = List.copyOf(signingCertificates);
  }
}
