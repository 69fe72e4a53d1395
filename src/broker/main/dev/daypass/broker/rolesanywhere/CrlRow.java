package dev.daypass.broker.rolesanywhere;

import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "crl")
@NullUnmarked
class CrlRow extends ResourceRow {
  String trustAnchorId;
  byte[] data;

  Crl toCrl() {
    return new Crl(toResource(Resource.Kind.CRL), trustAnchorId, data);
  }

  static CrlRow of(Crl crl) {
    CrlRow row = new CrlRow();
    row.set(crl.resource());
    row.trustAnchorId = crl.trustAnchorId();
    row.data = crl.data();
    return row;
  }
}
