package dev.daypass.wire.rolesanywhere;

import dev.daypass.wire.Constraint;

/// Which parts of a field a rule is for: `*`, `CN`, `Name/*`, `DNS`.
public record Specifier(String value) {
  private static final Constraint RULE = Constraint.of(0, 60, "[\\x20-\\x7E]*");

  public Specifier {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
