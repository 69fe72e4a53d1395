package dev.daypass.broker.servicecredentials;

import static dev.daypass.wire.ErrorCode.NOT_SUPPORTED_SERVICE;

import dev.daypass.wire.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/// The services that AWS has credentials of their own for: some take a name and a password, some an
/// API key, whose first letters tell what it is for.
///
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_service-specific-creds.html">Service-specific
///   credentials</a>
enum Service {
  CODECOMMIT("codecommit.amazonaws.com"),
  KEYSPACES("cassandra.amazonaws.com"),
  BEDROCK("bedrock.amazonaws.com", "ABSK"),
  CLOUDWATCH("cloudwatch.amazonaws.com", "APIAACWM"),
  CLOUDWATCH_LOGS("logs.amazonaws.com", "ACWL"),
  CLAUDE_PLATFORM("aws-external-anthropic.amazonaws.com", "AEAA");

  private final String wireName;
  private final Optional<String> keyPrefix;

  Service(String wireName) {
    this.wireName = wireName;
    this.keyPrefix = Optional.empty();
  }

  Service(String wireName, String keyPrefix) {
    this.wireName = wireName;
    this.keyPrefix = Optional.of(keyPrefix);
  }

  /// The service of this name, whatever its case; `NotSupportedService` for every other.
  static Service named(String name) {
    return Arrays.stream(values())
        .filter(service -> service.wireName.equals(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                NOT_SUPPORTED_SERVICE.error(
                    "No such service %s is supported for Service Specific Credentials"
                        .formatted(name)));
  }

  String wireName() {
    return wireName;
  }

  boolean takesKeys() {
    return keyPrefix.isPresent();
  }

  /// What the holder of `login` and `password` shows: the password, or both in one API key.
  Secret shown(String login, Secret password) {
    return keyPrefix.map(prefix -> key(prefix, login, password)).orElse(password);
  }

  private static Secret key(String prefix, String login, Secret password) {
    byte[] both = (login + ":" + password.revealText()).getBytes(StandardCharsets.UTF_8);
    return Secret.of(prefix + Base64.getEncoder().encodeToString(both));
  }
}
