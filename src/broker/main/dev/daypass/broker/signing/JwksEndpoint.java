package dev.daypass.broker.signing;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;

/// The public keys of all that the broker signs (RFC 7517 §5), with the next keys ahead of their
/// use.
@Path("/.well-known/jwks.json")
public final class JwksEndpoint {
  private static final String CACHE_FOR_5_MINUTES = "public, max-age=300";

  private final SigningKeys keys;

  JwksEndpoint(SigningKeys keys) {
    this.keys = keys;
  }

  @GET
  @Produces("application/jwk-set+json")
  public Response jwks() {
    return Response.ok(keys.ring().published().toString())
        .header("Cache-Control", CACHE_FOR_5_MINUTES)
        .build();
  }
}
