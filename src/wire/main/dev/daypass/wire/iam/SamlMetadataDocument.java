package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// The metadata of an identity provider as a caller gives it, not yet known to be any. AWS takes
/// ten million characters; what one identity provider says about itself has some ten thousand, and
/// here 262144 are taken.
public record SamlMetadataDocument(String value) {
  private static final Constraint RULE = Constraint.of(1000, 262_144, "[\\s\\S]*");

  public SamlMetadataDocument {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
