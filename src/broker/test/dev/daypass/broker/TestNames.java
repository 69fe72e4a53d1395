package dev.daypass.broker;

import dev.daypass.broker.webidentity.NameService;
import io.quarkus.test.Mock;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Names in tests: whatever ends in `.test` is here, unless a test says where it is.
@Mock
@Singleton
public final class TestNames implements NameService {
  static final Map<String, List<String>> ADDRESSES = new ConcurrentHashMap<>();

  @Override
  public List<InetAddress> resolve(String host) throws UnknownHostException {
    if (host.matches("[\\d.]+|\\[.*]")) {
      return List.of(InetAddress.getAllByName(host));
    }
    if (!host.endsWith(".test")) {
      throw new UnknownHostException(host);
    }
    return ADDRESSES.getOrDefault(host, List.of("127.0.0.1")).stream()
        .map(TestNames::address)
        .toList();
  }

  private static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
