package dev.daypass.broker.rolesanywhere;

import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

@MappedSuperclass
@NullUnmarked
abstract class ResourceRow {
  @Id String id;
  String accountId;
  String region;
  String name;
  boolean enabled;
  Instant createdAt;
  Instant updatedAt;

  Resource toResource(Resource.Kind kind) {
    return new Resource(kind, id, accountId, region, name, enabled, createdAt, updatedAt);
  }

  void set(Resource resource) {
    id = resource.id();
    accountId = resource.account();
    region = resource.region();
    name = resource.name();
    enabled = resource.enabled();
    createdAt = resource.createdAt();
    updatedAt = resource.updatedAt();
  }
}
