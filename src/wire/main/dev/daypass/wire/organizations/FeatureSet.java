package dev.daypass.wire.organizations;

/// How much of Organizations an organization uses.
public enum FeatureSet {
  ALL,
  CONSOLIDATED_BILLING
}
