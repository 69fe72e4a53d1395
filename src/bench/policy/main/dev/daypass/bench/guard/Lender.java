package dev.daypass.bench.guard;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.daypass.wire.Secret;
import dev.daypass.wire.sigv4.Scope;
import dev.daypass.wire.sigv4.SigningKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/// The broker's side of a guard, as little of it as there can be: lends whoever asks the key, with
/// ten policies, and says that nothing changes.
final class Lender implements AutoCloseable {
  static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
  private static final int POLICIES = 10;

  private final HttpServer server;

  Lender() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/guard/signing-key", Lender::lend);
    server.createContext("/guard/changes", Lender::speak);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private static void lend(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, Object> asked =
          JSONObjectUtils.parse(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      byte[] told =
          JSONObjectUtils.toJSONString(Map.of("lent", lent(asked)))
              .getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, told.length);
      exchange.getResponseBody().write(told);
    } catch (ParseException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  private static Map<String, Object> lent(Map<String, Object> asked) {
    String id = text(asked, "accessKeyId");
    SigningKey key =
        SigningKey.derive(
            Secret.of(SECRET),
            new Scope(
                text(asked, "signedAt").substring(0, 8),
                text(asked, "region"),
                text(asked, "service")));
    return Map.of(
        "signingKey",
        Base64.getEncoder().encodeToString(key.secret().reveal()),
        "expiresAt",
        "2100-01-01T00:00:00Z",
        "principal",
        Map.of(
            "type", "AssumedRole",
            "account", "111122223333",
            "arn", "arn:aws:iam::111122223333:role/app",
            "id", "AROAAPP",
            "name", "app",
            "session", id,
            "tags", Map.of("team", "red")),
        "context",
        Map.of("aws:MultiFactorAuthPresent", "false"),
        "dependencies",
        List.of("role"),
        "policies",
        Map.of(
            "identity", policies(),
            "serviceControl", List.of(),
            "resourceControl", List.of()));
  }

  private static String text(Map<String, Object> asked, String name) {
    return String.valueOf(asked.get(name));
  }

  private static List<Map<String, Object>> policies() {
    List<Map<String, Object>> policies = new ArrayList<>();
    for (int i = 0; i < POLICIES; i++) {
      policies.add(
          Map.of(
              "source",
              "policy" + i,
              "text",
              """
              {"Version": "2012-10-17", "Statement": [
                {"Effect": "Allow", "Action": ["orders:GetOrder", "orders:PutOrder"],
                 "Resource": "arn:aws:orders:eu-west-1:111122223333:order/folder%d/*",
                 "Condition": {"StringEquals": {"aws:PrincipalTag/team": "red"}}},
                {"Effect": "Deny", "Action": "orders:DeleteOrder",
                 "Resource": "arn:aws:orders:eu-west-1:111122223333:order/folder%d/kept/*"}]}
              """
                  .formatted(i, i)));
    }
    return policies;
  }

  private static void speak(HttpExchange exchange) throws IOException {
    long openedAt = System.nanoTime();
    exchange.sendResponseHeaders(200, 0);
    try (exchange) {
      while (true) {
        long heard = (System.nanoTime() - openedAt) / 1_000_000;
        exchange
            .getResponseBody()
            .write(("{\"heard\":" + heard + "}\n").getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
        Thread.sleep(500);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
