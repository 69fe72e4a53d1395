package dev.daypass.guard;

import static dev.daypass.guard.Signers.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.daypass.guard.jaxrs.GuardFilter;
import dev.daypass.guard.jdk.GuardedHandler;
import dev.daypass.guard.vertx.GuardedRequestHandler;
import dev.daypass.wire.Secret;
import dev.daypass.wire.sigv4.HttpMessage;
import dev.daypass.wire.sigv4.RequestSigner;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The same service on every kind of server.
class AdaptersTest {
  private static final int LONGEST = 1_000;
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<AutoCloseable> open = new ArrayList<>();
  private Guard guard;

  /// The servers there are.
  enum Kind {
    JDK,
    VERTX
  }

  @BeforeEach
  void begin() throws Exception {
    TestBroker broker = new TestBroker();
    open.add(broker);
    broker.allow(ALICE, "orders:PUT");
    guard =
        new Guard(
            GuardSettings.of(broker.address(), () -> TestBroker.GUARD, "orders", "eu-west-1")
                .withLongestBody(LONGEST));
    open.add(guard);
    await().until(() -> broker.listened.get() > 0);
  }

  @AfterEach
  void end() throws Exception {
    for (AutoCloseable one : open.reversed()) {
      one.close();
    }
  }

  private static Ask ask(GuardRequest request) {
    return new Ask(
        "orders:" + request.message().method(),
        "arn:aws:orders:eu-west-1:111122223333:order" + request.message().path());
  }

  private int start(Kind kind) throws Exception {
    return switch (kind) {
      case JDK -> startJdk();
      case VERTX -> startVertx();
    };
  }

  private int startJdk() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        new GuardedHandler(
            guard,
            AdaptersTest::ask,
            (exchange, caller) -> {
              byte[] body = exchange.getRequestBody().readAllBytes();
              exchange.sendResponseHeaders(200, 0);
              try (OutputStream out = exchange.getResponseBody()) {
                out.write((caller.arn() + "|").getBytes(StandardCharsets.UTF_8));
                out.write(body);
              }
            }));
    server.start();
    open.add(() -> server.stop(0));
    return server.getAddress().getPort();
  }

  private int startVertx() throws Exception {
    Vertx vertx = Vertx.vertx();
    open.add(
        () -> vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS));
    return vertx
        .createHttpServer()
        .requestHandler(
            new GuardedRequestHandler(
                vertx,
                guard,
                AdaptersTest::ask,
                (request, body, caller) ->
                    request.response().end(Buffer.buffer(caller.arn() + "|").appendBuffer(body))))
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS)
        .actualPort();
  }

  private static HttpMessage signed(int port, String method, String path, byte[] body) {
    return new RequestSigner(ALICE, Secret.of(TestBroker.SECRET), Optional.empty())
        .sign(
            new HttpMessage(
                method,
                path,
                "",
                List.of(new HttpMessage.Header("host", "127.0.0.1:" + port)),
                body),
            "eu-west-1",
            "orders",
            Instant.now());
  }

  private static HttpResponse<String> send(
      int port, HttpMessage signed, HttpRequest.BodyPublisher body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + signed.path()))
            .method(signed.method(), body);
    signed.headers().stream()
        .filter(header -> !header.name().equals("host"))
        .forEach(header -> request.header(header.name(), header.value()));
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @ParameterizedTest
  @EnumSource
  void whoever_may_is_served_with_the_body_and_whoever_may_not_is_told(Kind kind) throws Exception {
    int port = start(kind);
    byte[] body = "hello".getBytes(StandardCharsets.UTF_8);

    var served =
        send(port, signed(port, "PUT", "/1", body), HttpRequest.BodyPublishers.ofByteArray(body));
    var refused =
        send(port, signed(port, "DELETE", "/1", new byte[0]), HttpRequest.BodyPublishers.noBody());
    var swapped =
        send(port, signed(port, "PUT", "/1", body), HttpRequest.BodyPublishers.ofString("other"));

    assertThat(served.body()).isEqualTo("arn:aws:iam::111122223333:user/" + ALICE + "|hello");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.headers().firstValue("x-amzn-ErrorType")).contains("AccessDenied");
    assertThat(refused.body())
        .contains("is not authorized to perform: orders:DELETE", "\"__type\":\"AccessDenied\"");
    assertThat(swapped.statusCode()).isEqualTo(403);
  }

  @ParameterizedTest
  @EnumSource
  void a_body_is_read_as_far_as_it_may_be_long_and_no_further(Kind kind) throws Exception {
    int port = start(kind);
    byte[] longest = new byte[LONGEST];
    byte[] longer = new byte[LONGEST + 1];

    var taken =
        send(
            port,
            signed(port, "PUT", "/1", longest),
            HttpRequest.BodyPublishers.ofByteArray(longest));
    var refused =
        send(
            port,
            signed(port, "PUT", "/1", longer),
            HttpRequest.BodyPublishers.ofByteArray(longer));

    assertThat(taken.statusCode()).isEqualTo(200);
    assertThat(refused.statusCode()).isEqualTo(413);
  }

  @ParameterizedTest
  @EnumSource
  void a_body_without_end_is_cut_off(Kind kind) throws Exception {
    int port = start(kind);
    long sent = 0;

    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(5_000);
      OutputStream out = socket.getOutputStream();
      out.write(
          "PUT /1 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      byte[] chunk = ("3e8\r\n" + "x".repeat(1_000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
      try {
        for (; sent < 500_000_000; sent += 1_000) {
          out.write(chunk);
        }
      } catch (java.io.IOException _) {
        // The server has heard enough.
      }
    }

    assertThat(sent).isLessThan(100_000_000);
  }

  @ParameterizedTest
  @EnumSource
  void a_target_that_is_no_plain_path_is_refused(Kind kind) throws Exception {
    int port = start(kind);
    HttpMessage signed = signed(port, "PUT", "/1", new byte[0]);

    for (String target :
        List.of(
            "http://127.0.0.1:" + port + "/1", "//x/1", "/./1", "/a/../1", "/%2e/1", "/a%2f1")) {
      assertThat(raw(port, target, signed)).as(target).startsWith("HTTP/1.1 4");
    }
    assertThat(raw(port, "/1", signed)).startsWith("HTTP/1.1 200");
  }

  private static String raw(int port, String target, HttpMessage signed) throws Exception {
    StringBuilder head = new StringBuilder("PUT " + target + " HTTP/1.1\r\n");
    signed
        .headers()
        .forEach(
            header ->
                head.append(header.name()).append(": ").append(header.value()).append("\r\n"));
    head.append("Connection: close\r\nContent-Length: 0\r\n\r\n");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
    }
  }

  @Test
  void a_filter_of_jakarta_rest_hands_over_the_caller_and_the_body() throws Exception {
    byte[] body = "hello".getBytes(StandardCharsets.UTF_8);
    Map<String, Object> seen = filtered(signed(80, "PUT", "/1", body), body);
    Map<String, Object> refused = filtered(signed(80, "DELETE", "/1", body), body);
    Map<String, Object> swapped = filtered(signed(80, "PUT", "/1", body), new byte[0]);
    Map<String, Object> tooLong = filtered(signed(80, "PUT", "/1", body), new byte[LONGEST + 1]);

    assertThat(((Caller) seen.get(Caller.class.getName())).arn()).endsWith(ALICE);
    assertThat(((InputStream) seen.get("body")).readAllBytes()).isEqualTo(body);
    assertThat(seen).doesNotContainKey("aborted");
    assertThat(status(refused)).isEqualTo(403);
    assertThat(status(swapped)).isEqualTo(403);
    assertThat(status(tooLong)).isEqualTo(413);
  }

  private static int status(Map<String, Object> seen) {
    assertThat(seen).doesNotContainKey(Caller.class.getName());
    return ((Response) seen.get("aborted")).getStatus();
  }

  /// What the filter does to a request: the properties it sets, `body`, and `aborted`.
  private Map<String, Object> filtered(HttpMessage signed, byte[] body) throws Exception {
    Map<String, Object> seen = new HashMap<>();
    MultivaluedHashMap<String, String> headers = new MultivaluedHashMap<>();
    signed.headers().forEach(header -> headers.add(header.name(), header.value()));
    ContainerRequestContext context =
        fake(
            ContainerRequestContext.class,
            Map.of(
                "getMethod", signed.method(),
                "getHeaders", headers,
                "getEntityStream", new ByteArrayInputStream(body),
                "getUriInfo",
                    fake(
                        UriInfo.class,
                        Map.of("getRequestUri", URI.create("http://127.0.0.1" + signed.path()))),
                "getSecurityContext", fake(SecurityContext.class, Map.of("isSecure", true), seen)),
            seen);
    new GuardFilter(guard, AdaptersTest::ask, _ -> "192.0.2.7").filter(context);
    return seen;
  }

  private static <T> T fake(Class<T> type, Map<String, Object> answers) {
    return fake(type, answers, new HashMap<>());
  }

  private static <T> T fake(Class<T> type, Map<String, Object> answers, Map<String, Object> seen) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              switch (method.getName()) {
                case "setProperty" -> seen.put((String) arguments[0], arguments[1]);
                case "setEntityStream" -> seen.put("body", arguments[0]);
                case "abortWith" -> seen.put("aborted", arguments[0]);
                default -> {
                  return answers.get(method.getName());
                }
              }
              return null;
            }));
  }
}
