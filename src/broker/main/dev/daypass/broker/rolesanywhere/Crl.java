package dev.daypass.broker.rolesanywhere;

import dev.daypass.wire.Blob;
import dev.daypass.wire.DateTime;
import dev.daypass.wire.rolesanywhere.CrlMessages.CrlDetail;

/// Which certificates a trust anchor has revoked.
///
/// @param data PEM or DER, as it came
record Crl(Resource resource, String trustAnchorId, byte[] data) {
  CrlDetail onWire() {
    return new CrlDetail(
        resource.id(),
        resource.arn(),
        resource.name(),
        resource.enabled(),
        Blob.of(data),
        Resource.Kind.TRUST_ANCHOR.arn(resource.region(), resource.account(), trustAnchorId),
        DateTime.of(resource.createdAt()),
        DateTime.of(resource.updatedAt()));
  }
}
