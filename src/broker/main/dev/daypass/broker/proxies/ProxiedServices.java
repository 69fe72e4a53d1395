package dev.daypass.broker.proxies;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The services that stand behind a proxy, as they are configured.
@Singleton
public final class ProxiedServices {
  private final Map<String, ProxiedService> services;

  ProxiedServices(ProxiedConfig config) {
    services =
        config.proxied().entrySet().stream()
            .map(entry -> ProxiedService.of(entry.getKey(), entry.getValue()))
            .collect(Collectors.toUnmodifiableMap(ProxiedService::name, service -> service));
  }

  public Optional<ProxiedService> find(String name) {
    return Optional.ofNullable(services.get(name));
  }
}
