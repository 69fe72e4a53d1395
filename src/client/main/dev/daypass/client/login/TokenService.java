package dev.daypass.client.login;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.daypass.client.Broker;
import dev.daypass.client.BrokerHttp;
import dev.daypass.client.BrokerRefused;
import dev.daypass.client.SignIn;
import dev.daypass.client.login.LoginFailed.Reason;
import dev.daypass.wire.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The broker's OAuth endpoints, on the wire of AWS's IAM Identity Center: registering as a tool,
/// beginning at a device, and trading a code for a sign-in.
///
/// @see <a
///   href="https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/Welcome.html">OIDC API
///   reference</a>
public final class TokenService {
  /// All that the person can do at the broker.
  static final String SCOPE = "daypass:api";

  static final String AUTHORIZATION_CODE = "authorization_code";
  static final String DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code";

  /// Where a browser comes back to, on this computer.
  static final String CALLBACK = "http://127.0.0.1";

  static final String CALLBACK_PATH = "/oauth/callback";

  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final int OK = 200;
  private static final int LONGEST_LIFE_SECONDS = 7 * 24 * 3600;

  private final Broker broker;
  private final BrokerHttp http;
  private final String name;
  private final Clock clock;

  /// @param name what this tool calls itself on the page where it is allowed, up to 100 characters
  public TokenService(Broker broker, String name, Clock clock) {
    this.broker = broker;
    this.http = new BrokerHttp(broker.server());
    this.name = name;
    this.clock = clock;
  }

  /// A tool, as the broker knows it from now on.
  ///
  /// @param authorizationEndpoint where a browser is to be sent
  record Tool(String id, Secret secret, URI authorizationEndpoint) {}

  /// A device that waits.
  ///
  /// @param page where a person types `userCode`, and `link` the same with the code in it
  record Device(
      Secret code, String userCode, URI page, URI link, Duration lasts, Duration interval) {}

  Clock clock() {
    return clock;
  }

  /// Fails with [LoginFailed] where the broker is from before it knew the scope.
  Tool register(String grantType) {
    Map<String, Object> wanted =
        Map.of(
            "clientName", name,
            "clientType", "public",
            "scopes", List.of(SCOPE),
            "grantTypes", List.of(grantType),
            "redirectUris", List.of(CALLBACK + CALLBACK_PATH));
    try {
      return tool(post("/client/register", wanted));
    } catch (BrokerRefused refused) {
      throw refused.code().equals("invalid_scope")
          ? new LoginFailed(
              Reason.NOT_UNDERSTOOD,
              "This broker does not sign daypass in by browser. Update it, or use --tty.")
          : refused;
    }
  }

  private static Tool tool(Map<String, Object> told) {
    return new Tool(
        text(told, "clientId"),
        Secret.of(text(told, "clientSecret")),
        page(text(told, "authorizationEndpoint")));
  }

  Device begin(Tool tool) {
    Map<String, Object> told =
        post(
            "/device_authorization",
            Map.of(
                "clientId", tool.id(),
                "clientSecret", tool.secret().revealText(),
                "startUrl", broker.server().toString()));
    String userCode = text(told, "userCode");
    if (!userCode.matches("[A-Za-z0-9-]{1,20}")) {
      throw notUnderstood();
    }
    return new Device(
        Secret.of(text(told, "deviceCode")),
        userCode,
        page(text(told, "verificationUri")),
        page(text(told, "verificationUriComplete")),
        Duration.ofSeconds(number(told, "expiresIn")),
        Duration.ofSeconds(Math.max(1, number(told, "interval"))));
  }

  SignIn byCode(Tool tool, Secret code, String redirectUri, Pkce pkce) {
    return signIn(
        tool,
        Map.of(
            "grantType",
            AUTHORIZATION_CODE,
            "code",
            code.revealText(),
            "redirectUri",
            redirectUri,
            "codeVerifier",
            pkce.verifier().revealText()));
  }

  SignIn byDeviceCode(Tool tool, Secret code) {
    return signIn(tool, Map.of("grantType", DEVICE_CODE, "deviceCode", code.revealText()));
  }

  private SignIn signIn(Tool tool, Map<String, String> grant) {
    Map<String, Object> body = new HashMap<>(grant);
    body.put("clientId", tool.id());
    body.put("clientSecret", tool.secret().revealText());
    Map<String, Object> told = post("/token", body);
    return broker.signedIn(
        Secret.of(text(told, "accessToken")),
        clock.instant().plusSeconds(number(told, "expiresIn")));
  }

  private Map<String, Object> post(String path, Map<String, Object> body) {
    try {
      var answer =
          http.send(
              HttpRequest.newBuilder(broker.server().resolve(path))
                  .timeout(PATIENCE)
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(JSON.std.asString(body)))
                  .build());
      Map<String, Object> told = JSON.std.mapFrom(answer.body());
      if (answer.statusCode() != OK) {
        throw new BrokerRefused(
            answer.statusCode(), text(told, "error"), text(told, "error_description"), Map.of());
      }
      return told;
    } catch (IOException _) {
      throw notUnderstood();
    }
  }

  private static String text(Map<String, Object> told, String name) {
    if (told.get(name) instanceof String value) {
      return value;
    }
    throw notUnderstood();
  }

  private static int number(Map<String, Object> told, String name) {
    if (told.get(name) instanceof Integer value && value >= 0 && value <= LONGEST_LIFE_SECONDS) {
      return value;
    }
    throw notUnderstood();
  }

  /// A page that may be opened and printed: nothing but a web address.
  private static URI page(String text) {
    if (!text.matches("https?://[\\x21-\\x7E]{1,2000}")) {
      throw notUnderstood();
    }
    try {
      return URI.create(text);
    } catch (IllegalArgumentException _) {
      throw notUnderstood();
    }
  }

  static LoginFailed notUnderstood() {
    return new LoginFailed(
        Reason.NOT_UNDERSTOOD,
        "What answers there is no broker that this daypass can sign in at by browser."
            + " Check --server, or use --tty.");
  }
}
