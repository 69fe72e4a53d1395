package dev.daypass.broker.organizations;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "organization_unit")
@NullUnmarked
class UnitRow {
  @Id String id;
  String organizationId;
  String parentId;
  int depth;
  String name;
  Instant createdAt;

  Unit toUnit() {
    return new Unit(id, organizationId, Optional.ofNullable(parentId), depth, name, createdAt);
  }

  static UnitRow of(Unit unit) {
    UnitRow row = new UnitRow();
    row.id = unit.id();
    row.organizationId = unit.organization();
    row.parentId = unit.parent().orElse(null);
    row.depth = unit.depth();
    row.name = unit.name();
    row.createdAt = unit.createdAt();
    return row;
  }
}
