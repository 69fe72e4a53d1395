package dev.daypass.wire.organizations;

import dev.daypass.wire.Constraint;

/// What an organizational unit is called, unique within its parent.
public record OrganizationalUnitName(String value) {
  private static final Constraint RULE = Constraint.of(1, 128, "[\\s\\S]*");

  public OrganizationalUnitName {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
