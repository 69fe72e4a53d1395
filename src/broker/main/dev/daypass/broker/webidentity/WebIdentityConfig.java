package dev.daypass.broker.webidentity;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What an operator says about issuers of tokens. An issuer that is not named here is reached over
/// the internet, and proven by the certificate authorities that the JDK trusts.
@ConfigMapping(prefix = "daypass.web-identity")
public interface WebIdentityConfig {
  /// By any name: `daypass.web-identity.issuers.cluster.url=https://…`.
  Map<String, Issuer> issuers();

  /// One issuer.
  interface Issuer {
    /// The issuer, exactly as in its tokens' `iss`.
    String url();

    /// The certificate authorities of the issuer, in PEM, in place of the JDK's.
    Optional<Path> caFile();

    /// The issuer's keys (RFC 7517) in a file, which is read again as keys would be fetched again:
    /// nothing is fetched.
    Optional<Path> jwksFile();

    /// The issuer's keys themselves: nothing is fetched.
    Optional<String> jwks();

    /// Networks, such as `10.0.0.0/8`, in which the issuer may be although they are not public.
    Optional<List<String>> networks();

    /// Claims that conditions can look at as `<issuer>:<claim>`, beside `sub`, `aud`, `amr` and
    /// `azp`. A claim within a claim is named by both, with a slash between:
    /// `kubernetes.io/namespace`.
    Optional<List<String>> claims();
  }
}
