package dev.daypass.client.login;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.daypass.client.login.LoginFailed.Reason;
import dev.daypass.wire.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Waits on this computer alone for a browser to bring an answer (RFC 8252 §7.3): one, to the
/// question that was asked.
final class Callback implements AutoCloseable {
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int GONE = 410;

  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <meta name="color-scheme" content="light dark">
      <title>daypass</title>
      <style>body{font:1.1rem/1.5 system-ui,sans-serif;margin:15vh auto;max-width:32rem;padding:0 1rem}</style>
      <h1>%s</h1>
      <p>%s</p>
      </html>
      """;

  private final HttpServer server;
  private final Secret state;
  private final CompletableFuture<Answer> answer = new CompletableFuture<>();

  private Callback(HttpServer server, Secret state) {
    this.server = server;
    this.state = state;
  }

  /// What the browser brings.
  sealed interface Answer {
    record Allowed(Secret code) implements Answer {}

    record Refused() implements Answer {}
  }

  /// Begins to wait; [LoginFailed] where the port is somebody else's.
  ///
  /// @param port 0 for any
  /// @param state what the answer must come with
  static Callback open(int port, String state) {
    try {
      InetAddress here = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      HttpServer server = HttpServer.create(new InetSocketAddress(here, port), 0);
      // One connection that says nothing must not keep the browser's waiting.
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      Callback callback = new Callback(server, Secret.of(state));
      server.createContext("/", callback::handle);
      server.start();
      return callback;
    } catch (IOException _) {
      throw new LoginFailed(
          Reason.PORT_TAKEN,
          "Port %d on this computer is taken. Choose another with --callback-port."
              .formatted(port));
    }
  }

  private String authority() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /// Where the browser is to come.
  String redirectUri() {
    return "http://" + authority() + TokenService.CALLBACK_PATH;
  }

  /// The answer; absent where none came in time.
  Optional<Answer> await(Duration limit) throws InterruptedException {
    try {
      return Optional.of(answer.get(limit.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException _) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new AssertionError("nothing fails it", e);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      // A page elsewhere can have its own name lead here (DNS rebinding).
      if (!authority().equals(exchange.getRequestHeaders().getFirst("Host"))) {
        say(exchange, BAD_REQUEST, "Not here", "This address is daypass's own.");
      } else if (!exchange.getRequestURI().getPath().equals(TokenService.CALLBACK_PATH)) {
        say(exchange, NOT_FOUND, "Nothing here", "daypass waits for your sign-in at this port.");
      } else if (!exchange.getRequestMethod().equals("GET")) {
        say(exchange, METHOD_NOT_ALLOWED, "Not so", "A browser brings the answer with GET.");
      } else {
        take(exchange);
      }
    }
  }

  private void take(HttpExchange exchange) throws IOException {
    Optional<Answer> brought =
        parameters(Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""))
            .flatMap(this::answer);
    if (brought.isEmpty()) {
      say(
          exchange,
          BAD_REQUEST,
          "This is not the answer",
          "It does not belong to the sign-in that daypass waits for. Start again from your terminal.");
    } else if (!answer.complete(brought.get())) {
      say(exchange, GONE, "Already answered", "daypass has its answer. You can close this tab.");
    } else if (brought.get() instanceof Answer.Allowed) {
      say(
          exchange,
          OK,
          "Go back to your terminal",
          "daypass goes on there. You can close this tab.");
    } else {
      say(exchange, OK, "Nothing was given", "You can close this tab.");
    }
  }

  private Optional<Answer> answer(Map<String, String> parameters) {
    if (!state.equals(Secret.of(parameters.getOrDefault("state", "")))) {
      return Optional.empty();
    }
    if (parameters.containsKey("error")) {
      return Optional.of(new Answer.Refused());
    }
    return Optional.ofNullable(parameters.get("code"))
        .filter(code -> !code.isEmpty())
        .map(code -> new Answer.Allowed(Secret.of(code)));
  }

  /// Absent where something is there twice.
  private static Optional<Map<String, String>> parameters(String query) {
    Map<String, String> all = new HashMap<>();
    for (String pair : query.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      String value = parts.length == 2 ? URLDecoder.decode(parts[1], StandardCharsets.UTF_8) : "";
      if (all.put(parts[0], value) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(all);
  }

  private static void say(HttpExchange exchange, int status, String title, String text)
      throws IOException {
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "text/html; charset=utf-8");
    headers.set("Cache-Control", "no-store");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set(
        "Content-Security-Policy",
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    headers.set("Connection", "close");
    byte[] page = PAGE.formatted(title, text).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, page.length);
    exchange.getResponseBody().write(page);
  }

  /// Lets the last page reach the browser.
  @Override
  public void close() {
    server.stop(1);
  }
}
