package dev.daypass.broker.proxies;

import dev.daypass.broker.access.Target;
import dev.daypass.broker.guards.GuardedService;
import dev.daypass.policy.MalformedPolicy;
import dev.daypass.policy.Policy;
import dev.daypass.policy.PolicyType;
import dev.daypass.wire.Arn;
import dev.daypass.wire.sigv4.HttpMessage;
import dev.daypass.wire.sigv4.RequestChecks;
import dev.daypass.wire.sigv4.SignedService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/// A service that stands behind a proxy.
///
/// @param action what each request does
/// @param resource to what, as a template
/// @param audiences of the bearer tokens that are taken
/// @param policy a resource-based one, beside the callers' own
/// @param clientAddressHeader in which header the proxy tells the client's address
public record ProxiedService(
    String name,
    Set<String> hosts,
    String account,
    String action,
    String resource,
    Optional<String> clientAddressHeader,
    Set<String> audiences,
    Optional<Policy> policy,
    SignedService seen,
    SignedService unseen) {
  private static final String ACTION = "[a-z0-9-]+:[A-Za-z0-9]+";
  private static final String LABEL = "[a-z0-9-]{1,64}";

  /// Fails, and the start with it, for settings that cannot be meant.
  static ProxiedService of(String name, ProxiedConfig.Proxied config) {
    boolean right =
        name.matches(LABEL)
            && !config.hosts().isEmpty()
            && config.account().matches("\\d{12}")
            && config.region().matches(LABEL)
            && config.signingName().matches(LABEL)
            && !GuardedService.isOurs(config.signingName())
            && config.action().matches(ACTION)
            && config.resource().startsWith("arn:")
            && (config.audiences().isEmpty() || config.policyFile().isPresent());
    if (!right) {
      throw new IllegalStateException(
          ("daypass.proxied.%s needs hosts, an account, a region, an action, the ARN of a resource,"
                  + " a signing name that is not the broker's own, and a policy file where it has"
                  + " audiences")
              .formatted(name));
    }
    Optional<String> region = Optional.of(config.region());
    return new ProxiedService(
        name,
        Set.copyOf(config.hosts()),
        config.account(),
        config.action(),
        config
            .resource()
            .replace("{name}", name)
            .replace("{account}", config.account())
            .replace("{region}", config.region()),
        config.clientAddressHeader(),
        config.audiences().map(Set::copyOf).orElse(Set.of()),
        config.policyFile().map(file -> policy(name, file)),
        new SignedService(config.signingName(), region, config.unsignedPayload(), true),
        new SignedService(config.signingName(), region, config.unsignedPayload(), false));
  }

  private static Policy policy(String name, Path file) {
    try {
      return Policy.parse(
          PolicyType.RESOURCE, "resource policy of " + name, Files.readString(file));
    } catch (IOException | MalformedPolicy e) {
      throw new IllegalStateException(
          "daypass.proxied.%s.policy-file %s is no resource-based policy".formatted(name, file), e);
    }
  }

  /// What the request touches. Fails for requests that can be read in more ways than one, and for
  /// those for another host.
  public Target target(HttpMessage message) {
    RequestChecks.check(message, hosts);
    String arn =
        resource.replace("{method}", message.method()).replace("{path}", message.decodedPath());
    String owner = Arn.parse(arn).account();
    return Target.of(arn, owner.isEmpty() ? account : owner);
  }
}
