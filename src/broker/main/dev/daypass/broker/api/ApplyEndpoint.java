package dev.daypass.broker.api;

import static dev.daypass.wire.ErrorCode.VALIDATION_ERROR;

import dev.daypass.broker.apply.Apply;
import dev.daypass.broker.apply.Step;
import dev.daypass.broker.requests.Origins;
import dev.daypass.broker.signin.SignedInCaller;
import dev.daypass.desired.DesiredReader;
import dev.daypass.desired.Document;
import dev.daypass.desired.Malformed;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.resteasy.reactive.RestQuery;

/// `POST /api/apply`: what the account is to look like, as one JSON document. `?prune=true` deletes
/// what earlier applies made and the document does not name; `?dryRun=true` undoes all at the end.
@Path("/api/apply")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
public final class ApplyEndpoint {
  private final SignedInCaller callers;
  private final Apply apply;
  private final Origins origins;
  private final JsonWebToken token;

  ApplyEndpoint(SignedInCaller callers, Apply apply, Origins origins, JsonWebToken token) {
    this.callers = callers;
    this.apply = apply;
    this.origins = origins;
    this.token = token;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Uni<Map<String, Object>> apply(
      String body, @RestQuery boolean prune, @RestQuery boolean dryRun, HttpServerRequest request) {
    return callers
        .of(token, origins.of(request))
        .chain(caller -> apply.apply(caller, order(body, prune, dryRun)))
        .map(outcome -> shown(outcome, dryRun));
  }

  private static Apply.Order order(String body, boolean prune, boolean dryRun) {
    try {
      return new Apply.Order(DesiredReader.read(Document.parse("request", body)), prune, dryRun);
    } catch (Malformed malformed) {
      throw VALIDATION_ERROR.error(String.valueOf(malformed.getMessage()));
    }
  }

  private static Map<String, Object> shown(Apply.Outcome outcome, boolean dryRun) {
    Map<String, Object> shown = new TreeMap<>();
    shown.put("applied", !dryRun);
    shown.put("changes", outcome.steps().stream().map(ApplyEndpoint::shown).toList());
    outcome
        .refusal()
        .ifPresent(
            refusal ->
                shown.put(
                    "refusal",
                    Map.of("code", refusal.code().wireName(), "message", refusal.text())));
    return shown;
  }

  private static Map<String, Object> shown(Step step) {
    return Map.of(
        "sign", step.sign().toString(),
        "thing", step.thing(),
        "detail", step.detail(),
        "action", step.request().getClass().getSimpleName());
  }
}
