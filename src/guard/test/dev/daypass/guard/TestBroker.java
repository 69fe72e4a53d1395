package dev.daypass.guard;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.ErrorCode;
import dev.daypass.wire.Secret;
import dev.daypass.wire.sigv4.HttpMessage;
import dev.daypass.wire.sigv4.RelayedClaim;
import dev.daypass.wire.sigv4.RequestSigner;
import dev.daypass.wire.sigv4.Scope;
import dev.daypass.wire.sigv4.SignedClaim;
import dev.daypass.wire.sigv4.SignedService;
import dev.daypass.wire.sigv4.SigningKey;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// A broker that a test has in its hands: it lends, refuses, falls silent and dies as it is told.
final class TestBroker implements AutoCloseable {
  static final RequestSigner GUARD =
      new RequestSigner("AKIAGUARDEXAMPLE0001", Secret.of("guard's secret"), Optional.empty());
  static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
  private static final long BEAT_MILLIS = 100;

  final AtomicInteger asked = new AtomicInteger();
  final AtomicInteger listened = new AtomicInteger();
  final Map<String, String> policies = new ConcurrentHashMap<>();
  volatile InstantSource clock = InstantSource.system();
  volatile boolean speaking = true;
  volatile int status = 200;
  volatile Optional<String> answer = Optional.empty();
  volatile Runnable whileAsked = () -> {};
  volatile Instant expiresAt = Instant.parse("2100-01-01T00:00:00Z");
  private final List<OutputStream> streams = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  TestBroker() throws IOException {
    this(0);
  }

  TestBroker(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/guard/signing-key", this::lend);
    server.createContext("/guard/changes", this::stream);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + port());
  }

  /// Gives the signer of this key a policy.
  void allow(String accessKeyId, String action) {
    policies.put(
        accessKeyId,
        "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"%s\",\"Resource\":\"*\"}}"
            .formatted(action));
  }

  /// Tells every guard that this changed.
  void tell(String name) {
    streams.forEach(stream -> write(stream, "{\"changed\":\"" + name + "\"}\n"));
  }

  /// Ends every stream.
  void hangUp() {
    streams.forEach(
        stream -> {
          try {
            stream.close();
          } catch (IOException _) {
            // It is gone.
          }
        });
    streams.clear();
  }

  private void lend(HttpExchange exchange) throws IOException {
    asked.incrementAndGet();
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      prove(exchange, body);
      whileAsked.run();
      String told = answer.orElseGet(() -> told(body));
      byte[] bytes = told.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private void prove(HttpExchange exchange, byte[] body) {
    List<HttpMessage.Header> headers =
        exchange.getRequestHeaders().entrySet().stream()
            .map(header -> new HttpMessage.Header(header.getKey(), header.getValue().getFirst()))
            .toList();
    String query = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
    SignedClaim.read(
            new HttpMessage(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                query,
                headers,
                body),
            SignedService.global("daypass"),
            clock.instant())
        .verify(GUARD.secretAccessKey());
  }

  private String told(byte[] body) {
    try {
      Map<String, Object> asks = JSONObjectUtils.parse(new String(body, StandardCharsets.UTF_8));
      String signedAt = (String) asks.get("signedAt");
      String id = (String) asks.get("accessKeyId");
      RelayedClaim claim =
          new RelayedClaim(
              id,
              Optional.ofNullable((String) asks.get("sessionToken")),
              signedAt,
              new Scope(
                  signedAt.substring(0, 8),
                  (String) asks.get("region"),
                  (String) asks.get("service")),
              (String) asks.get("requestHash"),
              (String) asks.get("signature"));
      String policy = policies.get(id);
      if (policy == null) {
        return refused(ErrorCode.INVALID_CLIENT_TOKEN_ID.error("no such key"));
      }
      return lent(id, claim.verify(Secret.of(SECRET)), policy);
    } catch (ApiError refusal) {
      return refused(refusal);
    } catch (java.text.ParseException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private String lent(String id, SigningKey key, String policy) {
    return """
        {"lent": {"signingKey": "%s", "expiresAt": "%s",
         "principal": {"type": "User", "account": "111122223333", "tags": {"team": "red"},
           "arn": "arn:aws:iam::111122223333:user/%s", "id": "AIDA%s", "name": "%s"},
         "context": {}, "dependencies": ["user %s", "everyone"],
         "policies": {"identity": [{"source": "p", "text": %s}], "serviceControl": [], "resourceControl": []}}}
        """
        .formatted(
            Base64.getEncoder().encodeToString(key.secret().reveal()),
            expiresAt,
            id,
            id,
            id,
            id,
            com.nimbusds.jose.shaded.gson.JsonParser.parseString(
                    new com.nimbusds.jose.shaded.gson.JsonPrimitive(policy).toString())
                .toString());
  }

  private static String refused(ApiError refusal) {
    return "{\"refused\": {\"code\": \"%s\", \"message\": \"refused\"}}"
        .formatted(refusal.code().wireName());
  }

  private void stream(HttpExchange exchange) throws IOException {
    listened.incrementAndGet();
    prove(exchange, new byte[0]);
    if (status != 200) {
      exchange.sendResponseHeaders(status, -1);
      exchange.close();
      return;
    }
    long openedAt = System.nanoTime();
    exchange.sendResponseHeaders(200, 0);
    OutputStream stream = exchange.getResponseBody();
    streams.add(stream);
    while (streams.contains(stream)) {
      if (speaking) {
        write(stream, "{\"heard\":%d}\n".formatted((System.nanoTime() - openedAt) / 1_000_000));
      }
      try {
        Thread.sleep(BEAT_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void write(OutputStream stream, String line) {
    try {
      synchronized (stream) {
        stream.write(line.getBytes(StandardCharsets.UTF_8));
        stream.flush();
      }
    } catch (IOException _) {
      streams.remove(stream);
    } catch (UncheckedIOException e) {
      throw e;
    }
  }

  /// As if it had been killed.
  @Override
  public void close() {
    hangUp();
    server.stop(0);
  }
}
