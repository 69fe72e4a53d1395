package dev.daypass.broker.calls;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Origin;
import dev.daypass.broker.access.Target;
import dev.daypass.wire.Request;
import dev.daypass.wire.Service;
import dev.daypass.wire.sigv4.HttpMessage;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.function.BiFunction;

/// A row of the catalogue: what may be called, what it touches, who must allow it, and who does it.
record Action<I extends Request<R>, R>(
    Service service,
    Class<I> type,
    boolean writes,
    Proof<I> proof,
    Permission<I> permission,
    BiFunction<Caller, I, Uni<R>> handler) {

  /// An action whose calls are signed.
  Action(
      Service service,
      Class<I> type,
      boolean writes,
      Permission<I> permission,
      BiFunction<Caller, I, Uni<R>> handler) {
    this(service, type, writes, new Proof.BySignature<>(), permission, handler);
  }

  /// What proves who calls.
  sealed interface Proof<I> {
    /// The signature over the call.
    record BySignature<I>() implements Proof<I> {}

    /// The request itself, which holds a token of someone the called trusts. A signature on such a
    /// call is not looked at.
    record ByRequest<I>(BiFunction<Origin, I, Uni<Caller>> prover) implements Proof<I> {}

    /// A certificate that comes with the call, whose key signed it.
    record ByCertificate<I>(Prover<I> prover) implements Proof<I> {}

    /// Proves who calls by the whole of a call.
    interface Prover<I> {
      Uni<Caller> prove(Origin origin, HttpMessage message, I request);
    }
  }

  /// Who must allow a call.
  sealed interface Permission<I> {
    /// The caller's policies, for what the call touches.
    record Policies<I>(BiFunction<Caller, I, Uni<Target>> target) implements Permission<I> {}

    /// The same, where a call touches several things and each must be allowed.
    record Every<I>(BiFunction<Caller, I, Uni<List<Target>>> targets) implements Permission<I> {}

    /// Nobody: whoever is proven may.
    record Nobody<I>() implements Permission<I> {}

    /// The handler itself asks, because it is not a question about the caller's policies alone.
    record Handler<I>() implements Permission<I> {}
  }

  /// An action of IAM that changes nothing.
  static <I extends Request<R>, R> Action<I, R> read(
      Class<I> type,
      BiFunction<Caller, I, Uni<Target>> target,
      BiFunction<Caller, I, Uni<R>> handler) {
    return new Action<>(Service.IAM, type, false, new Permission.Policies<>(target), handler);
  }

  /// An action of IAM that changes something, in a transaction.
  static <I extends Request<R>, R> Action<I, R> write(
      Class<I> type,
      BiFunction<Caller, I, Uni<Target>> target,
      BiFunction<Caller, I, Uni<R>> handler) {
    return new Action<>(Service.IAM, type, true, new Permission.Policies<>(target), handler);
  }

  String name() {
    return type.getSimpleName();
  }

  /// As policies name it.
  String policyName() {
    return service.permission(name());
  }
}
