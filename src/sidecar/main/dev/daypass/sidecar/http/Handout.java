package dev.daypass.sidecar.http;

import dev.daypass.client.Credentials;
import dev.daypass.client.sources.BrokerClock;
import dev.daypass.sidecar.keeping.Keeper;
import dev.daypass.sidecar.keeping.Offer;
import dev.daypass.sidecar.telling.Metrics;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;

/// Hands out credentials as the metadata services of AWS show them, or says why not; both are
/// counted.
record Handout(BrokerClock clock, Metrics metrics) {
  private static final int FORBIDDEN = 403;
  private static final int UNAVAILABLE = 503;

  Reply denied(Denial denial) {
    metrics.denied(denial.name());
    return denial.reply();
  }

  /// The credentials of a role.
  ///
  /// @param patience how long first ones are waited for
  /// @param more what else the service says of them
  Reply of(Keeper keeper, Duration patience, Map<String, String> more) {
    try {
      return switch (keeper.offer(patience)) {
        case Offer.Good(var credentials, var stale) -> {
          metrics.served(keeper.role().name(), stale);
          yield Reply.json(shown(credentials, more));
        }
        case Offer.None(var code, var message) ->
            Reply.error(UNAVAILABLE, code, message).with("Retry-After", "1");
        case Offer.Refused(var code, var message) -> Reply.error(FORBIDDEN, code, message);
        case Offer.Revoked(var code, var message) -> Reply.error(FORBIDDEN, code, message);
      };
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Reply.error(UNAVAILABLE, "Stopping", "The sidecar is about to end.");
    }
  }

  /// They expire when the clock of this computer, by which the SDK will judge, shows the time that
  /// the broker means.
  private Map<String, String> shown(Credentials credentials, Map<String, String> more) {
    Map<String, String> shown = new TreeMap<>(more);
    shown.put("AccessKeyId", credentials.accessKeyId());
    shown.put("SecretAccessKey", credentials.secretAccessKey().revealText());
    shown.put("Token", credentials.sessionToken().revealText());
    shown.put(
        "Expiration",
        clock.own(credentials.expiration()).truncatedTo(ChronoUnit.SECONDS).toString());
    return shown;
  }
}
