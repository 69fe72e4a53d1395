package dev.daypass.sidecar;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.daypass.sidecar.http.HttpLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// As much of STS as a sidecar calls, with lifetimes shorter than STS's and every misfortune that
/// is asked for. What the real one does, the tests with the real one show.
public final class FakeBroker implements AutoCloseable {
  private static final Instant FOREVER = Instant.parse("2099-01-01T00:00:00Z");

  static {
    HttpLimits.set();
  }

  /// What it answers in place of credentials.
  public record Misfortune(int status, String code, Map<String, String> headers) {
    public static Misfortune refusing(String code) {
      return new Misfortune(403, code, Map.of());
    }
  }

  private final int port;
  private final AtomicInteger given = new AtomicInteger();
  private final Map<String, Instant> alive = new ConcurrentHashMap<>();
  private final List<Map<String, String>> requests = new CopyOnWriteArrayList<>();
  private final Map<String, Misfortune> misfortunes = new ConcurrentHashMap<>();
  private volatile HttpServer server;
  private volatile Duration lifetime = Duration.ofHours(1);
  private volatile Duration slowness = Duration.ZERO;

  private FakeBroker(int port) throws IOException {
    this.server = listen(port);
    this.port = server.getAddress().getPort();
  }

  public static FakeBroker start() throws IOException {
    return new FakeBroker(0);
  }

  private HttpServer listen(int at) throws IOException {
    HttpServer made =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 100);
    made.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    made.createContext("/", this::answer);
    made.start();
    return made;
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  public FakeBroker lifetime(Duration of) {
    lifetime = of;
    return this;
  }

  public FakeBroker slow(Duration by) {
    slowness = by;
    return this;
  }

  public void misfortune(String roleArn, Misfortune is) {
    misfortunes.put(roleArn, is);
  }

  public void luck(String roleArn) {
    misfortunes.remove(roleArn);
  }

  public void revoke(String accessKeyId) {
    alive.remove(accessKeyId);
  }

  /// Whether it would take these credentials for a call now.
  public boolean takes(String accessKeyId) {
    return alive.getOrDefault(accessKeyId, Instant.MIN).isAfter(Instant.now());
  }

  public int given() {
    return given.get();
  }

  public List<Map<String, String>> requests() {
    return List.copyOf(requests);
  }

  /// Goes away, with all connections.
  public void stop() {
    server.stop(0);
  }

  /// Comes back at the same address.
  public void again() {
    try {
      server = listen(port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> form = form(exchange);
      requests.add(form);
      Thread.sleep(slowness);
      Misfortune misfortune = misfortunes.get(form.getOrDefault("RoleArn", ""));
      if (form.get("Action").equals("GetCallerIdentity")) {
        standing(exchange);
      } else if (misfortune != null) {
        misfortune.headers().forEach(exchange.getResponseHeaders()::set);
        send(exchange, misfortune.status(), error(misfortune.code()));
      } else {
        send(exchange, 200, credentials(form.get("RoleArn")));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static Map<String, String> form(HttpExchange exchange) throws IOException {
    Map<String, String> form = new HashMap<>();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    for (String pair : body.split("&")) {
      String[] parts = pair.split("=", 2);
      form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    if (authorization != null) {
      form.put("SignedBy", authorization.replaceFirst(".*Credential=([^/]+)/.*", "$1"));
    }
    return form;
  }

  private void standing(HttpExchange exchange) throws IOException {
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    String key = authorization.replaceFirst(".*Credential=([^/]+)/.*", "$1");
    if (takes(key)) {
      send(exchange, 200, "<GetCallerIdentityResponse/>");
    } else {
      send(exchange, 403, error("InvalidClientTokenId"));
    }
  }

  private String credentials(String role) {
    String key = "ASIA%016d".formatted(given.incrementAndGet());
    Instant end = Instant.now().plus(lifetime);
    alive.put(key, end.isBefore(FOREVER) ? end : FOREVER);
    return """
        <R xmlns="urn:x"><Credentials><AccessKeyId>%s</AccessKeyId><SecretAccessKey>s</SecretAccessKey>
        <SessionToken>t</SessionToken><Expiration>%s</Expiration></Credentials>
        <AssumedRoleUser><Arn>%s/s</Arn></AssumedRoleUser></R>"""
        .formatted(key, end, role);
  }

  private static String error(String code) {
    return "<ErrorResponse><Error><Code>%s</Code><Message>m</Message></Error></ErrorResponse>"
        .formatted(code);
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
