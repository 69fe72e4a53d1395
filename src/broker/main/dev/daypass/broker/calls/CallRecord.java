package dev.daypass.broker.calls;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Origin;
import dev.daypass.broker.audit.AuditEntry;
import dev.daypass.broker.audit.CloudTrail;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.Service;
import java.util.Set;

/// The audit record of a call, which grows along the road: what is known when the call ends is
/// told.
final class CallRecord {
  private static final String API_CALL = "AwsApiCall";

  /// What reads, and yet leaves something behind that the trail must tell: credentials.
  private static final Set<String> ISSUING =
      Set.of(
          "AssumeRole",
          "AssumeRoleWithWebIdentity",
          "GetSessionToken",
          "GetFederationToken",
          "GetDelegatedAccessToken");

  private final CloudTrail trail;
  private String name = "Unknown";
  private boolean writes;

  CallRecord(Origin origin) {
    trail = new CloudTrail(origin);
  }

  void named(String action) {
    name = action;
  }

  void of(Action<?, ?> action) {
    writes = action.writes();
    trail.event(action.service().eventSource(), action.name(), API_CALL).readOnly(!writes);
  }

  void by(Caller caller) {
    trail.by(caller);
  }

  void asking(Object request) {
    trail.parameters(Shown.of((Record) request));
  }

  /// The call was done.
  AuditEntry answered(Object result) {
    boolean issues = ISSUING.contains(name);
    if (writes || issues) {
      trail.response(Shown.of((Record) result));
    }
    return trail.entry();
  }

  /// The call was refused.
  AuditEntry refused(Service service, ApiError refusal) {
    return trail
        .event(service.eventSource(), name, API_CALL)
        .error(refusal.code().wireName(), refusal.text())
        .entry();
  }
}
