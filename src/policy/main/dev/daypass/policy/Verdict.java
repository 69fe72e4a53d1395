package dev.daypass.policy;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a set of policies says to one question: the first statement that denies, or those that
/// allow.
final class Verdict {
  /// Of policies that there are not.
  static final Verdict SILENT = new Verdict();

  private @Nullable StatementId denied;
  private @Nullable StatementId alone;
  private @Nullable StatementId viaParent;
  private @Nullable StatementId account;

  /// Whether nothing that follows can change what it says.
  boolean settled() {
    return denied != null;
  }

  /// Takes one more statement in.
  void hear(Statement statement, Question question) {
    if (statement.effect() == Effect.ALLOW && alone != null) {
      return;
    }
    PrincipalMatch match = statement.match(question);
    if (match == PrincipalMatch.NONE) {
      return;
    }
    if (statement.effect() == Effect.DENY) {
      denied = statement.id();
      return;
    }
    switch (match) {
      case ANY, DIRECT -> alone = statement.id();
      case VIA_PARENT -> viaParent = viaParent == null ? statement.id() : viaParent;
      case ACCOUNT -> account = account == null ? statement.id() : account;
      case NONE -> throw new AssertionError(match);
    }
  }

  Optional<StatementId> denied() {
    return Optional.ofNullable(denied);
  }

  boolean allows() {
    return alone != null || viaParent != null || account != null;
  }

  /// A statement that allows the principal, meant at least this closely.
  Optional<StatementId> allowed(PrincipalMatch atLeast) {
    if (alone != null) {
      return Optional.of(alone);
    }
    if (viaParent != null && atLeast.compareTo(PrincipalMatch.VIA_PARENT) <= 0) {
      return Optional.of(viaParent);
    }
    return atLeast.compareTo(PrincipalMatch.ACCOUNT) <= 0
        ? Optional.ofNullable(account)
        : Optional.empty();
  }
}
