package dev.daypass.broker.calls;

import static dev.daypass.broker.calls.CallTrace.Step.ACTED;
import static dev.daypass.broker.calls.CallTrace.Step.PERMITTED;
import static dev.daypass.broker.calls.CallTrace.Step.PROVEN;
import static dev.daypass.broker.calls.CallTrace.Step.RECORDED;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.IssuedSession;
import dev.daypass.broker.access.Origin;
import dev.daypass.broker.audit.AuditEntry;
import dev.daypass.broker.audit.CloudTrail;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.Request;
import dev.daypass.wire.Service;

/// The audit record of a call, which grows along the road: what is known when the call ends is
/// told.
final class CallRecord {
  private static final String API_CALL = "AwsApiCall";

  private final CloudTrail trail;
  private final CallTrace trace;
  private String name = "Unknown";
  private boolean writes;

  CallRecord(Origin origin, CallTrace trace) {
    this.trail = new CloudTrail(origin);
    this.trace = trace;
  }

  /// The record of a request that was read elsewhere.
  static CallRecord of(Action<?, ?> action, Caller caller, Request<?> request, CallTrace trace) {
    CallRecord record = new CallRecord(caller.origin(), trace);
    record.named(action.name());
    record.of(action);
    record.by(caller);
    record.asking(request);
    return record;
  }

  void named(String action) {
    name = action;
  }

  void of(Action<?, ?> action) {
    writes = action.writes();
    trace.of(action);
    trail.event(action.service().eventSource(), action.name(), API_CALL).readOnly(!writes);
  }

  void by(Caller caller) {
    trail.by(caller);
    trace.reached(PROVEN);
  }

  void permitted() {
    trace.reached(PERMITTED);
  }

  void asking(Object request) {
    trail.parameters(Shown.of((Record) request));
  }

  /// The call was done.
  AuditEntry answered(Object result) {
    trace.reached(ACTED);
    if (writes) {
      trail.response(Shown.of((Record) result));
    }
    return trail.entry();
  }

  /// The call was done, and a session began.
  AuditEntry answered(Object result, IssuedSession session) {
    trace.reached(ACTED);
    trail.response(Shown.of((Record) result)).issued(session);
    return trail.entry();
  }

  /// What it is lasts.
  void recorded() {
    trace.reached(RECORDED);
  }

  /// The call was refused.
  AuditEntry refused(Service service, ApiError refusal) {
    return trail
        .event(service.eventSource(), name, API_CALL)
        .error(refusal.code().wireName(), refusal.text())
        .entry();
  }
}
