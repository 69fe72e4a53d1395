package dev.daypass.wire.organizations;

import dev.daypass.wire.Constraint;

/// An organizational unit: `ou-…`.
public record OrganizationalUnitId(String value) {
  private static final Constraint RULE = Constraint.of(0, 68, "ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}");

  public OrganizationalUnitId {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
