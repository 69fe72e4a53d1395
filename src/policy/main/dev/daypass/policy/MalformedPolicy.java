package dev.daypass.policy;

/// A policy that cannot be used, and why: what cannot be evaluated is refused before it is stored.
public final class MalformedPolicy extends RuntimeException {
  private final String reason;
  private final Position position;

  MalformedPolicy(String reason, Position position) {
    super(reason + " (" + position + ")", null, false, false);
    this.reason = reason;
    this.position = position;
  }

  /// AWS's sentence for it, such as "Syntax errors in policy."
  public String reason() {
    return reason;
  }

  public Position position() {
    return position;
  }
}
