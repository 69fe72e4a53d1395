package dev.daypass.broker.access;

import dev.daypass.wire.Request;
import io.smallrye.mutiny.Uni;

/// The one road every call takes, for a caller who was proven and a request that was read
/// elsewhere: the same actions, the same questions to the policies, the same records.
public interface Road {
  /// Fails as the call is refused.
  <R> Uni<R> take(Caller caller, Request<R> request);
}
