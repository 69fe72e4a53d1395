package dev.daypass.wire.organizations;

/// What kind of children are meant.
public enum ChildType {
  ACCOUNT,
  ORGANIZATIONAL_UNIT
}
