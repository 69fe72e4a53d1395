package dev.daypass.broker;

import com.nimbusds.jwt.JWTClaimsSet;
import com.sun.net.httpserver.HttpExchange;
import dev.daypass.wire.query.Parameters;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// A provider that people sign in with: it gives codes to whoever comes, and ID tokens for them,
/// each once, as OpenID Connect has it.
final class TestIdp {
  private final IssuerServer server;
  private final String name;
  private final String issuer;
  private final Map<String, Parameters> codes = new ConcurrentHashMap<>();

  /// What its discovery document says beside its endpoints.
  String more = "";

  /// What its tokens say otherwise.
  Consumer<JWTClaimsSet.Builder> change = _ -> {};

  /// What becomes of a token on its way.
  UnaryOperator<String> forged = UnaryOperator.identity();

  /// What a client last brought.
  String authorization = "";

  TestIdp(IssuerServer server, String name) {
    this(server, name, server.issuer(name));
    server.handlers.put(name, this::handle);
  }

  /// One that is served elsewhere.
  TestIdp(IssuerServer server, String name, String issuer) {
    this.server = server;
    this.name = name;
    this.issuer = issuer;
  }

  void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (path.endsWith("/.well-known/openid-configuration")) {
      IssuerServer.answer(
          exchange,
          """
          {"issuer": "%s", "jwks_uri": "%s/keys", "authorization_endpoint": "%s/authorize",
           "token_endpoint": "%s/token"%s}"""
              .formatted(issuer, issuer, issuer, issuer, more));
    } else if (path.equals("/token")) {
      token(exchange);
    } else {
      server.serve(name, exchange);
    }
  }

  private void token(HttpExchange exchange) throws IOException {
    Parameters form =
        Parameters.parse(
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    Parameters asked = codes.remove(one(form, "code"));
    if (asked == null || !proves(asked, form)) {
      exchange.sendResponseHeaders(400, -1);
      exchange.close();
      return;
    }
    JWTClaimsSet.Builder claims =
        server
            .claims(name, one(asked, "subject"))
            .issuer(issuer)
            .audience("daypass")
            .claim("nonce", one(asked, "nonce"));
    change.accept(claims);
    IssuerServer.answer(
        exchange,
        "{\"token_type\": \"Bearer\", \"access_token\": \"x\", \"id_token\": \"%s\"}"
            .formatted(forged.apply(IssuerServer.sign(claims))));
  }

  private static boolean proves(Parameters asked, Parameters form) {
    try {
      return one(form, "grant_type").equals("authorization_code")
          && one(form, "redirect_uri").equals(one(asked, "redirect_uri"))
          && LoginTool.challenge(one(form, "code_verifier")).equals(one(asked, "code_challenge"));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  static String one(Parameters parameters, String name) {
    return parameters.values(name).getFirst();
  }

  /// What the browser is sent back to when somebody has signed in here.
  ///
  /// @param location to which it was sent
  String signedIn(String location, String subject) {
    String query = URI.create(location).getRawQuery();
    String code = UUID.randomUUID().toString();
    codes.put(code, Parameters.parse(query + "&subject=" + Browser.encode(subject)));
    return "/signin/upstream/callback?code=%s&state=%s"
        .formatted(code, one(Parameters.parse(query), "state"));
  }

  /// As which client the last one came.
  String client() {
    return new String(
        Base64.getDecoder().decode(authorization.replace("Basic ", "")), StandardCharsets.UTF_8);
  }
}
