package dev.daypass.broker.apply;

import dev.daypass.broker.access.Caller;
import dev.daypass.wire.Request;
import io.smallrye.mutiny.Uni;

/// How requests are done, one after the other, in the transaction that the stream is in.
public interface Road {
  /// The road for this caller's requests.
  Uni<Steps> of(Caller caller);

  /// Records, outside of any transaction, that a request was refused.
  Uni<Void> refused(Caller caller, Request<?> request, Throwable failure);

  /// Does a request as if it had come by itself: the caller's policies are asked, the handler acts,
  /// the audit trail tells. Gives the handler's result.
  interface Steps {
    Uni<Object> take(Request<?> request);
  }
}
