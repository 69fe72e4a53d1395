package dev.daypass.wire.organizations;

import dev.daypass.wire.Constraint;

/// What can have tags: a root, an organizational unit, an account or a policy.
public record TaggableResourceId(String value) {
  private static final Constraint RULE =
      Constraint.of(
          0,
          130,
          "(r-[0-9a-z]{4,32})|(\\d{12})|(ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})|(p-[0-9a-zA-Z_]{8,128})|(rp-[0-9a-zA-Z_]{4,128})|(rt-[0-9a-zA-Z_]{8,32})");

  public TaggableResourceId {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
