package dev.daypass.broker.organizations;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "organization_policy_type")
@IdClass(PolicyTypeRow.Key.class)
@NullUnmarked
class PolicyTypeRow {
  /// Which type is in force where.
  record Key(String organizationId, String type) implements Serializable {}

  @Id String organizationId;
  @Id String type;
}
