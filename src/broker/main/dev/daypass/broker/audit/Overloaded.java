package dev.daypass.broker.audit;

/// More entries wait to be durable than the broker keeps; nothing was written.
public final class Overloaded extends RuntimeException {
  Overloaded() {
    super("too many audit entries are waiting", null, false, false);
  }
}
