package dev.daypass.broker.api;

import static dev.daypass.wire.ErrorCode.VALIDATION_ERROR;

import dev.daypass.broker.requests.Origins;
import dev.daypass.broker.signin.SecondFactorCheck;
import dev.daypass.broker.signin.SignedInCaller;
import dev.daypass.wire.Secret;
import dev.daypass.wire.iam.AuthenticationCode;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/// Whether a device works: `POST /api/mfa/check`. It gives no token: a tool that a person let in
/// would have more by it than they let it have.
@Path("/api/mfa")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
public final class SecondFactorEndpoint {
  private final SignedInCaller callers;
  private final SecondFactorCheck check;
  private final Origins origins;
  private final JsonWebToken token;

  SecondFactorEndpoint(
      SignedInCaller callers, SecondFactorCheck check, Origins origins, JsonWebToken token) {
    this.callers = callers;
    this.check = check;
    this.origins = origins;
    this.token = token;
  }

  /// A code, of the device that is named or the only one there is.
  public record Shown(@Nullable String serialNumber, @Nullable String code) {
    @Override
    public String toString() {
      return "Shown";
    }
  }

  @POST
  @Path("check")
  @Consumes(MediaType.APPLICATION_JSON)
  public Uni<Map<String, String>> check(@Nullable Shown body, HttpServerRequest request) {
    if (body == null || body.code() == null || body.code().isEmpty()) {
      throw VALIDATION_ERROR.error("code is missing");
    }
    Secret given = Secret.of(body.code());
    Secret code = Checked.of(() -> new AuthenticationCode(given)).value();
    return callers
        .of(token, origins.of(request))
        .chain(caller -> check.code(caller, Optional.ofNullable(body.serialNumber()), code))
        .map(serial -> Map.of("serialNumber", serial));
  }
}
