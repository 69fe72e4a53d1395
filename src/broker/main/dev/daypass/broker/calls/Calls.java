package dev.daypass.broker.calls;

import dev.daypass.broker.access.AccessDenied;
import dev.daypass.broker.access.Authorizer;
import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Road;
import dev.daypass.broker.audit.Audit;
import dev.daypass.broker.audit.AuditEntry;
import dev.daypass.broker.changes.Writes;
import dev.daypass.broker.refusals.Refusals;
import dev.daypass.broker.sessions.AuthorizationMessages;
import dev.daypass.broker.uses.Uses;
import dev.daypass.policy.Principal;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.Request;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.function.Supplier;

/// The one road every call takes: find the action, prove the caller, read the request, ask the
/// policies, act, record, answer.
@Singleton
final class Calls implements Road {
  private final Catalogue catalogue;
  private final Signatures signatures;
  private final Authorizer authorizer;
  private final Writes writes;
  private final Audit audit;
  private final Uses uses;
  private final AuthorizationMessages messages;
  private final IssuedSessions sessions;
  private final CallTraces traces;

  Calls(
      Catalogue catalogue,
      Signatures signatures,
      Authorizer authorizer,
      Writes writes,
      Audit audit,
      Uses uses,
      AuthorizationMessages messages,
      IssuedSessions sessions,
      CallTraces traces) {
    this.catalogue = catalogue;
    this.signatures = signatures;
    this.authorizer = authorizer;
    this.writes = writes;
    this.audit = audit;
    this.uses = uses;
    this.messages = messages;
    this.sessions = sessions;
    this.traces = traces;
  }

  /// No answer leaves before its record is durable; where the record fails, so does the call.
  Uni<Answer> answer(Call call) {
    CallTrace trace = traces.begin(call);
    CallRecord record = new CallRecord(call.origin(), trace);
    return started(() -> road(call, record))
        .onFailure()
        .recoverWithUni(failure -> refused(failure, call, record))
        .invoke(answer -> answer.refusal().ifPresentOrElse(trace::refused, trace::end));
  }

  private Uni<Answer> refused(Throwable failure, Call call, CallRecord record) {
    Protocol protocol = call.protocol();
    Answer answer = explained(Answer.failure(protocol, failure, call.id()), failure);
    return audit
        .append(record.refused(protocol.words(), answer.refusal().orElseThrow()))
        .replaceWith(answer)
        .onFailure()
        .recoverWithItem(unrecorded -> Answer.failure(protocol, unrecorded, call.id()));
  }

  private Answer explained(Answer answer, Throwable failure) {
    return failure instanceof AccessDenied denied
        ? answer.explained(messages.encode(denied.account(), DecodedMessage.of(denied)))
        : answer;
  }

  private Uni<Answer> road(Call call, CallRecord record) {
    String name = call.protocol().action();
    record.named(name);
    Action<?, ?> action =
        call.protocol()
            .called()
            .flatMap(service -> catalogue.find(service, name))
            .orElseThrow(() -> call.protocol().unknown(name));
    record.of(action);
    return prove(action, call, record);
  }

  private <I extends Request<R>, R> Uni<Answer> prove(
      Action<I, R> action, Call call, CallRecord record) {
    return switch (action.proof()) {
      case Action.Proof.BySignature<I> _ ->
          signatures
              .verify(call, action.service())
              .invoke(record::by)
              .invoke(caller -> SessionLimits.check(action, caller))
              .chain(caller -> proven(action, caller, read(action, call, record), call, record));
      case Action.Proof.ByRequest<I>(var prover) -> {
        I request = read(action, call, record);
        yield proven(action, prover.apply(call.origin(), request), request, call, record);
      }
      case Action.Proof.ByCertificate<I>(var prover) -> {
        I request = read(action, call, record);
        yield proven(
            action, prover.prove(call.origin(), call.message(), request), request, call, record);
      }
    };
  }

  private <I extends Request<R>, R> Uni<Answer> proven(
      Action<I, R> action, Uni<Caller> proof, I request, Call call, CallRecord record) {
    return proof.invoke(record::by).chain(caller -> proven(action, caller, request, call, record));
  }

  private static <I extends Request<R>, R> I read(
      Action<I, R> action, Call call, CallRecord record) {
    I request = call.protocol().read(action.type());
    record.asking(request);
    return request;
  }

  private <I extends Request<R>, R> Uni<Answer> proven(
      Action<I, R> action, Caller caller, I request, Call call, CallRecord record) {
    noteUse(uses, caller, action.service().signingName());
    return permit(action, caller, request)
        .invoke(record::permitted)
        .chain(() -> act(action, caller, request, record))
        .invoke(record::recorded)
        .map(result -> Answer.success(call.protocol(), action, result, call.id()));
  }

  private <I extends Request<R>, R> Uni<Void> permit(
      Action<I, R> action, Caller caller, I request) {
    return switch (action.permission()) {
      case Action.Permission.Policies<I>(var target) ->
          target
              .apply(caller, request)
              .chain(touched -> authorizer.require(caller, action.policyName(), touched));
      case Action.Permission.Every<I>(var targets) ->
          targets
              .apply(caller, request)
              .chain(touched -> authorizer.requireEvery(caller, action.policyName(), touched));
      case Action.Permission.Nobody<I> _, Action.Permission.Handler<I> _ ->
          Uni.createFrom().voidItem();
    };
  }

  private <I extends Request<R>, R> Uni<R> act(
      Action<I, R> action, Caller caller, I request, CallRecord record) {
    return action.writes()
        ? write(action, caller, request, record)
        : action
            .handler()
            .apply(caller, request)
            .call(result -> audit.append(answered(caller, request, result, record)));
  }

  private AuditEntry answered(Caller caller, Object request, Object result, CallRecord record) {
    return sessions
        .of(caller, request, result)
        .map(session -> record.answered(result, session))
        .orElseGet(() -> record.answered(result));
  }

  /// What a write does and its record last together.
  private <I extends Request<R>, R> Uni<R> write(
      Action<I, R> action, Caller caller, I request, CallRecord record) {
    return writes.write(
        caller.account(),
        caller.origin().callId(),
        () ->
            action
                .handler()
                .apply(caller, request)
                .call(result -> audit.appendInTransaction(record.answered(result))));
  }

  @Override
  public <R> Uni<R> take(Caller caller, Request<R> request) {
    Action<Request<R>, R> action = action(request);
    CallTrace trace = traces.begin(caller.origin().callId());
    CallRecord record = CallRecord.of(action, caller, request, trace);
    return started(
            () -> {
              SessionLimits.check(action, caller);
              return permit(action, caller, request)
                  .invoke(record::permitted)
                  .chain(() -> act(action, caller, request, record));
            })
        .invoke(
            _ -> {
              record.recorded();
              trace.end();
            })
        .onFailure()
        .call(
            failure -> {
              ApiError refusal = Refusals.of(failure, caller.origin().callId());
              trace.refused(refusal);
              return audit.append(record.refused(action.service(), refusal));
            });
  }

  /// INVARIANT: the catalogue finds an action by the class of its request.
  @SuppressWarnings("unchecked")
  private <R> Action<Request<R>, R> action(Request<R> request) {
    return (Action<Request<R>, R>) catalogue.of(request);
  }

  static void noteUse(Uses uses, Caller caller, String service) {
    var use = new Uses.Use(caller.origin().time(), service, caller.origin().region());
    if (caller.session().isEmpty()) {
      caller.accessKeyId().ifPresent(key -> uses.note(key, use));
    } else if (caller.principal() instanceof Principal.AssumedRole role) {
      uses.note(role.roleId(), use);
    }
  }

  /// A refusal thrown before the first step is a refusal like any other.
  private static <T> Uni<T> started(Supplier<Uni<? extends T>> road) {
    return Uni.createFrom().deferred(road);
  }
}
