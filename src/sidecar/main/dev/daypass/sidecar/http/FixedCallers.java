package dev.daypass.sidecar.http;

import dev.daypass.sidecar.keeping.Keeper;
import dev.daypass.wire.Secret;
import java.util.List;
import java.util.Optional;

/// Callers with tokens in files: each opens one role.
///
/// @param all every one of them is compared with, so that the time tells nothing
public record FixedCallers(List<Caller> all) implements Callers {
  public FixedCallers {
    all = List.copyOf(all);
  }

  /// One of them.
  public record Caller(CallerToken token, Keeper keeper) {}

  @Override
  public Optional<Keeper> of(Secret token) {
    Optional<Keeper> found = Optional.empty();
    for (Caller caller : all) {
      if (caller.token().is(token)) {
        found = Optional.of(caller.keeper());
      }
    }
    return found;
  }
}
