package dev.daypass.broker.policies;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "managed_policy")
@NullUnmarked
class ManagedPolicyRow {
  @Id String id;
  String accountId;
  String path;
  String name;
  String arn;
  String description;
  int defaultVersion;
  int lastVersion;
  Instant createdAt;
  Instant updatedAt;

  ManagedPolicy toPolicy() {
    return new ManagedPolicy(
        id,
        accountId,
        path,
        name,
        Optional.ofNullable(description),
        defaultVersion,
        lastVersion,
        createdAt,
        updatedAt);
  }

  static ManagedPolicyRow of(ManagedPolicy policy) {
    ManagedPolicyRow row = new ManagedPolicyRow();
    row.id = policy.id();
    row.accountId = policy.account();
    row.path = policy.path();
    row.name = policy.name();
    row.arn = policy.arn();
    row.description = policy.description().orElse(null);
    row.defaultVersion = policy.defaultVersion();
    row.lastVersion = policy.lastVersion();
    row.createdAt = policy.createdAt();
    row.updatedAt = policy.updatedAt();
    return row;
  }
}
