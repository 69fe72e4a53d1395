package dev.daypass.guard;

/// The broker refuses the guard itself: its key, or its permissions, are not right.
final class NotAllowed extends Exception {
  NotAllowed(String why) {
    super(why, null, false, false);
  }
}
