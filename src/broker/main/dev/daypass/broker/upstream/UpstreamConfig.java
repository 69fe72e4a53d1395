package dev.daypass.broker.upstream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The providers that people can sign in with.
@ConfigMapping(prefix = "daypass.upstream")
public interface UpstreamConfig {
  /// By a name that links say, too: `daypass.upstream.keycloak.issuer=https://…`.
  @WithParentName
  Map<String, Provider> providers();

  /// One provider. Its certificate authorities and networks are those of
  /// `daypass.web-identity.issuers`.
  interface Provider {
    /// The issuer, exactly as in its tokens' `iss`; `https`, or `http` on this computer for
    /// development.
    String issuer();

    /// What the provider calls this installation.
    String clientId();

    /// What proves this installation to the provider; a client without one is public.
    Optional<String> clientSecret();

    /// The same, in a file.
    Optional<Path> clientSecretFile();

    /// The account that people sign in to with it: 12 digits.
    String account();

    /// What is asked for, separated by spaces.
    @WithDefault("openid")
    String scopes();

    /// The claim by which users are linked. Of `email` only a verified one counts.
    @WithDefault("sub")
    String userClaim();

    /// What the button says; the provider's name where it is absent.
    Optional<String> label();

    /// Values of `amr` that count as a second factor.
    Optional<List<String>> trustedAmr();

    /// Values of `acr` that count as a second factor.
    Optional<List<String>> trustedAcr();
  }
}
