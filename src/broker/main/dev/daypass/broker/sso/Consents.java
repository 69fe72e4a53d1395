package dev.daypass.broker.sso;

import static dev.daypass.wire.ErrorCode.ACCESS_DENIED;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.broker.access.Caller;
import dev.daypass.broker.audit.Audit;
import dev.daypass.broker.audit.CloudTrail;
import dev.daypass.broker.logingrants.LoginCode;
import dev.daypass.broker.logingrants.LoginCodes;
import dev.daypass.broker.signin.SignInFacts;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/// What people let tools do, recorded before it is done.
@Singleton
public final class Consents {
  private final LoginCodes codes;
  private final Audit audit;

  Consents(LoginCodes codes, Audit audit) {
    this.codes = codes;
    this.audit = audit;
  }

  /// Whether a person can let a tool do what it asks for: everything is a user's alone.
  public static boolean canAllow(Caller caller, boolean everything) {
    return !everything || caller.user().isPresent();
  }

  /// The code with which a tool goes on in the caller's name.
  public Uni<String> allow(Caller caller, Authorization request) {
    LoginCode code =
        new LoginCode(
            request.clientId(),
            request.redirectUri(),
            request.codeChallenge(),
            SignInFacts.of(caller),
            "",
            caller.origin().time().getEpochSecond());
    return record(caller, Asked.of(request), true).chain(() -> codes.give(code));
  }

  /// Records that nothing was allowed.
  public Uni<Void> deny(Caller caller, Authorization request) {
    return record(caller, Asked.of(request), false);
  }

  /// What a person is asked for.
  record Asked(String clientName, String grantType, boolean everything) {
    private static Asked of(Authorization request) {
      return new Asked(request.clientName(), Client.AUTHORIZATION_CODE, request.everything());
    }

    private ObjectNode parameters() {
      return JsonNodeFactory.instance
          .objectNode()
          .put("clientName", clientName)
          .put("grantType", grantType)
          .put("scope", everything ? Client.API_SCOPE : Client.SCOPE);
    }
  }

  Uni<Void> record(Caller caller, Asked asked, boolean allowed) {
    if (allowed && !canAllow(caller, asked.everything())) {
      throw ACCESS_DENIED.error("Only users can let a tool do everything that they can.");
    }
    CloudTrail trail =
        new CloudTrail(caller.origin())
            .event("sso.amazonaws.com", "AuthorizeClient", "AwsServiceEvent")
            .readOnly(false)
            .by(caller)
            .parameters(asked.parameters());
    return audit.append(
        (allowed ? trail : trail.error("AccessDenied", "The person refused.")).entry());
  }
}
