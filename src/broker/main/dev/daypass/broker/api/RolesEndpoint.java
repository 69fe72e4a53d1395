package dev.daypass.broker.api;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.identities.Identities;
import dev.daypass.broker.identities.RoleIdentity;
import dev.daypass.broker.roles.PostgresRoles;
import dev.daypass.broker.roles.Role;
import dev.daypass.broker.sessions.SessionActions;
import dev.daypass.broker.signin.SignedInCaller;
import dev.daypass.wire.sts.AssumeRole;
import dev.daypass.wire.sts.RoleArn;
import dev.daypass.wire.sts.RoleSessionName;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;

/// `GET /api/roles`: the roles that whoever has signed in may assume, now or with a second factor,
/// as the evaluator sees it.
@Path("/api/roles")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
public final class RolesEndpoint {
  private final SignedInCaller callers;
  private final PostgresRoles roles;
  private final Identities identities;
  private final SessionActions sessions;
  private final Origins origins;
  private final JsonWebToken token;

  RolesEndpoint(
      SignedInCaller callers,
      PostgresRoles roles,
      Identities identities,
      SessionActions sessions,
      Origins origins,
      JsonWebToken token) {
    this.callers = callers;
    this.roles = roles;
    this.identities = identities;
    this.sessions = sessions;
    this.origins = origins;
    this.token = token;
  }

  @GET
  public Uni<Map<String, Object>> list(HttpServerRequest request) {
    return callers
        .of(token, origins.of(request))
        .chain(caller -> roles.all().chain(all -> assumable(caller, all)))
        .map(shown -> Map.of("roles", shown));
  }

  private Uni<List<Map<String, Object>>> assumable(Caller caller, List<Role> all) {
    return Multi.createFrom()
        .iterable(all)
        .onItem()
        .transformToUniAndConcatenate(role -> shown(caller, role))
        .filter(Optional::isPresent)
        .map(Optional::get)
        .collect()
        .asList();
  }

  /// Absent for a role that the caller cannot have.
  private Uni<Optional<Map<String, Object>>> shown(Caller caller, Role role) {
    return identities
        .role(role.arn())
        .chain(
            found ->
                found
                    .map(identity -> howAssumable(caller, identity))
                    .orElseGet(() -> Uni.createFrom().item(Optional.empty())))
        .map(how -> how.map(is -> describe(role, is)));
  }

  private Uni<Optional<String>> howAssumable(Caller caller, RoleIdentity role) {
    AssumeRole request = request(caller, role);
    return sessions
        .couldAssume(caller, role, request)
        .chain(
            now ->
                now
                    ? Uni.createFrom().item(Optional.of("NOW"))
                    : sessions
                        .couldAssume(caller.withMfa(), role, request)
                        .map(later -> later ? Optional.of("WITH_MFA") : Optional.empty()));
  }

  private static AssumeRole request(Caller caller, RoleIdentity role) {
    return new AssumeRole(
        new RoleArn(role.arn()),
        new RoleSessionName(caller.user().orElseThrow().name()),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  private static Map<String, Object> describe(Role role, String how) {
    return Map.of(
        "arn", role.arn(),
        "name", role.name(),
        "account", role.account(),
        "description", role.description().orElse(""),
        "maxSessionSeconds", role.longestSession().toSeconds(),
        "assumable", how);
  }
}
