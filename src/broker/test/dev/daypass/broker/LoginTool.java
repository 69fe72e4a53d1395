package dev.daypass.broker;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.daypass.broker.Browser.Page;
import dev.daypass.broker.Wire.Key;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/// `aws login` as the AWS CLI does it: the address it opens, the code it waits for, and what it
/// sends for credentials.
final class LoginTool {
  static final String SAME = "arn:aws:signin:::devtools/same-device";
  static final String CROSS = "arn:aws:signin:::devtools/cross-device";
  static final String CALLBACK = "http://127.0.0.1:49152/oauth/callback";

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /// What a token request is answered with.
  record Answer(int status, JsonObject body) {
    String error() {
      return body.getString("error");
    }

    Key key() {
      JsonObject token = body.getJsonObject("accessToken");
      return new Key(
          token.getString("accessKeyId"),
          token.getString("secretAccessKey"),
          Optional.of(token.getString("sessionToken")));
    }

    String refreshToken() {
      return body.getString("refreshToken");
    }
  }

  final ECKey key;
  final String verifier = "v".repeat(20) + UUID.randomUUID() + UUID.randomUUID();
  final String state = UUID.randomUUID().toString();
  String client = SAME;
  String redirectUri = CALLBACK;
  String method = "SHA-256";
  private final int port;

  LoginTool(int port) throws Exception {
    this.port = port;
    key = new ECKeyGenerator(Curve.P_256).generate();
  }

  /// The path and query that the browser is sent to.
  String authorize() throws Exception {
    return "/v1/authorize?response_type=code&client_id=%s&state=%s&code_challenge_method=%s&scope=openid&redirect_uri=%s&code_challenge=%s"
        .formatted(
            Browser.encode(client),
            state,
            method,
            Browser.encode(redirectUri),
            challenge(verifier));
  }

  static String challenge(String verifier) throws Exception {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(
            MessageDigest.getInstance("SHA-256")
                .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
  }

  /// The code that a browser was sent back with.
  static String code(Page page) {
    return URI.create(page.location()).getQuery().replaceAll("(?:.*&)?code=([^&]*).*", "$1");
  }

  Answer byCode(String code) throws Exception {
    return byCode(code, _ -> {});
  }

  Answer byCode(String code, Consumer<JsonObject> change) throws Exception {
    JsonObject body =
        new JsonObject()
            .put("clientId", client)
            .put("grantType", "authorization_code")
            .put("code", code)
            .put("codeVerifier", verifier)
            .put("redirectUri", redirectUri);
    change.accept(body);
    return send(body, proof(_ -> {}));
  }

  Answer refresh(String refreshToken) throws Exception {
    return send(refreshBody(refreshToken), proof(_ -> {}));
  }

  JsonObject refreshBody(String refreshToken) {
    return new JsonObject()
        .put("clientId", client)
        .put("grantType", "refresh_token")
        .put("refreshToken", refreshToken);
  }

  String proof(Consumer<JWTClaimsSet.Builder> change) throws Exception {
    return proof(key, new JOSEObjectType("dpop+jwt"), key.toPublicJWK(), change);
  }

  String proof(ECKey by, JOSEObjectType type, ECKey told, Consumer<JWTClaimsSet.Builder> change)
      throws Exception {
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .jwtID(UUID.randomUUID().toString())
            .claim("htm", "POST")
            .claim("htu", "http://127.0.0.1:%d/v1/token".formatted(port))
            .issueTime(Date.from(new TestClock().instant()));
    change.accept(claims);
    SignedJWT proof =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).type(type).jwk(told).build(), claims.build());
    proof.sign(new ECDSASigner(by));
    return proof.serialize();
  }

  Answer send(JsonObject body, String... proofs) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/v1/token".formatted(port)))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.encode()));
    for (String proof : proofs) {
      request.header("DPoP", proof);
    }
    HttpResponse<String> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    return new Answer(answer.statusCode(), new JsonObject(answer.body()));
  }
}
