package dev.daypass.broker.api;

import static dev.daypass.wire.ErrorCode.VALIDATION_ERROR;

import dev.daypass.wire.ConstraintViolation;
import java.util.function.Supplier;

/// What comes as JSON and must satisfy what the wire demands of it.
final class Checked {
  private Checked() {}

  /// The value; `ValidationError` where it breaks a constraint.
  static <T> T of(Supplier<T> value) {
    try {
      return value.get();
    } catch (ConstraintViolation violation) {
      throw VALIDATION_ERROR.error(violation.constraint());
    }
  }
}
