package dev.daypass.broker.rolesanywhere;

import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "trust_anchor")
@NullUnmarked
class TrustAnchorRow extends ResourceRow {
  String certificates;

  TrustAnchor toTrustAnchor() {
    return new TrustAnchor(toResource(Resource.Kind.TRUST_ANCHOR), certificates);
  }

  static TrustAnchorRow of(TrustAnchor anchor) {
    TrustAnchorRow row = new TrustAnchorRow();
    row.set(anchor.resource());
    row.certificates = anchor.certificates();
    return row;
  }
}
