package dev.daypass.cli;

import dev.daypass.client.Credentials;
import dev.daypass.client.SignIn;
import dev.daypass.client.Wanted;
import dev.daypass.client.sources.BrokerClock;
import dev.daypass.client.sources.BrokerConnection;
import dev.daypass.client.sources.QueryAnswer;
import dev.daypass.client.sources.QueryService;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// IAM, as whoever signed in calls it: with credentials of their own for a quarter of an hour,
/// which are not kept.
final class IdentityService {
  private static final Duration LIFETIME = Duration.ofMinutes(15);

  private final QueryService iam;
  private final Credentials own;

  /// Fails with [IOException] for a broker's address that cannot be.
  IdentityService(SignIn signIn, Clock clock) throws IOException {
    this.iam =
        new QueryService(
            BrokerConnection.to(signIn.server(), Optional.empty(), false, new BrokerClock(clock)),
            "iam",
            "2010-05-08");
    this.own =
        Here.broker(signIn)
            .open(
                signIn,
                new Wanted(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(LIFETIME),
                    Optional.empty(),
                    List.of(),
                    Map.of()),
                Optional.empty());
  }

  QueryAnswer call(String action, Map<String, String> parameters) {
    return iam.call(action, parameters, own);
  }
}
