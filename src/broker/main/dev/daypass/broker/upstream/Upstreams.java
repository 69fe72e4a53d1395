package dev.daypass.broker.upstream;

import dev.daypass.broker.oidcproviders.IssuerUrl;
import dev.daypass.broker.upstream.UpstreamConfig.Provider;
import dev.daypass.broker.webidentity.OpenIdProviders;
import dev.daypass.wire.Secret;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The providers that people can sign in with, as they are configured.
@Singleton
public final class Upstreams {
  private static final String NAME = "[A-Za-z0-9_-]{1,32}";
  private static final String ACCOUNT = "[0-9]{12}";

  private final List<Upstream> all;

  /// Fails, and so stops the start, where a provider is not configured as it must be.
  Upstreams(UpstreamConfig config) {
    all =
        config.providers().entrySet().stream()
            .map(entry -> read(entry.getKey(), entry.getValue()))
            .sorted(Comparator.comparing(Upstream::label))
            .toList();
  }

  /// By their labels.
  public List<Upstream> all() {
    return all;
  }

  /// Absent where none is called so.
  public Optional<Upstream> find(String name) {
    return all.stream().filter(upstream -> upstream.name().equals(name)).findFirst();
  }

  private static Upstream read(String name, Provider provider) {
    require(name, "its name has up to 32 letters, digits, _ and -", name.matches(NAME));
    require(name, "account has 12 digits", provider.account().matches(ACCOUNT));
    require(
        name,
        "issuer is an https URL, or an http URL of this computer",
        IssuerUrl.withoutScheme(provider.issuer()).isPresent()
            || OpenIdProviders.isOfThisComputer(provider.issuer()));
    require(
        name,
        "scopes has openid among it",
        List.of(provider.scopes().split(" ", -1)).contains("openid"));
    require(
        name,
        "client-secret and client-secret-file cannot both be there",
        provider.clientSecret().isEmpty() || provider.clientSecretFile().isEmpty());
    return new Upstream(
        name,
        provider.issuer(),
        provider.clientId(),
        secret(name, provider),
        provider.account(),
        provider.scopes(),
        provider.userClaim(),
        provider.label().orElse(name),
        provider.trustedAmr().map(Set::copyOf).orElse(Set.of()),
        provider.trustedAcr().map(Set::copyOf).orElse(Set.of()));
  }

  private static void require(String name, String rule, boolean kept) {
    if (!kept) {
      throw new IllegalArgumentException("daypass.upstream.%s: %s".formatted(name, rule));
    }
  }

  private static Optional<Secret> secret(String name, Provider provider) {
    return provider
        .clientSecretFile()
        .map(file -> read(name, file))
        .or(provider::clientSecret)
        .map(Secret::of);
  }

  private static String read(String name, Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException _) {
      throw new IllegalArgumentException(
          "daypass.upstream.%s: client-secret-file cannot be read".formatted(name));
    }
  }
}
