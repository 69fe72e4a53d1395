package dev.daypass.client;

import java.net.URI;
import java.util.Set;

/// Which addresses a broker can have.
public final class BrokerAddress {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private BrokerAddress() {}

  /// Whether it is one at all: `http` or `https`, with a host, and without a user.
  public static boolean wellFormed(URI server) {
    return ("https".equals(server.getScheme()) || "http".equals(server.getScheme()))
        && server.getHost() != null
        && server.getRawUserInfo() == null;
  }

  /// Whether what is sent there cannot be read on the way: it is encrypted, or stays on this
  /// computer.
  public static boolean confidential(URI server) {
    return wellFormed(server)
        && ("https".equals(server.getScheme()) || LOOPBACK.contains(server.getHost()));
  }
}
