package dev.daypass.broker.awslogin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.daypass.broker.access.Origin;
import dev.daypass.broker.awslogin.LoginRefused.Code;
import dev.daypass.broker.publicurl.PublicUrl;
import dev.daypass.broker.refusals.Refusals;
import dev.daypass.broker.requests.Origins;
import dev.daypass.broker.throttle.Failures;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.ErrorCode;
import dev.daypass.wire.codec.Naming;
import dev.daypass.wire.json.JsonAnswer;
import dev.daypass.wire.json.JsonReader;
import dev.daypass.wire.signin.CreateOAuth2Token;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;

/// `POST /v1/token`, as AWS's tools call it: JSON in and out, unsigned, with a DPoP proof.
@Singleton
final class LoginTokenEndpoint {
  private static final String PATH = "/v1/token";
  private static final int LONGEST_BODY = 16_384;

  private final LoginTokens tokens;
  private final DpopProofs proofs;
  private final Failures failures;
  private final Origins origins;
  private final PublicUrl url;

  LoginTokenEndpoint(
      LoginTokens tokens, DpopProofs proofs, Failures failures, Origins origins, PublicUrl url) {
    this.tokens = tokens;
    this.proofs = proofs;
    this.failures = failures;
    this.origins = origins;
    this.url = url;
  }

  void routes(@Observes Router router) {
    router
        .post(PATH)
        .handler(BodyHandler.create(false).setBodyLimit(LONGEST_BODY))
        .handler(this::handle)
        .failureHandler(
            context ->
                refuse(
                    context,
                    new LoginRefused(Code.INVALID_REQUEST, "The request could not be read.")));
  }

  private void handle(RoutingContext context) {
    VertxContextSafetyToggle.setCurrentContextSafe(true);
    Origin origin = origins.of(context.request());
    Uni.createFrom()
        .deferred(() -> answer(context, origin))
        .subscribe()
        .with(
            result -> send(context, 200, JsonAnswer.success(result, Naming.LOWER_CAMEL)),
            failure -> refuse(context, told(failure, origin)));
  }

  private Uni<CreateOAuth2Token.Result> answer(RoutingContext context, Origin origin) {
    failures.check(origin.address());
    byte[] body =
        context.body().buffer() == null ? new byte[0] : context.body().buffer().getBytes();
    CreateOAuth2Token request =
        JsonReader.read(
            CreateOAuth2Token.class, body, Naming.LOWER_CAMEL, ErrorCode.VALIDATION_ERROR);
    DpopProofs.Asked asked =
        new DpopProofs.Asked("POST", PATH, url.authorities(context.request().getHeader("Host")));
    List<String> headers = context.request().headers().getAll("DPoP");
    return proofs
        .verify(headers, asked, origin.time())
        .chain(thumbprint -> tokens.create(request, thumbprint, origin))
        .onFailure(LoginRefused.class)
        .invoke(() -> failures.count(origin.address()));
  }

  private static LoginRefused told(Throwable failure, Origin origin) {
    if (failure instanceof LoginRefused refused) {
      return refused;
    }
    ApiError refusal = Refusals.of(failure, origin.callId());
    if (refusal.code() == ErrorCode.THROTTLING) {
      return new LoginRefused(Code.TOO_SOON, refusal.text());
    }
    Code code = refusal.code().status() < 500 ? Code.INVALID_REQUEST : Code.SERVER_ERROR;
    return new LoginRefused(code, refusal.text());
  }

  private static void refuse(RoutingContext context, LoginRefused refused) {
    context.response().putHeader("x-amzn-ErrorType", refused.code().jsonName());
    send(
        context,
        refused.code().status(),
        JsonNodeFactory.instance
            .objectNode()
            .put("error", refused.code().error())
            .put("message", refused.text())
            .toString());
  }

  private static void send(RoutingContext context, int status, String body) {
    if (context.response().ended() || context.response().closed()) {
      return;
    }
    context
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store")
        .end(body);
  }
}
