package dev.daypass.wire.organizations;

/// Whether users may see the bill. There is none here; it changes nothing.
public enum IamUserAccessToBilling {
  ALLOW,
  DENY
}
