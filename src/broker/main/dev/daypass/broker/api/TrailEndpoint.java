package dev.daypass.broker.api;

import dev.daypass.broker.access.Road;
import dev.daypass.broker.requests.Origins;
import dev.daypass.broker.signin.SignedInCaller;
import dev.daypass.wire.daypass.DigestNumber;
import dev.daypass.wire.daypass.TrailMessages.VerifyTrail;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// `GET /api/audit/digests?after=`: the digests of the trail behind that number, and whether they
/// still tell the truth, for those who have signed in. Credentials call `VerifyTrail`.
@Path("/api/audit/digests")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
public final class TrailEndpoint {
  private final SignedInCaller callers;
  private final Road road;
  private final Origins origins;
  private final JsonWebToken token;

  TrailEndpoint(SignedInCaller callers, Road road, Origins origins, JsonWebToken token) {
    this.callers = callers;
    this.road = road;
    this.origins = origins;
    this.token = token;
  }

  @GET
  public Uni<VerifyTrail.Result> verify(
      @RestQuery @Nullable Integer after, HttpServerRequest request) {
    VerifyTrail wanted =
        Checked.of(() -> new VerifyTrail(Optional.ofNullable(after).map(DigestNumber::new)));
    return callers.of(token, origins.of(request)).chain(caller -> road.take(caller, wanted));
  }
}
