package dev.daypass.broker;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// A service behind a proxy, as an operator configures it.
public final class TestProxied implements QuarkusTestResourceLifecycleManager {
  static final String AUDIENCE = "https://orders.example.com";

  private static final String POLICY =
      """
      {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke",
         "Resource": "arn:aws:execute-api:eu-west-1:111122223333:shared/live/GET/orders/*",
         "Condition": {"StringLike":
           {"aws:FederatedProvider": "arn:aws:iam::111122223333:oidc-provider/*/federation/*"}}},
        {"Effect": "Deny", "Principal": "*", "Action": "*",
         "Resource": "arn:aws:execute-api:eu-west-1:111122223333:shared/live/*/orders/secret"}]}
      """;

  @Override
  public Map<String, String> start() {
    Map<String, String> settings = new HashMap<>(shared());
    settings.putAll(
        Map.of(
            "daypass.proxied.orders.hosts", "orders.example.com",
            "daypass.proxied.orders.account", TestServers.ACCOUNT,
            "daypass.proxied.orders.region", "eu-west-1",
            "daypass.proxied.told.hosts", "orders.example.com",
            "daypass.proxied.told.account", TestServers.ACCOUNT,
            "daypass.proxied.told.region", "eu-west-1",
            "daypass.proxied.told.client-address-header", "X-Real-IP"));
    return settings;
  }

  private static Map<String, String> shared() {
    try {
      Path file = Files.createTempFile("policy", ".json");
      file.toFile().deleteOnExit();
      Files.writeString(file, POLICY);
      return Map.of(
          "daypass.proxied.shared.hosts",
          "orders.example.com",
          "daypass.proxied.shared.account",
          TestServers.ACCOUNT,
          "daypass.proxied.shared.region",
          "eu-west-1",
          "daypass.proxied.shared.audiences",
          AUDIENCE,
          "daypass.proxied.shared.policy-file",
          file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {}
}
