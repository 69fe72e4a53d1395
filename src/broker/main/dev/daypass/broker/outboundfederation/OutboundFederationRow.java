package dev.daypass.broker.outboundfederation;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "outbound_federation")
@NullUnmarked
class OutboundFederationRow {
  @Id String accountId;
  UUID issuerId;
  boolean enabled;

  static OutboundFederationRow of(String account, UUID issuerId, boolean enabled) {
    OutboundFederationRow row = new OutboundFederationRow();
    row.accountId = account;
    row.issuerId = issuerId;
    row.enabled = enabled;
    return row;
  }
}
