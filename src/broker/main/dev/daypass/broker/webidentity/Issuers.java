package dev.daypass.broker.webidentity;

import dev.daypass.broker.oidcproviders.IssuerUrl;
import dev.daypass.policy.AddressRange;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What is known about issuers: what the operator says, and which claims AWS makes keys of.
@Singleton
final class Issuers {
  /// Claims of well-known issuers that AWS publishes as condition keys.
  private static final Map<String, List<String>> PUBLISHED =
      Map.of(
          "https://token.actions.githubusercontent.com",
          List.of(
              "actor",
              "actor_id",
              "enterprise",
              "enterprise_id",
              "environment",
              "job_workflow_ref",
              "ref",
              "repository",
              "repository_id",
              "repository_owner",
              "repository_owner_id",
              "repository_visibility",
              "runner_environment",
              "workflow"),
          "https://gitlab.com",
          List.of(
              "environment",
              "namespace_id",
              "namespace_path",
              "pipeline_source",
              "project_id",
              "project_path",
              "ref",
              "ref_path",
              "ref_protected",
              "ref_type",
              "user_login"));

  private final Map<String, WebIdentityConfig.Issuer> configured;
  private final Map<String, List<AddressRange>> networks;

  /// Fails, and so stops the start, where an issuer is none or named twice, a network is none, or
  /// certificate authorities cannot be read.
  Issuers(WebIdentityConfig config) {
    config.issuers().values().forEach(Issuers::check);
    this.configured =
        config.issuers().values().stream()
            .collect(
                Collectors.toUnmodifiableMap(WebIdentityConfig.Issuer::url, Function.identity()));
    this.networks =
        configured.values().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    WebIdentityConfig.Issuer::url,
                    issuer ->
                        issuer.networks().orElse(List.of()).stream()
                            .map(AddressRange::parse)
                            .toList()));
  }

  private static void check(WebIdentityConfig.Issuer issuer) {
    if (IssuerUrl.withoutScheme(issuer.url()).isEmpty()) {
      throw new IllegalArgumentException(issuer.url() + " is not the URL of an issuer");
    }
    issuer
        .caFile()
        .filter(file -> !Files.isReadable(file))
        .ifPresent(
            file -> {
              throw new IllegalArgumentException(file + " cannot be read");
            });
  }

  Optional<WebIdentityConfig.Issuer> find(String issuer) {
    return Optional.ofNullable(configured.get(issuer));
  }

  /// The networks that are not public and in which the issuer may be.
  List<AddressRange> networks(String issuer) {
    return networks.getOrDefault(issuer, List.of());
  }

  /// The claims that conditions can look at.
  List<String> claims(String issuer) {
    return find(issuer)
        .flatMap(WebIdentityConfig.Issuer::claims)
        .orElseGet(() -> PUBLISHED.getOrDefault(issuer, List.of()));
  }
}
