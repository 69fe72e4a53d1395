package dev.daypass.sidecar;

import dev.daypass.sidecar.SidecarConfig.From;
import dev.daypass.sidecar.keeping.RefreshPolicy;
import dev.daypass.wire.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// What is not said is taken from the environment, by the names that the AWS SDKs know.
///
/// @param environment such as `System.getenv()`
/// @param signedInAt the broker of the sign-in there is
public record SidecarDefaults(Map<String, String> environment, Optional<URI> signedInAt) {
  public static final Duration LIFETIME = RefreshPolicy.USUAL_LIFETIME;
  private static final int LONGEST_SESSION_NAME = 64;

  /// `DAYPASS_SERVER`, else `AWS_ENDPOINT_URL_STS`, else that of the sign-in. Fails with
  /// [InvalidConfig] for what is no address.
  public Optional<URI> server() {
    return find("DAYPASS_SERVER")
        .or(() -> find("AWS_ENDPOINT_URL_STS"))
        .map(SidecarDefaults::url)
        .or(() -> signedInAt);
  }

  /// An address; fails with [InvalidConfig] for what is none.
  static URI url(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException _) {
      throw new InvalidConfig("`%s` is no address".formatted(text));
    }
  }

  /// `AWS_ROLE_ARN`.
  public Optional<String> role() {
    return find("AWS_ROLE_ARN");
  }

  private Optional<String> find(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  /// `AWS_ROLE_SESSION_NAME`, else after the host.
  public String sessionName() {
    return find("AWS_ROLE_SESSION_NAME")
        .orElseGet(() -> clean("daypass-" + find("HOSTNAME").orElse("sidecar")));
  }

  private static String clean(String text) {
    String allowed = text.replaceAll("[^\\w+=,.@-]", "-");
    return allowed.substring(0, Math.min(allowed.length(), LONGEST_SESSION_NAME));
  }

  /// A token of the platform's, an access key, or the sign-in of whoever is here.
  public From from() {
    return find("AWS_WEB_IDENTITY_TOKEN_FILE")
        .<From>map(file -> new From.WebIdentity(Path.of(file)))
        .or(this::key)
        .orElseGet(From.SignIn::new);
  }

  private Optional<From> key() {
    Optional<String> secret = find("AWS_SECRET_ACCESS_KEY");
    return find("AWS_ACCESS_KEY_ID")
        .filter(_ -> secret.isPresent() && find("AWS_SESSION_TOKEN").isEmpty())
        .map(id -> new From.Key(id, Secret.of(secret.orElseThrow())));
  }

  /// What a role is called: the last part of its ARN.
  public static String name(String roleArn) {
    return roleArn.substring(roleArn.lastIndexOf('/') + 1);
  }
}
