package dev.daypass.guard;

/// A time in which every change is heard of, without a gap: until when, on [System#nanoTime()].
final class Hearing {
  private final boolean silent;
  private volatile long until;

  private Hearing(boolean silent, long until) {
    this.silent = silent;
    this.until = until;
  }

  /// Begins.
  static Hearing from(long nanos) {
    return new Hearing(false, nanos);
  }

  /// Of nothing.
  static Hearing none() {
    return new Hearing(true, 0);
  }

  void until(long nanos) {
    if (nanos - until > 0) {
      until = nanos;
    }
  }

  /// When all was known that changed, for something that was right at `nanos`.
  long known(long nanos) {
    long heard = until;
    return silent || heard - nanos < 0 ? nanos : heard;
  }
}
