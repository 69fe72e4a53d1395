package dev.daypass.broker.api;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Road;
import dev.daypass.broker.requests.Origins;
import dev.daypass.broker.signin.SignedInCaller;
import dev.daypass.wire.daypass.PrincipalReference;
import dev.daypass.wire.daypass.SessionId;
import dev.daypass.wire.daypass.SessionMessages.ListSessions;
import dev.daypass.wire.daypass.SessionMessages.RevokeSession;
import dev.daypass.wire.daypass.SessionMessages.RevokeSessions;
import dev.daypass.wire.iam.Marker;
import dev.daypass.wire.iam.MaxItems;
import dev.daypass.wire.iam.RoleName;
import dev.daypass.wire.iam.UserName;
import dev.daypass.wire.sts.SourceIdentity;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// The sessions there are, and their end, for those who have signed in: `GET /api/sessions`,
/// `DELETE /api/sessions/{id}`, `POST /api/revocations`. Credentials call the same actions on the
/// Query wire.
@Path("/api")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
public final class LiveSessionsEndpoint {
  private final SignedInCaller callers;
  private final Road road;
  private final Origins origins;
  private final JsonWebToken token;

  LiveSessionsEndpoint(SignedInCaller callers, Road road, Origins origins, JsonWebToken token) {
    this.callers = callers;
    this.road = road;
    this.origins = origins;
    this.token = token;
  }

  /// What narrows the list; one's own sessions where nothing does, the account's with `all`.
  public static final class Filter {
    @RestQuery boolean all;
    @RestQuery @Nullable String user;
    @RestQuery @Nullable String role;
    @RestQuery @Nullable String sourceIdentity;
    @RestQuery @Nullable Integer maxResults;
    @RestQuery @Nullable String nextToken;

    ListSessions asked() {
      boolean own = !all && user == null && role == null && sourceIdentity == null;
      return new ListSessions(
          own ? Optional.of(true) : Optional.empty(),
          Optional.ofNullable(user).map(UserName::new),
          Optional.ofNullable(role).map(RoleName::new),
          Optional.ofNullable(sourceIdentity).map(SourceIdentity::new),
          Optional.ofNullable(nextToken).map(Marker::new),
          Optional.ofNullable(maxResults).map(MaxItems::new));
    }
  }

  @GET
  @Path("sessions")
  public Uni<ListSessions.Result> list(@BeanParam Filter filter, HttpServerRequest request) {
    return caller(request).chain(caller -> road.take(caller, Checked.of(filter::asked)));
  }

  @DELETE
  @Path("sessions/{id}")
  public Uni<Void> revoke(@RestPath String id, HttpServerRequest request) {
    return caller(request)
        .chain(caller -> road.take(caller, Checked.of(() -> new RevokeSession(new SessionId(id)))))
        .replaceWithVoid();
  }

  /// Whose sessions end.
  ///
  /// @param principal an ARN or a unique id
  /// @param issuedBefore ISO 8601; now, where it is left out
  public record Ending(@Nullable String principal, @Nullable Instant issuedBefore) {
    RevokeSessions asked() {
      return new RevokeSessions(
          new PrincipalReference(String.valueOf(principal)), Optional.ofNullable(issuedBefore));
    }
  }

  @POST
  @Path("revocations")
  public Uni<RevokeSessions.Result> revokeAll(@Nullable Ending body, HttpServerRequest request) {
    Ending ending = body == null ? new Ending(null, null) : body;
    return caller(request).chain(caller -> road.take(caller, Checked.of(ending::asked)));
  }

  private Uni<Caller> caller(HttpServerRequest request) {
    return callers.of(token, origins.of(request));
  }
}
