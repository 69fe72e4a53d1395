package dev.daypass.broker.livesessions;

import dev.daypass.broker.database.Page;
import java.time.Instant;
import java.util.Optional;

/// Which sessions are asked for: one condition that an index answers, and what narrows it.
///
/// @param by what the sessions have in common
/// @param value which one
/// @param account the account they must be of; any, where what they have in common is one's own
/// @param sourceIdentity the one they must have
/// @param descendantsOf the session that they came of, or are
/// @param at the moment at which they must not have expired
record SessionQuery(
    By by,
    String value,
    Optional<String> account,
    Optional<String> sourceIdentity,
    Optional<String> descendantsOf,
    Instant at,
    Page.Wanted page) {
  static SessionQuery of(By by, String value, Instant at, Page.Wanted page) {
    return new SessionQuery(
        by, value, Optional.empty(), Optional.empty(), Optional.empty(), at, page);
  }

  /// The same, of one account alone.
  SessionQuery in(String only) {
    return new SessionQuery(by, value, Optional.of(only), sourceIdentity, descendantsOf, at, page);
  }

  /// The same, with a source identity.
  SessionQuery with(Optional<String> identity) {
    return new SessionQuery(by, value, account, identity, descendantsOf, at, page);
  }

  /// The same, that came of a session.
  SessionQuery descendantsOf(Optional<String> session) {
    return new SessionQuery(by, value, account, sourceIdentity, session, at, page);
  }

  enum By {
    ID("session_id"),
    ACCOUNT("account_id"),
    PRINCIPAL("principal_id"),
    ORIGIN("origin");

    private final String column;

    By(String column) {
      this.column = column;
    }

    String column() {
      return column;
    }
  }
}
