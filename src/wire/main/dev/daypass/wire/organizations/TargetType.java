package dev.daypass.wire.organizations;

/// What a policy is attached to.
public enum TargetType {
  ACCOUNT,
  ORGANIZATIONAL_UNIT,
  ROOT
}
