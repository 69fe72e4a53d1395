package dev.daypass.broker.calls;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Target;
import dev.daypass.wire.Request;
import dev.daypass.wire.Service;
import io.smallrye.mutiny.Uni;
import java.util.function.BiFunction;

/// A row of the catalogue: what may be called, what it touches, who must allow it, and who does it.
record Action<I extends Request<R>, R>(
    Service service,
    Class<I> type,
    boolean writes,
    Permission<I> permission,
    BiFunction<Caller, I, Uni<R>> handler) {

  /// Who must allow a call.
  sealed interface Permission<I> {
    /// The caller's policies, for what the call touches.
    record Policies<I>(BiFunction<Caller, I, Uni<Target>> target) implements Permission<I> {}

    /// Nobody: whoever is proven may.
    record Nobody<I>() implements Permission<I> {}

    /// The handler itself asks, because it is not a question about the caller's policies alone.
    record Handler<I>() implements Permission<I> {}
  }

  String name() {
    return type.getSimpleName();
  }

  /// As policies name it.
  String policyName() {
    return service.permission(name());
  }
}
