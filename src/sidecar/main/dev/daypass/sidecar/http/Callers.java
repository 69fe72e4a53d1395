package dev.daypass.sidecar.http;

import dev.daypass.sidecar.keeping.Keeper;
import dev.daypass.wire.Secret;

/// Whose token is whose.
public interface Callers {
  /// What a token opens.
  Found of(Secret token);

  /// What came of looking.
  sealed interface Found {
    record Opens(Keeper keeper) implements Found {}

    /// There is no role for who shows none of the tokens.
    record Nothing() implements Found {}

    /// Whoever shows it may be who it says, and there is no role for them.
    record NoRole() implements Found {}

    /// It may be one, and too many that may be have come at once.
    record TooMany() implements Found {}
  }

  /// These, and others where a token is none of theirs.
  default Callers or(Callers others) {
    return token -> of(token) instanceof Found.Opens opens ? opens : others.of(token);
  }
}
