package dev.daypass.broker.webidentity;

import static dev.daypass.wire.ErrorCode.INVALID_IDENTITY_TOKEN;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.daypass.wire.Secret;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/// What people sign in with elsewhere: a provider's endpoints, a code for an ID token, and whether
/// that is the provider's, for us.
@Singleton
public final class OpenIdProviders {
  private static final Logger LOG = Logger.getLogger(OpenIdProviders.class);
  private static final String BASIC = "client_secret_basic";
  private static final String POST = "client_secret_post";

  private final IssuerKeys keys;
  private final Fetch fetch;
  private final TokenSignatures signatures;

  OpenIdProviders(IssuerKeys keys, Fetch fetch, TokenSignatures signatures) {
    this.keys = keys;
    this.fetch = fetch;
    this.signatures = signatures;
  }

  /// Where a provider is (OpenID Connect Discovery §3).
  ///
  /// @param secretInForm whether a client's secret is taken in a form alone
  /// @param namesItself whether its answers say who it is (RFC 9207)
  public record Metadata(
      String authorizationEndpoint,
      String tokenEndpoint,
      boolean secretInForm,
      boolean namesItself) {}

  /// What a code is traded with.
  ///
  /// @param basic the client's id and secret, where they travel in a header
  public record Trade(Secret form, Optional<Secret> basic) {}

  /// Whether an issuer is plain HTTP on this very computer, which is for development.
  public static boolean isOfThisComputer(String issuer) {
    return Fetch.isLoopback(issuer);
  }

  /// Fails with [IOException] where it cannot be had, or is not as it should be.
  public Uni<Metadata> metadata(String issuer) {
    return keys.here(
        keys.document(issuer)
            .map(document -> read(issuer, document))
            .onFailure(failure -> LOG.warnf("%s cannot be asked: %s", issuer, failure.getMessage()))
            .toCompletionStage()
            .toCompletableFuture());
  }

  private static Metadata read(String issuer, JsonObject document) {
    List<?> methods =
        document.getValue("token_endpoint_auth_methods_supported") instanceof JsonArray array
            ? array.getList()
            : List.of(BASIC);
    return new Metadata(
        endpoint(issuer, document, "authorization_endpoint"),
        endpoint(issuer, document, "token_endpoint"),
        !methods.contains(BASIC) && methods.contains(POST),
        Boolean.TRUE.equals(document.getValue("authorization_response_iss_parameter_supported")));
  }

  private static String endpoint(String issuer, JsonObject document, String name) {
    if (document.getValue(name) instanceof String url
        && (url.startsWith("https://") || Fetch.isLoopback(issuer) && Fetch.isLoopback(url))) {
      return url;
    }
    throw new IllegalArgumentException("its discovery document has no " + name);
  }

  /// The ID token that a code stands for. Fails with [IOException] where the provider is away, and
  /// with `InvalidIdentityToken` where it does not take the code.
  public Uni<Secret> idToken(String issuer, String endpoint, Trade trade) {
    return keys.here(
        fetch
            .post(issuer, endpoint, trade.form(), trade.basic())
            .map(body -> idToken(body.toString()))
            .onFailure(
                failure ->
                    LOG.warnf("%s gave no ID token for a code: %s", issuer, failure.getMessage()))
            .recover(
                failure ->
                    Future.failedFuture(failure instanceof Fetch.Refused ? unreadable() : failure))
            .toCompletionStage()
            .toCompletableFuture());
  }

  private static Secret idToken(String body) {
    try {
      if (new JsonObject(body).getValue("id_token") instanceof String token) {
        return Secret.of(token);
      }
    } catch (DecodeException _) {
      throw unreadable();
    }
    throw unreadable();
  }

  private static RuntimeException unreadable() {
    return INVALID_IDENTITY_TOKEN.error("The provider answered without an ID token.");
  }

  /// The claims of an ID token, once everything about it was right but its nonce (OpenID Connect
  /// Core §3.1.3.7). Fails with `InvalidIdentityToken` and its like.
  public Uni<JWTClaimsSet> verify(Secret idToken, String issuer, String clientId, Instant now) {
    WebToken token = WebToken.read(idToken);
    JWTClaimsSet claims = token.claims().all();
    Object azp = claims.getClaim("azp");
    if (!token.issuer().equals(issuer)
        || claims.getIssueTime() == null
        || (azp != null && !azp.equals(clientId))) {
      throw INVALID_IDENTITY_TOKEN.error("The ID token is for somebody else.");
    }
    token.claims().subject();
    token.claims().audience(List.of(clientId));
    token.claims().checkTime(now);
    return signatures.verify(token).replaceWith(claims);
  }

  /// How the person was authenticated (RFC 8176).
  public static List<String> methods(JWTClaimsSet claims) {
    return Claims.methods(claims);
  }
}
