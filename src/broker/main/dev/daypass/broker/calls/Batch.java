package dev.daypass.broker.calls;

import dev.daypass.broker.access.Authorizer;
import dev.daypass.broker.access.Caller;
import dev.daypass.broker.apply.Road;
import dev.daypass.broker.audit.Audit;
import dev.daypass.broker.database.Database;
import dev.daypass.broker.refusals.Refusals;
import dev.daypass.policy.Policies;
import dev.daypass.policy.Principal;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.Request;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/// The road for requests that nobody sent one by one: the same actions of the same catalogue, the
/// same questions to the policies, the same records.
@Singleton
final class Batch implements Road {
  private final Catalogue catalogue;
  private final Authorizer authorizer;
  private final Database database;
  private final Audit audit;
  private final CallTraces traces;

  Batch(
      Catalogue catalogue,
      Authorizer authorizer,
      Database database,
      Audit audit,
      CallTraces traces) {
    this.catalogue = catalogue;
    this.authorizer = authorizer;
    this.database = database;
    this.audit = audit;
    this.traces = traces;
  }

  /// The caller's own side is gathered once, as it was before the first step.
  @Override
  public Uni<Steps> of(Caller caller) {
    return authorizer
        .policiesOf(caller)
        .map(policies -> request -> take(caller, policies, request));
  }

  private Uni<Object> take(Caller caller, Policies policies, Request<?> request) {
    return step(catalogue.of(request), caller, policies, request);
  }

  private <I extends Request<R>, R> Uni<Object> step(
      Action<I, R> action, Caller caller, Policies policies, Request<?> request) {
    SessionLimits.check(action, caller);
    I input = action.type().cast(request);
    CallTrace trace = traces.begin(caller.origin().callId());
    CallRecord record = CallRecord.of(action, caller, request, trace);
    return permit(action, caller, policies, input)
        .invoke(record::permitted)
        .chain(() -> action.handler().apply(caller, input))
        .call(result -> audit.appendInTransaction(record.answered(result)))
        .call(database::forget)
        .invoke(_ -> trace.end())
        .map(result -> result);
  }

  /// The installation itself, on its first start, asks nobody.
  private static <I extends Request<R>, R> Uni<Void> permit(
      Action<I, R> action, Caller caller, Policies policies, I request) {
    if (caller.principal() instanceof Principal.Root && caller.session().isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return switch (action.permission()) {
      case Action.Permission.Policies<I>(var target) ->
          target
              .apply(caller, request)
              .invoke(touched -> Authorizer.require(policies, caller, action.policyName(), touched))
              .replaceWithVoid();
      case Action.Permission.Every<I>(var targets) ->
          targets
              .apply(caller, request)
              .invoke(
                  touched ->
                      touched.forEach(
                          each -> Authorizer.require(policies, caller, action.policyName(), each)))
              .replaceWithVoid();
      case Action.Permission.Nobody<I> _, Action.Permission.Handler<I> _ ->
          Uni.createFrom().voidItem();
    };
  }

  @Override
  public Uni<Void> refused(Caller caller, Request<?> request, Throwable failure) {
    Action<?, ?> action = catalogue.of(request);
    String callId = caller.origin().callId();
    CallTrace trace = traces.begin(callId);
    CallRecord record = CallRecord.of(action, caller, request, trace);
    ApiError refusal = Refusals.of(failure, callId);
    trace.refused(refusal);
    return audit.append(record.refused(action.service(), refusal));
  }
}
