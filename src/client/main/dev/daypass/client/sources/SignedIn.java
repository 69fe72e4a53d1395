package dev.daypass.client.sources;

import dev.daypass.client.Broker;
import dev.daypass.client.BrokerRefused;
import dev.daypass.client.BrokerUnreachable;
import dev.daypass.client.SignIn;
import dev.daypass.client.Wanted;
import dev.daypass.client.store.StoreUnavailable;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;

/// What a person signed in to. It ends with the sign-in, when the broker says so, since the clock
/// here may be wrong; whoever signs in again goes on.
///
/// @param server the broker; a sign-in at another does not count here
/// @param signIn the sign-in as it is now
/// @param clock hears from the broker what time it is
public record SignedIn(
    URI server, Supplier<Optional<SignIn>> signIn, RoleRequest role, BrokerClock clock)
    implements Source {
  private static final String ENDED = "ExpiredToken";

  @Override
  public Fetched fetch() {
    try {
      return open();
    } catch (StoreUnavailable e) {
      return new Fetched.Away("StoreUnavailable", String.valueOf(e.getMessage()));
    }
  }

  private Fetched open() {
    Optional<SignIn> now = signIn.get().filter(is -> is.server().equals(server));
    if (now.isEmpty()) {
      return notSignedIn();
    }
    try {
      return new Fetched.Fresh(
          new Broker(server, clock::heard).open(now.get(), wanted(), Optional.empty()));
    } catch (BrokerUnreachable away) {
      return new Fetched.Away("NoAnswer", String.valueOf(away.getMessage()));
    } catch (BrokerRefused refused) {
      return refused.code().equals(ENDED)
          ? notSignedIn()
          : Refusal.of(
              refused.status(),
              refused.code(),
              String.valueOf(refused.getMessage()),
              Optional.empty());
    }
  }

  private Fetched notSignedIn() {
    return new Fetched.Refused(
        ENDED,
        "You are not signed in at %s. Run: daypass login --server %s".formatted(server, server));
  }

  private Wanted wanted() {
    return new Wanted(
        Optional.of(role.roleArn()),
        Optional.of(role.sessionName()),
        Optional.of(role.duration()),
        role.policy(),
        role.policyArns(),
        role.tags());
  }
}
