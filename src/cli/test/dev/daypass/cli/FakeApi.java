package dev.daypass.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;

/// As much of a broker as terminals need: the steps of a sign-in, roles, and credentials.
final class FakeApi implements AutoCloseable {
  /// What each path was sent.
  final List<String> calls = new CopyOnWriteArrayList<>();

  /// What `/api/sign-in` and the steps after it answer, one after another.
  final Deque<String> steps = new ConcurrentLinkedDeque<>();

  /// What `/api/sessions` answers in place of credentials; with a status.
  volatile String refusal = "";

  /// The code without which it gives no credentials.
  volatile String wantsCode = "";

  /// Who asked, call by call.
  final List<String> agents = new CopyOnWriteArrayList<>();

  /// Whether it does not end sessions.
  volatile boolean refusesToEnd;

  /// When the credentials that it gives expire.
  volatile String expiration = "2099-01-01T00:00:00Z";

  /// How long `/api/sessions` and `/token` think.
  volatile Duration thinks = Duration.ZERO;

  /// What the trail has.
  volatile String event = "";

  /// What the trail's digests are, told two at a time.
  volatile List<String> digests = List.of();

  String roles = "[]";
  private final HttpServer server;

  FakeApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/api/sign-in", exchange -> answer(exchange, steps.remove()));
    server.createContext("/api/mfa/check", exchange -> answer(exchange, steps.remove()));
    server.createContext("/api/roles", exchange -> answer(exchange, "{\"roles\": " + roles + "}"));
    server.createContext("/api/sessions", FakeApi.this::session);
    server.createContext(
        "/.well-known/aws-config",
        exchange ->
            answer(
                exchange,
                "[profile day]\nservices = daypass\n\n[services daypass]\nsts =\n  endpoint_url = %1$s\niam =\n  endpoint_url = %1$s\n"
                    .formatted(url())));
    server.createContext(
        "/api/audit/events", exchange -> answer(exchange, "{\"events\": [" + event + "]}"));
    server.createContext("/api/audit/digests", exchange -> answer(exchange, digests(exchange)));
    server.createContext("/client/register", exchange -> answer(exchange, registered()));
    server.createContext("/device_authorization", exchange -> answer(exchange, device()));
    server.createContext(
        "/token",
        exchange -> {
          think();
          answer(exchange, "{\"accessToken\": \"the-token\", \"expiresIn\": 3600}");
        });
    server.createContext("/api/identity", exchange -> answer(exchange, signedIn()));
    server.setExecutor(Thread::startVirtualThread);
    server.start();
  }

  private String digests(HttpExchange exchange) {
    int after = Integer.parseInt(exchange.getRequestURI().getQuery().split("=", 2)[1]);
    List<String> told =
        digests.subList(Math.min(after, digests.size()), Math.min(after + 2, digests.size()));
    return "{\"digests\": %s, \"newest\": %d, \"unsigned\": 7}".formatted(told, digests.size());
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private String registered() {
    return "{\"clientId\": \"c\", \"clientSecret\": \"s\", \"authorizationEndpoint\": \"%s/authorize\"}"
        .formatted(url());
  }

  private String device() {
    return "{\"deviceCode\": \"d\", \"userCode\": \"BCDF-GHJK\", \"verificationUri\": \"%1$s/device\", \"verificationUriComplete\": \"%1$s/device?user_code=BCDF-GHJK\", \"expiresIn\": 600, \"interval\": 1}"
        .formatted(url());
  }

  static String signedIn() {
    return "{\"status\": \"SIGNED_IN\", \"token\": \"the-token\", \"expiresAt\": \"2099-01-01T00:00:00Z\","
        + " \"arn\": \"arn:aws:iam::111122223333:user/alice\", \"mfa\": true}";
  }

  static String mfa(String transaction, String devices) {
    return "{\"status\": \"MFA_REQUIRED\", \"transaction\": \"%s\", \"devices\": [%s]}"
        .formatted(transaction, devices);
  }

  static String refused(String transaction) {
    return "{\"error\": {\"code\": \"SignInFailed\", \"message\": \"The code is not right.\", \"transaction\": \"%s\"}}"
        .formatted(transaction);
  }

  static String error(String code, String message) {
    return "{\"error\": {\"code\": \"%s\", \"message\": \"%s\"}}".formatted(code, message);
  }

  static String works(String serialNumber) {
    return "{\"serialNumber\": \"%s\"}".formatted(serialNumber);
  }

  static String role(String name, String description, boolean mfa) {
    return "{\"arn\": \"arn:aws:iam::111122223333:role/%1$s\", \"name\": \"%1$s\", \"account\": \"111122223333\", \"description\": \"%2$s\", \"maxSessionSeconds\": 5400, \"assumable\": \"%3$s\"}"
        .formatted(name, description, mfa ? "WITH_MFA" : "NOW");
  }

  private void session(HttpExchange exchange) throws IOException {
    String body = body(exchange);
    if (exchange.getRequestMethod().equals("DELETE")) {
      send(exchange, refusesToEnd ? 500 : 200, "");
      return;
    }
    Map<String, Object> wanted = JSON.std.mapFrom(body);
    if (!refusal.isEmpty()) {
      send(exchange, 403, refusal);
      return;
    }
    if (!wantsCode.isEmpty() && !wantsCode.equals(wanted.get("tokenCode"))) {
      send(exchange, 403, error("AccessDenied", "It wants a second factor."));
      return;
    }
    think();
    send(
        exchange,
        200,
        "{\"accessKeyId\": \"ASIAEXAMPLE\", \"secretAccessKey\": \"s\", \"sessionToken\": \"t\", \"expiration\": \"%s\", \"arn\": \"%s\"}"
            .formatted(expiration, wanted.get("roleArn")));
  }

  private void think() {
    try {
      Thread.sleep(thinks);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(HttpExchange exchange, String answer) throws IOException {
    body(exchange);
    send(exchange, status(answer), answer);
  }

  /// As the broker has it: a sign-in that fails is 401, all else that is refused is not.
  private static int status(String answer) {
    if (!answer.startsWith("{\"error\"")) {
      return 200;
    }
    return answer.contains("SignInFailed") ? 401 : 403;
  }

  private String body(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes());
    calls.add(exchange.getRequestURI().getPath() + " " + body);
    agents.add(String.valueOf(exchange.getRequestHeaders().getFirst("User-Agent")));
    return body;
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, body.getBytes().length);
      exchange.getResponseBody().write(body.getBytes());
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
