package dev.daypass.wire.rolesanywhere;

/// Where a trust anchor has its certificates from.
public enum SourceType {
  AWS_ACM_PCA,
  CERTIFICATE_BUNDLE,
  SELF_SIGNED_REPOSITORY
}
