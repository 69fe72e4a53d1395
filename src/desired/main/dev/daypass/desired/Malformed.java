package dev.daypass.desired;

import dev.daypass.policy.Position;

/// Something in a file that cannot be meant, and where.
public final class Malformed extends RuntimeException {
  Malformed(String file, Position position, String reason) {
    super("%s:%s: %s".formatted(file, position, reason), null, false, false);
  }

  Malformed(String file, String reason) {
    super(file + ": " + reason, null, false, false);
  }
}
