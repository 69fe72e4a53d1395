package dev.daypass.broker.organizations;

import dev.daypass.wire.organizations.PolicyType;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "organization_policy")
@NullUnmarked
class ControlPolicyRow {
  @Id String id;
  String organizationId;
  String type;
  String name;
  String description;
  String content;
  Instant createdAt;

  ControlPolicy toPolicy() {
    return new ControlPolicy(
        id,
        Optional.ofNullable(organizationId),
        PolicyType.valueOf(type),
        name,
        description,
        content,
        createdAt);
  }

  static ControlPolicyRow of(ControlPolicy policy) {
    ControlPolicyRow row = new ControlPolicyRow();
    row.id = policy.id();
    row.organizationId = policy.organization().orElse(null);
    row.type = policy.type().name();
    row.name = policy.name();
    row.description = policy.description();
    row.content = policy.content();
    row.createdAt = policy.createdAt();
    return row;
  }
}
