package dev.daypass.broker;

import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A tool that asks for scopes of its own, as `daypass` does: on the wire of `aws sso login`.
///
/// @param scope what it registered for
record SsoTool(String clientId, String clientSecret, String scope) {
  static final String API = "daypass:api";
  static final String ROLES = "sso:account:access";
  static final String DEVICE = "urn:ietf:params:oauth:grant-type:device_code";

  private static final String CALLBACK = "http://127.0.0.1:49154/oauth/callback";
  private static final String VERIFIER = "verified".repeat(8);

  static ValidatableResponse register(List<String> scopes, String... grantTypes) {
    return post(
        "/client/register",
        Map.of(
            "clientName",
            "a tool",
            "clientType",
            "public",
            "scopes",
            scopes,
            "grantTypes",
            List.of(grantTypes),
            "redirectUris",
            List.of("http://127.0.0.1/oauth/callback")));
  }

  static SsoTool of(String scope) {
    ValidatableResponse told =
        register(List.of(scope), "authorization_code", DEVICE).statusCode(200);
    return new SsoTool(told.extract().path("clientId"), told.extract().path("clientSecret"), scope);
  }

  private static ValidatableResponse post(String path, Map<String, ?> body) {
    return RestAssured.given().contentType("application/json").body(body).post(path).then();
  }

  /// Where it sends a browser.
  String link() throws Exception {
    return link(scope);
  }

  String link(String asked) throws Exception {
    return "/authorize?response_type=code&client_id=%s&redirect_uri=%s&state=s&code_challenge_method=S256&scopes=%s&code_challenge=%s"
        .formatted(
            clientId,
            Browser.encode(CALLBACK),
            Browser.encode(asked),
            LoginTool.challenge(VERIFIER));
  }

  ValidatableResponse byCode(String code) {
    return token(
        Map.of(
            "grantType",
            "authorization_code",
            "code",
            code,
            "redirectUri",
            CALLBACK,
            "codeVerifier",
            VERIFIER));
  }

  ValidatableResponse begin() {
    return post(
            "/device_authorization",
            Map.of("clientId", clientId, "clientSecret", clientSecret, "startUrl", "https://x.y"))
        .statusCode(200);
  }

  ValidatableResponse byDeviceCode(String code) {
    return token(Map.of("grantType", DEVICE, "deviceCode", code));
  }

  ValidatableResponse token(Map<String, ?> grant) {
    Map<String, Object> body = new HashMap<>(grant);
    body.put("clientId", clientId);
    body.put("clientSecret", clientSecret);
    return post("/token", body);
  }

  /// The portal's answer to a token.
  static int portal(String token) {
    return RestAssured.given()
        .header("x-amz-sso_bearer_token", token)
        .get("/assignment/accounts")
        .statusCode();
  }
}
