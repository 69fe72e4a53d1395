package dev.daypass.policy;

import dev.daypass.policy.Context.Value;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An [Access] made ready to be matched against many statements.
final class Question {
  private final Access access;
  private final String action;
  private final ArnFields resource;
  private final boolean bounded;

  /// @param bounded whether the principal has a permissions boundary
  Question(Access access, boolean bounded) {
    this.access = access;
    this.bounded = bounded;
    this.action = access.action().toLowerCase(Locale.ROOT);
    this.resource = ArnFields.of(access.resource());
  }

  Access access() {
    return access;
  }

  boolean bounded() {
    return bounded;
  }

  /// In lower case.
  String action() {
    return action;
  }

  ArnFields resource() {
    return resource;
  }

  /// What a condition key holds. What the principal is, is not for the context to say.
  ///
  /// @param key in lower case
  @Nullable Value find(String key) {
    Value own = PrincipalKeys.find(access.principal(), key);
    if (own != null) {
      return own;
    }
    return PrincipalKeys.isOwn(access.principal(), key) ? null : access.context().get(key);
  }

  /// The value of a single-valued key.
  ///
  /// @param key in lower case
  Optional<String> single(String key) {
    return find(key) instanceof Value.Single(var value) ? Optional.of(value) : Optional.empty();
  }
}
