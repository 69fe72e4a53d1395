package dev.daypass.broker.api;

import dev.daypass.broker.requests.Origins;
import dev.daypass.broker.roles.Role;
import dev.daypass.broker.sessions.AssumableRoles;
import dev.daypass.broker.signin.SignedInCaller;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.jwt.JsonWebToken;

/// `GET /api/roles`: the roles that whoever has signed in may assume, now or with a second factor,
/// as the evaluator sees it.
@Path("/api/roles")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
public final class RolesEndpoint {
  private final SignedInCaller callers;
  private final AssumableRoles roles;
  private final Origins origins;
  private final JsonWebToken token;

  RolesEndpoint(SignedInCaller callers, AssumableRoles roles, Origins origins, JsonWebToken token) {
    this.callers = callers;
    this.roles = roles;
    this.origins = origins;
    this.token = token;
  }

  @GET
  public Uni<Map<String, Object>> list(HttpServerRequest request) {
    return callers
        .of(token, origins.of(request))
        .chain(roles::of)
        .map(found -> Map.of("roles", found.stream().map(RolesEndpoint::describe).toList()));
  }

  private static Map<String, Object> describe(AssumableRoles.Assumable found) {
    Role role = found.role();
    return Map.of(
        "arn", role.arn(),
        "name", role.name(),
        "account", role.account(),
        "description", role.description().orElse(""),
        "maxSessionSeconds", role.longestSession().toSeconds(),
        "assumable", found.when().name());
  }
}
