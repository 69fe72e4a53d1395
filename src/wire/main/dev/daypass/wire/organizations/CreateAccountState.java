package dev.daypass.wire.organizations;

/// How far the making of an account is.
public enum CreateAccountState {
  IN_PROGRESS,
  SUCCEEDED,
  FAILED
}
