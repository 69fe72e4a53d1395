package dev.daypass.sidecar;

/// A configuration that cannot be, in one sentence.
public final class InvalidConfig extends RuntimeException {
  public InvalidConfig(String reason) {
    super(reason, null, false, false);
  }
}
