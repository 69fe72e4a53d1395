package dev.daypass.broker;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/// A service behind a proxy, as an operator configures it.
public final class TestProxied implements QuarkusTestResourceLifecycleManager {
  @Override
  public Map<String, String> start() {
    return Map.of(
        "daypass.proxied.orders.hosts", "orders.example.com",
        "daypass.proxied.orders.account", TestServers.ACCOUNT,
        "daypass.proxied.orders.region", "eu-west-1",
        "daypass.proxied.told.hosts", "orders.example.com",
        "daypass.proxied.told.account", TestServers.ACCOUNT,
        "daypass.proxied.told.region", "eu-west-1",
        "daypass.proxied.told.client-address-header", "X-Real-IP");
  }

  @Override
  public void stop() {}
}
