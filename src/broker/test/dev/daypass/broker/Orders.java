package dev.daypass.broker;

import com.sun.net.httpserver.HttpServer;
import dev.daypass.guard.Ask;
import dev.daypass.guard.Guard;
import dev.daypass.guard.GuardRequest;
import dev.daypass.guard.GuardSettings;
import dev.daypass.guard.jdk.GuardedHandler;
import dev.daypass.wire.Secret;
import dev.daypass.wire.sigv4.RequestSigner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/// A service of somebody's, with a guard, and its clients.
final class Orders implements AutoCloseable {
  static final String REGION = "eu-west-1";
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  final Guard guard;
  private final HttpServer server;

  /// @param broker where the broker is
  /// @param key the guard's own
  Orders(URI broker, Wire.Key key, UnaryOperator<GuardSettings> settings) throws IOException {
    RequestSigner signer =
        new RequestSigner(key.id(), Secret.of(key.secret()), key.token().map(Secret::of));
    guard =
        new Guard(
            settings.apply(GuardSettings.of(broker, () -> signer, "orders", REGION)),
            new TestClock());
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", new GuardedHandler(guard, Orders::ask, Orders::answer));
    server.start();
  }

  private static Ask ask(GuardRequest request) {
    return new Ask(
        "orders:" + (request.message().method().equals("GET") ? "GetOrder" : "PutOrder"),
        "arn:aws:orders:eu-west-1:111122223333:order" + request.message().path());
  }

  private static void answer(
      com.sun.net.httpserver.HttpExchange exchange, dev.daypass.guard.Caller caller)
      throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      byte[] answer =
          (caller.arn() + "|" + caller.tags() + "|" + new String(body, StandardCharsets.UTF_8))
              .getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  URI address(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  /// What a request signed for this scope is answered.
  String get(Wire.Key key, String path) {
    return send(signed(key, "GET", path, "", "orders", REGION));
  }

  String put(Wire.Key key, String path, String body) {
    return send(signed(key, "PUT", path, body, "orders", REGION));
  }

  HttpRequest.Builder signed(
      Wire.Key key, String method, String path, String body, String service, String region) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    SdkHttpRequest signed =
        AwsV4HttpSigner.create()
            .sign(
                r ->
                    r.identity(identity(key))
                        .request(unsigned(method, path))
                        .payload(() -> new ByteArrayInputStream(bytes))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                        .putProperty(AwsV4HttpSigner.SIGNING_CLOCK, new TestClock()))
            .request();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address(path))
            .method(method, HttpRequest.BodyPublishers.ofByteArray(bytes));
    signed.headers().entrySet().stream()
        .filter(header -> !header.getKey().equalsIgnoreCase("host"))
        .forEach(header -> header.getValue().forEach(it -> request.header(header.getKey(), it)));
    return request;
  }

  URI presigned(Wire.Key key, String path, Duration lifetime) {
    return AwsV4HttpSigner.create()
        .sign(
            r ->
                r.identity(identity(key))
                    .request(unsigned("GET", path))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "orders")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, REGION)
                    .putProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                    .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, lifetime)
                    .putProperty(AwsV4HttpSigner.SIGNING_CLOCK, new TestClock()))
        .request()
        .getUri();
  }

  private SdkHttpFullRequest unsigned(String method, String path) {
    return SdkHttpFullRequest.builder()
        .method(SdkHttpMethod.fromValue(method))
        .uri(address(path))
        .build();
  }

  private static AwsCredentialsIdentity identity(Wire.Key key) {
    return key.token()
        .<AwsCredentialsIdentity>map(
            token -> AwsSessionCredentialsIdentity.create(key.id(), key.secret(), token))
        .orElseGet(() -> AwsCredentialsIdentity.create(key.id(), key.secret()));
  }

  /// `200 body`, or the status and the code of the refusal.
  static String send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> answer =
          HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return answer.statusCode()
          + " "
          + answer.headers().firstValue("x-amzn-ErrorType").orElseGet(answer::body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    guard.close();
  }
}
