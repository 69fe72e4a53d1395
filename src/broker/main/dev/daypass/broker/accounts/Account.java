package dev.daypass.broker.accounts;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Origin;
import dev.daypass.policy.Principal;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;

/// What users, roles and policies are in: whoever is in another account needs to be let in.
///
/// @param id 12 digits
/// @param email whose it is; the first account of an installation has none
/// @param closedAt when it was closed, for good
public record Account(
    String id, String name, Optional<String> email, Instant createdAt, Optional<Instant> closedAt) {

  /// An account that is named by its number.
  public static Account unnamed(String id, Instant now) {
    return new Account(id, id, Optional.empty(), now, Optional.empty());
  }

  /// A number that an account can have.
  public static String randomId(SecureRandom random) {
    return "%012d".formatted(100_000_000_000L + random.nextLong(900_000_000_000L));
  }

  /// The installation itself, at work in the account.
  public Caller root(Origin origin) {
    return new Caller(
        new Principal.Root(id),
        id,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        origin,
        Optional.empty());
  }
}
