package dev.daypass.broker.api;

import static dev.daypass.wire.ErrorCode.VALIDATION_ERROR;

import dev.daypass.broker.passkeys.PasskeyActions;
import dev.daypass.broker.passkeys.PasskeyActions.Shown;
import dev.daypass.broker.passkeys.PasskeyBodies;
import dev.daypass.broker.requests.Origins;
import dev.daypass.broker.signin.SignedInCaller;
import dev.daypass.wire.ConstraintViolation;
import dev.daypass.wire.iam.DeviceName;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/// Passkeys of whoever has signed in: `GET /api/passkeys` shows them; `POST /api/passkeys/options`
/// says what a new one is to be, and `POST /api/passkeys` takes it.
@Path("/api/passkeys")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
public final class PasskeysEndpoint {
  private final SignedInCaller callers;
  private final PasskeyActions passkeys;
  private final Origins origins;
  private final JsonWebToken token;

  PasskeysEndpoint(
      SignedInCaller callers, PasskeyActions passkeys, Origins origins, JsonWebToken token) {
    this.callers = callers;
    this.passkeys = passkeys;
    this.origins = origins;
    this.token = token;
  }

  /// A new passkey, and what its user calls it.
  public record NewPasskey(
      @Nullable String transaction,
      @Nullable String name,
      PasskeyBodies.@Nullable Credential credential) {}

  @GET
  public Uni<Map<String, Object>> list(HttpServerRequest request) {
    return callers
        .of(token, origins.of(request))
        .chain(passkeys::list)
        .map(all -> Map.of("passkeys", all.stream().map(PasskeysEndpoint::shown).toList()));
  }

  @POST
  @Path("options")
  @Consumes(MediaType.WILDCARD)
  public Uni<PasskeyActions.Begun> begin(HttpServerRequest request) {
    return callers.of(token, origins.of(request)).chain(passkeys::begin);
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Uni<Map<String, String>> enrol(@Nullable NewPasskey body, HttpServerRequest request) {
    if (body == null || body.transaction() == null) {
      throw VALIDATION_ERROR.error("transaction is missing");
    }
    String transaction = body.transaction();
    DeviceName name = name(body.name());
    var attestation = PasskeyBodies.attestation(body.credential());
    return callers
        .of(token, origins.of(request))
        .chain(caller -> passkeys.enrol(caller, name, transaction, attestation))
        .map(serialNumber -> Map.of("serialNumber", serialNumber));
  }

  private static DeviceName name(@Nullable String text) {
    try {
      return new DeviceName(Optional.ofNullable(text).orElse(""));
    } catch (ConstraintViolation violation) {
      throw VALIDATION_ERROR.error("name: " + violation.constraint());
    }
  }

  private static Map<String, Object> shown(Shown passkey) {
    Map<String, Object> shown =
        new TreeMap<>(
            Map.of(
                "serialNumber", passkey.serialNumber(),
                "name", passkey.name(),
                "enabledAt", passkey.enabledAt().toString(),
                "transports", passkey.transports(),
                "backedUp", passkey.backedUp()));
    passkey.lastUsedAt().ifPresent(at -> shown.put("lastUsedAt", at.toString()));
    return shown;
  }
}
