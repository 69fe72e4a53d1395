package dev.daypass.broker.api;

import static dev.daypass.wire.ErrorCode.VALIDATION_ERROR;

import dev.daypass.broker.access.Authorizer;
import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Target;
import dev.daypass.broker.audit.Audit;
import dev.daypass.broker.audit.AuditEntry;
import dev.daypass.broker.audit.AuditQuery;
import dev.daypass.broker.requests.Origins;
import dev.daypass.broker.signin.SignedInCaller;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// `GET /api/audit/events`: the account's trail, newest first, for whoever is allowed
/// `cloudtrail:LookupEvents`.
@Path("/api/audit/events")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
public final class AuditEndpoint {
  private static final String PERMISSION = "cloudtrail:LookupEvents";
  private static final int USUAL_PAGE = 50;
  private static final int LARGEST_PAGE = 1000;

  private final SignedInCaller callers;
  private final Authorizer authorizer;
  private final Audit audit;
  private final Origins origins;
  private final JsonWebToken token;

  AuditEndpoint(
      SignedInCaller callers,
      Authorizer authorizer,
      Audit audit,
      Origins origins,
      JsonWebToken token) {
    this.callers = callers;
    this.authorizer = authorizer;
    this.audit = audit;
    this.origins = origins;
    this.token = token;
  }

  /// What narrows the search. Times are ISO 8601; `nextToken` is from the page before.
  public static final class Filter {
    @RestQuery @Nullable String startTime;
    @RestQuery @Nullable String endTime;
    @RestQuery @Nullable String userName;
    @RestQuery @Nullable String eventName;
    @RestQuery @Nullable String accessKeyId;
    @RestQuery @Nullable String requestId;
    @RestQuery @Nullable Integer maxResults;
    @RestQuery @Nullable String nextToken;
  }

  @GET
  public Uni<Map<String, Object>> find(
      @jakarta.ws.rs.BeanParam Filter filter, HttpServerRequest request) {
    return callers
        .of(token, origins.of(request))
        .call(caller -> authorizer.require(caller, PERMISSION, Target.of("*", caller.account())))
        .chain(
            caller -> {
              AuditQuery query = query(caller, filter);
              return audit.find(query).map(found -> page(found, query.most() - 1));
            });
  }

  private static AuditQuery query(Caller caller, Filter filter) {
    int size = Optional.ofNullable(filter.maxResults).orElse(USUAL_PAGE);
    if (size < 1 || size > LARGEST_PAGE) {
      throw VALIDATION_ERROR.error("maxResults must be from 1 to " + LARGEST_PAGE);
    }
    return new AuditQuery(
        caller.account(),
        time(filter.startTime, Instant.EPOCH),
        time(filter.endTime, caller.origin().time().plusSeconds(1)),
        Optional.ofNullable(filter.userName),
        Optional.ofNullable(filter.eventName),
        Optional.ofNullable(filter.accessKeyId),
        Optional.ofNullable(filter.requestId),
        Optional.ofNullable(filter.nextToken).map(AuditEndpoint::position),
        size + 1);
  }

  private static Instant time(@Nullable String text, Instant otherwise) {
    try {
      return text == null ? otherwise : Instant.parse(text);
    } catch (DateTimeParseException _) {
      throw VALIDATION_ERROR.error("`" + text + "` is not an ISO 8601 time");
    }
  }

  private static Map<String, Object> page(List<AuditEntry> found, int size) {
    List<AuditEntry> shown = found.subList(0, Math.min(size, found.size()));
    Map<String, Object> page = new TreeMap<>();
    page.put("events", shown.stream().map(AuditEntry::record).toList());
    if (found.size() > size) {
      page.put("nextToken", nextToken(shown.getLast()));
    }
    return page;
  }

  private static String nextToken(AuditEntry last) {
    String position = last.time() + "/" + last.id();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(position.getBytes(StandardCharsets.UTF_8));
  }

  private static AuditQuery.Position position(String nextToken) {
    try {
      String[] parts =
          new String(Base64.getUrlDecoder().decode(nextToken), StandardCharsets.UTF_8)
              .split("/", 2);
      return new AuditQuery.Position(Instant.parse(parts[0]), UUID.fromString(parts[1]));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException | DateTimeParseException _) {
      throw VALIDATION_ERROR.error("nextToken is not one of ours");
    }
  }
}
