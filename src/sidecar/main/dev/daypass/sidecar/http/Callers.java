package dev.daypass.sidecar.http;

import dev.daypass.sidecar.keeping.Keeper;
import dev.daypass.wire.Secret;
import java.util.Optional;

/// Whose token is whose.
public interface Callers {
  /// The role that a token opens. There is no role for who shows none.
  Optional<Keeper> of(Secret token);
}
