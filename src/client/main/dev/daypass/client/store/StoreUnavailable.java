package dev.daypass.client.store;

/// A store that cannot be used, and why.
public final class StoreUnavailable extends RuntimeException {
  public StoreUnavailable(String why) {
    super(why, null, false, false);
  }
}
