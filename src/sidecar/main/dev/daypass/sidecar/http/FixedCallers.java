package dev.daypass.sidecar.http;

import dev.daypass.sidecar.keeping.Keeper;
import dev.daypass.wire.Secret;
import java.util.List;

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
  public Found of(Secret token) {
    Found found = new Found.Nothing();
    for (Caller caller : all) {
      if (caller.token().is(token)) {
        found = new Found.Opens(caller.keeper());
      }
    }
    return found;
  }
}
