package dev.daypass.broker.sso;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
    return record(caller, request.clientName(), Client.AUTHORIZATION_CODE, true)
        .chain(() -> codes.give(code));
  }

  /// Records that nothing was allowed.
  public Uni<Void> deny(Caller caller, Authorization request) {
    return record(caller, request.clientName(), Client.AUTHORIZATION_CODE, false);
  }

  Uni<Void> record(Caller caller, String clientName, String grantType, boolean allowed) {
    CloudTrail trail =
        new CloudTrail(caller.origin())
            .event("sso.amazonaws.com", "AuthorizeClient", "AwsServiceEvent")
            .readOnly(false)
            .by(caller)
            .parameters(
                JsonNodeFactory.instance
                    .objectNode()
                    .put("clientName", clientName)
                    .put("grantType", grantType));
    return audit.append(
        (allowed ? trail : trail.error("AccessDenied", "The person refused.")).entry());
  }
}
