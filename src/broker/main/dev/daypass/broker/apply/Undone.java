package dev.daypass.broker.apply;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Rolls the transaction back: it was a rehearsal, or a step was refused.
final class Undone extends RuntimeException {
  private final List<Step> steps;
  private final Optional<Step> refused;

  Undone(List<Step> steps, Optional<Step> refused, @Nullable Throwable cause) {
    super("undone", cause, false, false);
    this.steps = List.copyOf(steps);
    this.refused = refused;
  }

  List<Step> steps() {
    return steps;
  }

  /// The step that was refused; absent after a rehearsal.
  Optional<Step> refused() {
    return refused;
  }

  static Throwable causeOf(Undone undone) {
    return Objects.requireNonNull(undone.getCause());
  }
}
