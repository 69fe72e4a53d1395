package dev.daypass.broker.rolesanywhere;

import dev.daypass.wire.DateTime;
import dev.daypass.wire.rolesanywhere.CertificateBundle;
import dev.daypass.wire.rolesanywhere.SourceType;
import dev.daypass.wire.rolesanywhere.TrustAnchorMessages.Source;
import dev.daypass.wire.rolesanywhere.TrustAnchorMessages.SourceData;
import dev.daypass.wire.rolesanywhere.TrustAnchorMessages.TrustAnchorDetail;
import java.util.Optional;

/// Certificate authorities whose certificates are taken.
///
/// @param certificates in PEM
record TrustAnchor(Resource resource, String certificates) {
  TrustAnchorDetail onWire() {
    return new TrustAnchorDetail(
        resource.id(),
        resource.arn(),
        resource.name(),
        new Source(
            Optional.of(SourceType.CERTIFICATE_BUNDLE),
            Optional.of(
                new SourceData(
                    Optional.of(new CertificateBundle(certificates)), Optional.empty()))),
        resource.enabled(),
        DateTime.of(resource.createdAt()),
        DateTime.of(resource.updatedAt()));
  }
}
