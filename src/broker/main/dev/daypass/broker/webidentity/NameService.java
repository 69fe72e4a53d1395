package dev.daypass.broker.webidentity;

import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/// Finds the addresses of hosts. Blocks while it asks.
public interface NameService {
  /// Every address of a host, at least one.
  List<InetAddress> resolve(String host) throws UnknownHostException;

  /// The system's own.
  @Singleton
  final class OfSystem implements NameService {
    @Override
    public List<InetAddress> resolve(String host) throws UnknownHostException {
      return List.of(InetAddress.getAllByName(host));
    }
  }
}
