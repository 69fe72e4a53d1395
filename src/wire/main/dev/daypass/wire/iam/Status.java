package dev.daypass.wire.iam;

import static dev.daypass.wire.ErrorCode.INVALID_INPUT;

/// Whether a credential can be used. `Expired` is what time makes of it and nobody can ask for.
public enum Status {
  ACTIVE("Active"),
  INACTIVE("Inactive"),
  EXPIRED("Expired");

  private final String wireName;

  Status(String wireName) {
    this.wireName = wireName;
  }

  public static Status of(boolean active) {
    return active ? ACTIVE : INACTIVE;
  }

  /// What a caller asks for, `true` for `Active`; `InvalidInput` for what cannot be asked for.
  public boolean chosen() {
    return switch (this) {
      case ACTIVE -> true;
      case INACTIVE -> false;
      case EXPIRED -> throw INVALID_INPUT.error("Status Expired cannot be set.");
    };
  }

  @Override
  public String toString() {
    return wireName;
  }
}
