package dev.daypass.guard;

/// The broker could not be asked: it cannot be reached, or is in no state to answer.
final class BrokerAway extends Exception {
  BrokerAway(String why) {
    super(why, null, false, false);
  }
}
