package dev.daypass.client.login;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.daypass.client.Broker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The broker's side of a sign-in by browser, with the answers that a test gives it.
final class FakeBroker implements AutoCloseable {
  final List<Map<String, Object>> registered = new ArrayList<>();
  final List<Map<String, Object>> traded = new ArrayList<>();

  /// What `/token` answers, one after another: OAuth's errors, or a token.
  final Deque<String> answers = new ArrayDeque<>();

  Map<String, Object> device = new HashMap<>();
  Map<String, Object> tool = new HashMap<>();

  private final HttpServer server;

  FakeBroker() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/client/register", this::register);
    server.createContext(
        "/device_authorization", exchange -> answer(exchange, 200, JSON.std.asString(device)));
    server.createContext("/token", this::token);
    server.createContext("/api/identity", FakeBroker::identity);
    server.start();
    tool.putAll(
        Map.of(
            "clientId", "the-client",
            "clientSecret", "the-secret",
            "authorizationEndpoint", "https://daypass.example.com/authorize"));
    device.putAll(
        Map.of(
            "deviceCode", "the-device-code",
            "userCode", "BCDF-GHJK",
            "verificationUri", "https://daypass.example.com/device",
            "verificationUriComplete", "https://daypass.example.com/device?user_code=BCDF-GHJK",
            "expiresIn", 600,
            "interval", 1));
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  TokenService tokens(Clock clock) {
    return new TokenService(new Broker(uri()), "a test", clock);
  }

  private void register(HttpExchange exchange) throws IOException {
    registered.add(JSON.std.mapFrom(exchange.getRequestBody()));
    answer(exchange, tool.containsKey("error") ? 400 : 200, JSON.std.asString(tool));
  }

  private void token(HttpExchange exchange) throws IOException {
    traded.add(JSON.std.mapFrom(exchange.getRequestBody()));
    String next = answers.remove();
    if (next.startsWith("{")) {
      answer(exchange, 200, next);
    } else {
      answer(
          exchange,
          400,
          JSON.std.asString(Map.of("error", next, "error_description", "why " + next)));
    }
  }

  private static void identity(HttpExchange exchange) throws IOException {
    boolean right =
        "Bearer the-token".equals(exchange.getRequestHeaders().getFirst("Authorization"));
    answer(
        exchange,
        right ? 200 : 401,
        "{\"arn\": \"arn:aws:iam::111122223333:user/alice\", \"mfa\": true}");
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, body.length());
      exchange.getResponseBody().write(body.getBytes());
    }
  }

  static String token() {
    return "{\"accessToken\": \"the-token\", \"tokenType\": \"Bearer\", \"expiresIn\": 3600}";
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
