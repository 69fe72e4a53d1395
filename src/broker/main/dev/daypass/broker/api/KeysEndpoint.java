package dev.daypass.broker.api;

import static dev.daypass.wire.ErrorCode.VALIDATION_ERROR;

import dev.daypass.broker.access.Road;
import dev.daypass.broker.requests.Origins;
import dev.daypass.broker.signin.SignedInCaller;
import dev.daypass.wire.Request;
import dev.daypass.wire.daypass.KeyId;
import dev.daypass.wire.daypass.KeyMessages.ListKeys;
import dev.daypass.wire.daypass.KeyMessages.RetireKey;
import dev.daypass.wire.daypass.KeyMessages.RewrapSecrets;
import dev.daypass.wire.daypass.KeyMessages.RotateKey;
import dev.daypass.wire.daypass.KeyUse;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/// The broker's own keys, for those who have signed in: `GET /api/keys`, `POST /api/keys/rotate`,
/// `DELETE /api/keys/{id}`, `POST /api/keys/rewrap`. Credentials call the same actions on the Query
/// wire.
@Path("/api/keys")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
public final class KeysEndpoint {
  private final SignedInCaller callers;
  private final Road road;
  private final Origins origins;
  private final JsonWebToken token;

  KeysEndpoint(SignedInCaller callers, Road road, Origins origins, JsonWebToken token) {
    this.callers = callers;
    this.road = road;
    this.origins = origins;
    this.token = token;
  }

  /// Which keys take over; those of every purpose, where none is named.
  public record Rotating(@Nullable String purpose, boolean force) {
    RotateKey asked() {
      return new RotateKey(Optional.ofNullable(purpose).map(Rotating::use), Optional.of(force));
    }

    private static KeyUse use(String name) {
      return Arrays.stream(KeyUse.values())
          .filter(use -> use.toString().equals(name))
          .findFirst()
          .orElseThrow(
              () ->
                  VALIDATION_ERROR.error(
                      "purpose must be one of " + Arrays.toString(KeyUse.values())));
    }
  }

  @GET
  public Uni<ListKeys.Result> list(HttpServerRequest request) {
    return take(new ListKeys(), request);
  }

  @POST
  @Path("rotate")
  public Uni<RotateKey.Result> rotate(@Nullable Rotating body, HttpServerRequest request) {
    Rotating wanted = body == null ? new Rotating(null, false) : body;
    return take(wanted.asked(), request);
  }

  @DELETE
  @Path("{id}")
  public Uni<RetireKey.Result> retire(@RestPath String id, HttpServerRequest request) {
    return take(Checked.of(() -> new RetireKey(new KeyId(id))), request);
  }

  @POST
  @Path("rewrap")
  public Uni<RewrapSecrets.Result> rewrap(HttpServerRequest request) {
    return take(new RewrapSecrets(), request);
  }

  private <R> Uni<R> take(Request<R> wanted, HttpServerRequest request) {
    return callers.of(token, origins.of(request)).chain(caller -> road.take(caller, wanted));
  }
}
