package dev.daypass.broker.passkeys;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.broker.access.Caller;
import dev.daypass.broker.audit.Audit;
import dev.daypass.broker.audit.CloudTrail;
import dev.daypass.broker.refusals.Refusals;
import dev.daypass.wire.ApiError;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/// What the trail keeps of passkeys, by the names CloudTrail has for MFA devices.
@Singleton
final class PasskeyTrail {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Audit audit;

  PasskeyTrail(Audit audit) {
    this.audit = audit;
  }

  /// In the transaction of the enrolment itself.
  Uni<Void> enrolled(Caller caller, String serialNumber) {
    ObjectNode shown = JSON.createObjectNode().put("serialNumber", serialNumber);
    caller.user().ifPresent(user -> shown.put("userName", user.name()));
    return audit.appendInTransaction(enrolment(caller).parameters(shown).entry());
  }

  Uni<Void> refused(Caller caller, Throwable failure) {
    ApiError refusal = Refusals.of(failure, caller.origin().callId());
    return audit.append(enrolment(caller).error(refusal.code().wireName(), refusal.text()).entry());
  }

  Uni<Void> listed(Caller caller) {
    return audit.append(event(caller, "ListMFADevices").readOnly(true).entry());
  }

  private static CloudTrail enrolment(Caller caller) {
    return event(caller, "EnableMFADevice").readOnly(false);
  }

  private static CloudTrail event(Caller caller, String name) {
    return new CloudTrail(caller.origin())
        .event("iam.amazonaws.com", name, "AwsApiCall")
        .by(caller);
  }
}
