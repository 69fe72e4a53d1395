package dev.daypass.client;

/// No answer from the broker.
public final class BrokerUnreachable extends RuntimeException {
  /// @param why such as `connection refused`
  public BrokerUnreachable(String server, String why) {
    super("Cannot reach %s (%s).".formatted(server, why), null, false, false);
  }
}
