package dev.daypass.broker.database;

/// A change that another change, made at the same time, has ruled out. It can be tried again.
public final class Conflict extends RuntimeException {
  public Conflict(String what) {
    super(what);
  }

  Conflict(Throwable cause) {
    super("a simultaneous change", cause);
  }
}
