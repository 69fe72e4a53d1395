package dev.daypass.broker.access;

import static dev.daypass.wire.ErrorCode.VALIDATION_ERROR;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a session came of, oldest first: an access key, a sign-in or an identity provider, and then
/// the sessions on the way. Whatever of it is ended ends the session too, whenever it began.
///
/// AWS bounds each session of a chain to an hour and the chain not at all. Here a chain has ten
/// roles at most, so that a token stays small and no chain goes on for ever.
///
/// @param ancestors without the session itself
/// @param keys the marks of the broker's keys that vouch for the session itself; none while it is
///   being made
public record Lineage(List<Link> ancestors, List<String> keys) {
  /// How many roles may be assumed one from another.
  public static final int MOST_ROLES = 10;

  private static final String ROLE = "AROA";

  /// One of the credentials on the way.
  ///
  /// @param id the access key's id, the sign-in's, or the ARN of the identity provider or of a
  ///   certificate's subject
  /// @param principalId the unique id of whose they are; the ARN of the provider or trust anchor
  /// @param issuedAt when they were issued; for access keys and providers, when they were used
  /// @param keys the marks of the broker's keys that vouched for them
  public record Link(String id, String principalId, Instant issuedAt, List<String> keys) {
    public Link {
      keys = List.copyOf(keys);
    }

    /// The user whose sign-in this is, where it is one.
    public Optional<String> signInOf() {
      return id.startsWith(principalId + ".") ? Optional.of(principalId) : Optional.empty();
    }
  }

  public Lineage {
    ancestors = List.copyOf(ancestors);
    keys = List.copyOf(keys);
  }

  /// What a session that the caller begins now comes of; `ValidationError` where that is too much.
  public static Lineage of(Caller caller) {
    List<Link> links =
        caller.session().map(Session::links).orElseGet(() -> List.of(origin(caller)));
    if (links.stream().filter(link -> link.principalId().startsWith(ROLE)).count() >= MOST_ROLES) {
      throw VALIDATION_ERROR.error(
          "No more than %d roles can be assumed one from another.".formatted(MOST_ROLES));
    }
    return new Lineage(links, List.of());
  }

  private static Link origin(Caller caller) {
    Instant now = Instant.ofEpochSecond(caller.origin().time().getEpochSecond());
    return caller
        .webIdentity()
        .map(WebIdentity::federation)
        .map(from -> new Link(from.credentialId(), from.provider(), now, List.of()))
        .orElseGet(
            () -> new Link(caller.accessKeyId().orElseThrow(), caller.userId(), now, List.of()));
  }

  /// All of it, ending with the session.
  List<Link> and(Session session) {
    List<Link> all = new ArrayList<>(ancestors);
    all.add(new Link(session.accessKeyId(), session.principalId(), session.issuedAt(), keys));
    return all;
  }
}
