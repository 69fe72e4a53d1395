package dev.daypass.client.sources;

/// Where the credentials of one role come from. It asks the broker whenever it is asked, and
/// remembers nothing.
public interface Source {
  /// Asks once, within some seconds. Never throws for what a broker, a network or a file can do.
  Fetched fetch();
}
