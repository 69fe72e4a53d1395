package dev.daypass.sidecar.http;

import dev.daypass.client.Credentials;
import dev.daypass.client.sources.BrokerClock;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/// Credentials as the metadata services of AWS show them.
final class Served {
  private Served() {}

  /// They expire when the clock of this computer, by which the SDK will judge, shows the time that
  /// the broker means.
  static Map<String, String> credentials(Credentials credentials, BrokerClock clock) {
    return Map.of(
        "AccessKeyId", credentials.accessKeyId(),
        "SecretAccessKey", credentials.secretAccessKey().revealText(),
        "Token", credentials.sessionToken().revealText(),
        "Expiration",
            clock.own(credentials.expiration()).truncatedTo(ChronoUnit.SECONDS).toString());
  }
}
