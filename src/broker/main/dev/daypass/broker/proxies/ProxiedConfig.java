package dev.daypass.broker.proxies;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The services that stand behind a proxy, by a name each.
@ConfigMapping(prefix = "daypass")
public interface ProxiedConfig {
  Map<String, Proxied> proxied();

  /// One of them.
  interface Proxied {
    /// What the `Host` header of its requests may say. A request that was signed for another host
    /// is not replayed here.
    Set<String> hosts();

    /// Whose the service is.
    String account();

    /// For which region its requests are signed.
    String region();

    /// For which service its requests are signed.
    @WithDefault("execute-api")
    String signingName();

    /// What each request does, as policies name it.
    @WithDefault("execute-api:Invoke")
    String action();

    /// To what, with `{name}`, `{account}`, `{region}`, `{method}` and `{path}` in their places.
    /// The path begins with a slash.
    @WithDefault("arn:aws:execute-api:{region}:{account}:{name}/live/{method}{path}")
    String resource();

    /// In which header the proxy tells the client's address, such as `X-Real-IP`, beside
    /// `X-Forwarded-Proto`; it must set both itself. Without it, requests have no `aws:SourceIp`,
    /// and count as not encrypted.
    Optional<String> clientAddressHeader();

    /// For which audiences bearer tokens of the account's issuer are taken; none, where it is left
    /// out.
    Optional<Set<String>> audiences();

    /// A file with a resource-based policy, which has a say beside the callers' own. Whoever brings
    /// a bearer token has nothing but what it gives them.
    Optional<Path> policyFile();

    /// Whether signatures may leave out the body, `UNSIGNED-PAYLOAD`.
    @WithDefault("false")
    boolean unsignedPayload();
  }
}
