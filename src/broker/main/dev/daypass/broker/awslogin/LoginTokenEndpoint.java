package dev.daypass.broker.awslogin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.daypass.broker.access.Origin;
import dev.daypass.broker.awslogin.LoginRefused.Code;
import dev.daypass.broker.publicurl.PublicUrl;
import dev.daypass.broker.refusals.Refusals;
import dev.daypass.broker.requests.UnsignedCalls;
import dev.daypass.broker.requests.UnsignedCalls.Call;
import dev.daypass.broker.requests.UnsignedCalls.Refusal;
import dev.daypass.broker.throttle.Failures;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.ErrorCode;
import dev.daypass.wire.codec.Naming;
import dev.daypass.wire.json.JsonReader;
import dev.daypass.wire.signin.CreateOAuth2Token;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// `POST /v1/token`, as AWS's tools call it: JSON in and out, unsigned, with a DPoP proof.
@Singleton
final class LoginTokenEndpoint {
  private static final String PATH = "/v1/token";

  private final LoginTokens tokens;
  private final DpopProofs proofs;
  private final Failures failures;
  private final UnsignedCalls calls;
  private final PublicUrl url;

  LoginTokenEndpoint(
      LoginTokens tokens,
      DpopProofs proofs,
      Failures failures,
      UnsignedCalls calls,
      PublicUrl url) {
    this.tokens = tokens;
    this.proofs = proofs;
    this.failures = failures;
    this.calls = calls;
    this.url = url;
  }

  void routes(@Observes Router router) {
    calls.serve(router.post(PATH), this::answer, LoginTokenEndpoint::told);
  }

  private Uni<CreateOAuth2Token.Result> answer(Call call) {
    Origin origin = call.origin();
    failures.check(origin.address());
    CreateOAuth2Token request =
        JsonReader.read(
            CreateOAuth2Token.class, call.body(), Naming.LOWER_CAMEL, ErrorCode.VALIDATION_ERROR);
    DpopProofs.Asked asked =
        new DpopProofs.Asked(
            "POST", PATH, url.authorities(call.context().request().getHeader("Host")));
    return proofs
        .verify(call.headers("DPoP"), asked, origin.time())
        .chain(thumbprint -> tokens.create(request, thumbprint, origin))
        .onFailure(LoginRefused.class)
        .invoke(() -> failures.count(origin.address()));
  }

  private static Refusal told(Throwable failure, Origin origin) {
    LoginRefused refused =
        failure instanceof LoginRefused known
            ? known
            : refused(Refusals.of(failure, origin.callId()));
    return new Refusal(
        refused.code().status(),
        refused.code().jsonName(),
        JsonNodeFactory.instance
            .objectNode()
            .put("error", refused.code().error())
            .put("message", refused.text())
            .toString());
  }

  private static LoginRefused refused(ApiError refusal) {
    if (refusal.code() == ErrorCode.THROTTLING) {
      return new LoginRefused(Code.TOO_SOON, refusal.text());
    }
    Code code = refusal.code().status() < 500 ? Code.INVALID_REQUEST : Code.SERVER_ERROR;
    return new LoginRefused(code, refusal.text());
  }
}
