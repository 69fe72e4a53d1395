package dev.daypass.broker.rolesanywhere;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.List;

/// A trust anchor as certificates are checked against it.
///
/// @param revoked the lists that are enabled
record Authority(Resource resource, List<X509Certificate> certificates, List<X509CRL> revoked) {
  Authority {
    certificates = List.copyOf(certificates);
    revoked = List.copyOf(revoked);
  }

  /// INVARIANT: what was saved could be read.
  static Authority of(TrustAnchor anchor, List<Crl> lists) {
    return new Authority(
        anchor.resource(),
        Bundles.read(anchor.certificates()),
        lists.stream()
            .filter(list -> list.resource().enabled())
            .map(list -> RevocationLists.read(list.data()))
            .toList());
  }
}
