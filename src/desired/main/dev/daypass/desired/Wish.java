package dev.daypass.desired;

import java.util.Optional;

/// What is said about something there can be one of: nothing, that it be none, or what it be.
public sealed interface Wish<T> {
  /// Nothing is said: it stays as it is.
  record AsItIs<T>() implements Wish<T> {}

  /// There shall be none.
  record None<T>() implements Wish<T> {}

  record Be<T>(T value) implements Wish<T> {}

  /// What it shall be, where that is something.
  default Optional<T> wanted() {
    return this instanceof Be<T>(T is) ? Optional.of(is) : Optional.empty();
  }
}
