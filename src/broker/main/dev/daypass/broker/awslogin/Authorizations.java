package dev.daypass.broker.awslogin;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.audit.Audit;
import dev.daypass.broker.audit.CloudTrail;
import dev.daypass.broker.logingrants.LoginCode;
import dev.daypass.broker.logingrants.LoginCodes;
import dev.daypass.broker.signin.SignInFacts;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;

/// Gives tools the codes that a person lets them have.
@Singleton
public final class Authorizations {
  private final LoginCodes codes;
  private final Audit audit;

  Authorizations(LoginCodes codes, Audit audit) {
    this.codes = codes;
    this.audit = audit;
  }

  /// The code, recorded before it is given.
  ///
  /// @param roleArn whose sessions the tool is to have; the person's own, where it is absent
  public Uni<String> give(Caller caller, AuthorizationRequest request, Optional<String> roleArn) {
    LoginCode code =
        new LoginCode(
            request.client().toString(),
            request.redirectUri(),
            request.codeChallenge(),
            SignInFacts.of(caller),
            roleArn.orElse(""),
            caller.origin().time().getEpochSecond());
    CloudTrail trail =
        new CloudTrail(caller.origin())
            .event("signin.amazonaws.com", "AuthorizeOAuth2Access", "AwsServiceEvent")
            .readOnly(false)
            .by(caller)
            .parameters(Trailed.of(request.client(), roleArn.orElseGet(caller::arn)));
    return audit.append(trail.entry()).chain(() -> codes.give(code));
  }
}
