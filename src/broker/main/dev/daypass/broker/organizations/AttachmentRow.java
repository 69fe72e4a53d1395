package dev.daypass.broker.organizations;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "organization_attachment")
@IdClass(AttachmentRow.Key.class)
@NullUnmarked
class AttachmentRow {
  /// Which policy is where.
  record Key(String targetId, String policyId) implements Serializable {}

  @Id String targetId;
  @Id String policyId;
  String organizationId;
  String type;
  String unitId;
  String accountId;
  int slot;
}
