package dev.daypass.broker.outboundfederation;

import dev.daypass.wire.sts.GetWebIdentityToken.SigningAlgorithm;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/// What services outside need to verify an account's tokens: the issuer's metadata and its keys.
/// They are there for every issuer that ever was, since tokens outlive a setting.
///
/// @see <a href="https://openid.net/specs/openid-connect-discovery-1_0.html">OpenID Connect
///   Discovery 1.0</a>
@Path("/federation/{issuer: [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}}/.well-known")
public final class IssuerEndpoint {
  private static final String CACHE_FOR_5_MINUTES = "public, max-age=300";

  private final PostgresOutboundFederation federations;
  private final PublishedKeys keys;

  IssuerEndpoint(PostgresOutboundFederation federations, PublishedKeys keys) {
    this.federations = federations;
    this.keys = keys;
  }

  @GET
  @Path("openid-configuration")
  @Produces(MediaType.APPLICATION_JSON)
  public Uni<Response> metadata(@PathParam("issuer") UUID id) {
    return answer(id, federation -> metadata(federation.issuer()));
  }

  @GET
  @Path("jwks.json")
  @Produces("application/jwk-set+json")
  public Uni<Response> keys(@PathParam("issuer") UUID id) {
    return answer(id, _ -> keys.document());
  }

  private Uni<Response> answer(UUID id, Function<OutboundFederation, Object> body) {
    return federations
        .ofIssuer(id)
        .map(
            found ->
                found
                    .map(body)
                    .map(Response::ok)
                    .map(answer -> answer.header("Cache-Control", CACHE_FOR_5_MINUTES).build())
                    .orElseGet(() -> Response.status(Response.Status.NOT_FOUND).build()));
  }

  private static Map<String, Object> metadata(String issuer) {
    return Map.of(
        "issuer",
        issuer,
        "jwks_uri",
        issuer + "/.well-known/jwks.json",
        "response_types_supported",
        new String[] {"id_token"},
        "subject_types_supported",
        new String[] {"public"},
        "id_token_signing_alg_values_supported",
        Arrays.stream(SigningAlgorithm.values()).map(Enum::name).toList(),
        "claims_supported",
        new String[] {"iss", "aud", "sub", "iat", "exp", "jti", "https://sts.amazonaws.com/"});
  }
}
