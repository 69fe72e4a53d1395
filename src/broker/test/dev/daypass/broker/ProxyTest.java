package dev.daypass.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.daypass.broker.People.Person;
import dev.daypass.broker.Wire.Key;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/// Proxies ask the broker about each request: nginx for real, Envoy, Traefik and Caddy by what they
/// send.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@QuarkusTestResource(TestProxied.class)
class ProxyTest {
  private static final String HOST = "orders.example.com";

  @TestHTTPResource URI server;
  @TempDir Path folder;
  private Wire wire;
  private People people;
  private Person alice;

  @BeforeEach
  void begin() {
    wire = new Wire(server.getPort());
    people = new People(wire);
    alice = people.user();
    people.allow(
        alice,
        """
        {"Effect": "Allow", "Action": "execute-api:Invoke",
         "Resource": "arn:aws:execute-api:eu-west-1:111122223333:orders/live/GET/orders/*"},
        {"Effect": "Allow", "Action": "execute-api:Invoke",
         "Resource": "arn:aws:execute-api:eu-west-1:111122223333:orders/live/POST/orders"}
        """);
  }

  /// The headers of a request that the SDK's signer signed for the service.
  static Map<String, String> signed(Key key, String method, String uri, String body) {
    return signed(key, method, uri, body, "execute-api", HOST, Map.of());
  }

  private static Map<String, String> signed(
      Key key,
      String method,
      String uri,
      String body,
      String service,
      String host,
      Map<String, String> more) {
    AwsCredentialsIdentity identity =
        key.token()
            .<AwsCredentialsIdentity>map(
                token -> AwsSessionCredentialsIdentity.create(key.id(), key.secret(), token))
            .orElseGet(() -> AwsCredentialsIdentity.create(key.id(), key.secret()));
    SdkHttpFullRequest.Builder request =
        SdkHttpFullRequest.builder()
            .method(SdkHttpMethod.fromValue(method))
            .uri(URI.create("http://" + host + uri));
    more.forEach(request::putHeader);
    Map<String, String> headers = new LinkedHashMap<>();
    AwsV4HttpSigner.create()
        .sign(
            r ->
                r.identity(identity)
                    .request(request.build())
                    .payload(() -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                    .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-west-1")
                    .putProperty(AwsV4HttpSigner.SIGNING_CLOCK, new TestClock()))
        .request()
        .headers()
        .forEach(
            (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
    headers.remove("content-length");
    return headers;
  }

  private record Answer(int status, Map<String, String> headers, String body) {}

  /// By hand, because HTTP clients send no Host of somebody else's, nor a header twice.
  private static Answer send(
      int port, String method, String uri, Map<String, String> headers, String body)
      throws IOException {
    StringBuilder text = new StringBuilder("%s %s HTTP/1.1\r\n".formatted(method, uri));
    headers.forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
    if (!body.isEmpty()) {
      text.append("content-length: ").append(body.length()).append("\r\n");
    }
    text.append("connection: close\r\n\r\n").append(body);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(text.toString().getBytes(StandardCharsets.UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      String head = answer.substring(0, answer.indexOf("\r\n\r\n"));
      List<String> lines = List.of(head.split("\r\n"));
      return new Answer(
          Integer.parseInt(lines.getFirst().split(" ")[1]),
          lines.stream()
              .skip(1)
              .map(line -> line.split(": ?", 2))
              .collect(
                  Collectors.toMap(
                      header -> header[0].toLowerCase(Locale.ROOT),
                      header -> header[1],
                      (a, _) -> a)),
          answer.substring(head.length() + 4));
    }
  }

  private Answer forwarded(Map<String, String> signed, String method, String uri)
      throws IOException {
    Map<String, String> headers = new LinkedHashMap<>(signed);
    headers.put("x-forwarded-host", headers.getOrDefault("host", HOST));
    headers.put("x-forwarded-method", method);
    headers.put("x-forwarded-uri", uri);
    headers.put("host", "daypass");
    return send(server.getPort(), "GET", "/forward-auth/orders", headers, "");
  }

  @Test
  void a_request_that_may_passes_with_who_sent_it() throws IOException {
    People.ok(
        wire.iam(
            Key.ADMIN,
            "TagUser",
            "UserName",
            alice.name(),
            "Tags.member.1.Key",
            "team",
            "Tags.member.1.Value",
            "a b=@c"));

    Answer answer =
        forwarded(
            signed(alice.key(), "GET", "/orders/7?full=yes", ""), "GET", "/orders/7?full=yes");

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers())
        .containsEntry("x-daypass-arn", alice.arn())
        .containsEntry("x-daypass-account", TestServers.ACCOUNT)
        .containsEntry("x-daypass-mfa", "false")
        .containsEntry("x-daypass-session", "")
        .containsEntry("x-daypass-source-identity", "")
        .containsEntry("x-daypass-tags", "team=a+b%3D%40c");
  }

  @Test
  void a_session_is_told_and_ends_when_it_is_ended() throws IOException {
    String role = people.role(People.trusting(alice));
    String name = role.substring(role.lastIndexOf('/') + 1);
    People.ok(
        wire.iam(
            Key.ADMIN,
            "PutRolePolicy",
            "RoleName",
            name,
            "PolicyName",
            "p",
            "PolicyDocument",
            People.document(
                "{\"Effect\": \"Allow\", \"Action\": \"execute-api:*\", \"Resource\": \"*\"}")));
    Key session =
        People.ok(wire.sts(alice.key(), "AssumeRole", "RoleArn", role, "RoleSessionName", "job"))
            .credentials();

    Answer before = forwarded(signed(session, "GET", "/x", ""), "GET", "/x");
    People.ok(wire.daypass(Key.ADMIN, "RevokeSession", "SessionId", session.id()));
    Answer after = forwarded(signed(session, "GET", "/x", ""), "GET", "/x");

    assertThat(before.headers())
        .containsEntry("x-daypass-session", session.id())
        .containsEntry(
            "x-daypass-arn",
            "arn:aws:sts::" + TestServers.ACCOUNT + ":assumed-role/" + name + "/job");
    assertThat(after.status()).isEqualTo(403);
    assertThat(after.headers()).doesNotContainKey("x-daypass-arn");
  }

  @Test
  void what_may_not_what_is_not_signed_and_what_is_not_configured_does_not_pass()
      throws IOException {
    assertThat(forwarded(signed(alice.key(), "GET", "/secret", ""), "GET", "/secret").status())
        .isEqualTo(403);
    assertThat(forwarded(Map.of(), "GET", "/orders/7").status()).isEqualTo(401);
    assertThat(
            send(server.getPort(), "GET", "/forward-auth/other", Map.of("host", "x"), "").status())
        .isEqualTo(404);
  }

  @Test
  void what_was_signed_for_another_request_does_not_pass() throws IOException {
    Map<String, String> get = signed(alice.key(), "GET", "/orders/7", "");
    Key key = alice.key();

    assertThat(forwarded(get, "GET", "/orders/7").status()).isEqualTo(200);
    assertThat(forwarded(get, "GET", "/orders/8").status()).isEqualTo(403);
    assertThat(forwarded(get, "POST", "/orders/7").status()).isEqualTo(403);
    assertThat(forwarded(get, "GET", "/orders/7?a=b").status()).isEqualTo(403);
    assertThat(
            forwarded(
                    signed(key, "GET", "/orders/7", "", "execute-api", "staging.test", Map.of()),
                    "GET",
                    "/orders/7")
                .status())
        .as("another host")
        .isEqualTo(403);
    assertThat(
            forwarded(signed(key, "GET", "/orders/7", "", "s3", HOST, Map.of()), "GET", "/orders/7")
                .status())
        .as("another service")
        .isEqualTo(403);
  }

  @Test
  void paths_that_can_be_read_in_two_ways_do_not_pass() throws IOException {
    Map<String, String> signed = signed(alice.key(), "GET", "/orders/7", "");
    for (String path :
        List.of("/orders//7", "/x/../orders/7", "/orders/%2e%2e/x", "/orders%2f7", "/orders/./7")) {
      assertThat(forwarded(signed, "GET", path).status()).as(path).isEqualTo(400);
      assertThat(send(server.getPort(), "GET", "/ext-authz/orders" + path, signed, "").status())
          .as(path)
          .isEqualTo(400);
    }
  }

  @Test
  void what_envoy_asks_about_does_not_come_out_at_another_route() throws IOException {
    for (String path :
        List.of(
            "/admin/../../../.well-known/authzen-configuration",
            "/x/%2e%2e/%2e%2e/%2E%2e/.well-known/jwks.json",
            "/../../forward-auth/orders",
            "/../../q/health/ready",
            "//../../.well-known/jwks.json")) {
      Map<String, String> headers = new LinkedHashMap<>(Map.of("host", HOST));
      assertThat(send(server.getPort(), "GET", "/ext-authz/orders" + path, headers, "").status())
          .as(path)
          .isEqualTo(400);
    }
  }

  @Test
  void a_deny_is_not_passed_by_writing_the_path_in_another_way() throws IOException {
    people.allow(
        alice,
        """
        {"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "*"},
        {"Effect": "Deny", "Action": "execute-api:Invoke", "Resource": "arn:aws:execute-api:*:*:*/GET/admin/*"}
        """);

    for (String path : List.of("/admin/x", "/%61dmin/x", "/adm%69n/x")) {
      Map<String, String> signed = signed(alice.key(), "GET", path, "");
      assertThat(forwarded(signed, "GET", path).status()).as(path).isEqualTo(403);
    }
    assertThat(forwarded(signed(alice.key(), "GET", "/other/x", ""), "GET", "/other/x").status())
        .isEqualTo(200);
  }

  @Test
  void the_address_of_the_proxy_is_not_the_clients() throws IOException {
    people.allow(
        alice,
        """
        {"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "arn:aws:execute-api:*:*:*/GET/inside/*",
         "Condition": {"IpAddress": {"aws:SourceIp": "127.0.0.0/8"}}}
        """);
    Map<String, String> signed = signed(alice.key(), "GET", "/inside/x", "");

    assertThat(forwarded(signed, "GET", "/inside/x").status()).isEqualTo(403);
    assertThat(told(signed, "127.0.0.9")).isEqualTo(200);
    assertThat(told(signed, "10.0.0.9")).isEqualTo(403);
    assertThat(told(signed, "somewhere")).isEqualTo(400);
  }

  /// As the proxy of a service that is told the client's address.
  private int told(Map<String, String> signed, String address) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>(signed);
    headers.put("x-forwarded-host", HOST);
    headers.put("x-forwarded-method", "GET");
    headers.put("x-forwarded-uri", "/inside/x");
    headers.put("x-forwarded-proto", "https");
    headers.put("x-real-ip", address);
    headers.put("host", "daypass");
    return send(server.getPort(), "GET", "/forward-auth/told", headers, "").status();
  }

  @Test
  void a_header_of_the_proxys_that_is_there_twice_or_not_at_all_is_refused() throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("host", "daypass");
    headers.put("X-Forwarded-Host", HOST);
    headers.put("x-forwarded-host", HOST);
    headers.put("x-forwarded-method", "GET");
    headers.put("x-forwarded-uri", "/orders/7");

    assertThat(send(server.getPort(), "GET", "/forward-auth/orders", headers, "").status())
        .isEqualTo(400);
    headers.remove("X-Forwarded-Host");
    headers.remove("x-forwarded-host");
    assertThat(send(server.getPort(), "GET", "/forward-auth/orders", headers, "").status())
        .isEqualTo(400);
  }

  @Test
  void envoy_asks_with_the_request_itself_and_its_body_is_looked_at() throws IOException {
    Map<String, String> post = signed(alice.key(), "POST", "/orders", "{}");

    assertThat(send(server.getPort(), "POST", "/ext-authz/orders/orders", post, "{}").status())
        .isEqualTo(200);
    assertThat(send(server.getPort(), "POST", "/ext-authz/orders/orders", post, "[]").status())
        .isEqualTo(403);
    Map<String, String> get = signed(alice.key(), "GET", "/orders/7?a=b", "");
    assertThat(send(server.getPort(), "GET", "/ext-authz/orders/orders/7?a=b", get, "").status())
        .isEqualTo(200);
    assertThat(send(server.getPort(), "GET", "/ext-authz/orders/x", get, "").status())
        .isEqualTo(403);
  }

  @Test
  void without_the_body_only_a_hash_that_was_signed_is_believed() throws IOException {
    Map<String, String> unsaid = signed(alice.key(), "POST", "/orders", "{}");
    Map<String, String> said =
        signed(
            alice.key(),
            "POST",
            "/orders",
            "{}",
            "execute-api",
            HOST,
            Map.of(
                "x-amz-content-sha256",
                "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"));
    Map<String, String> changed = new LinkedHashMap<>(said);
    changed.put("x-amz-content-sha256", "0".repeat(64));

    assertThat(forwarded(said, "POST", "/orders").status()).isEqualTo(200);
    assertThat(forwarded(changed, "POST", "/orders").status()).isEqualTo(403);
    unsaid.remove("x-amz-content-sha256");
    assertThat(forwarded(unsaid, "POST", "/orders").status()).isEqualTo(400);
  }

  @Test
  void nginx_lets_pass_who_may_and_tells_the_service_who_it_is() throws Exception {
    Path nginx = Path.of("/usr/sbin/nginx");
    assumeTrue(Files.isExecutable(nginx), "there is no nginx here");
    HttpServer service = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    service.createContext(
        "/",
        exchange -> {
          byte[] said =
              exchange.getRequestHeaders().entrySet().stream()
                  .filter(header -> header.getKey().toLowerCase(Locale.ROOT).contains("daypass"))
                  .map(header -> header.getKey() + header.getValue())
                  .collect(Collectors.joining("\n"))
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, said.length);
          exchange.getResponseBody().write(said);
          exchange.close();
        });
    service.start();
    int port = freePort();
    Path config = folder.resolve("nginx.conf");
    Files.writeString(
        config,
        Files.readString(Path.of("test-resources/nginx/nginx.conf"))
            .replace("@FOLDER@", folder.toString())
            .replace("@PORT@", Integer.toString(port))
            .replace("@DAYPASS@", Integer.toString(server.getPort()))
            .replace("@SERVICE@", Integer.toString(service.getAddress().getPort())));
    Process process =
        new ProcessBuilder(nginx.toString(), "-c", config.toString(), "-p", folder.toString())
            .inheritIO()
            .start();
    try {
      await()
          .ignoreExceptions()
          .until(
              () -> {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return true;
              });
      Map<String, String> may = signed(alice.key(), "GET", "/orders/7?a=b", "");
      for (String name :
          List.of("arn", "account", "user-id", "session", "source-identity", "mfa", "tags")) {
        may.put("x-daypass-" + name, "forged");
      }
      may.put("x-forwarded-uri", "/somewhere/else");

      Answer passed = send(port, "GET", "/orders/7?a=b", may, "");
      assertThat(passed.status()).as(passed.body()).isEqualTo(200);
      assertThat(passed.body()).contains(alice.arn()).doesNotContain("forged");
      assertThat(
              send(port, "GET", "/secret", signed(alice.key(), "GET", "/secret", ""), "").status())
          .isEqualTo(403);
      assertThat(send(port, "GET", "/orders/8", may, "").status()).isEqualTo(403);
      assertThat(send(port, "GET", "/orders/7", Map.of("host", HOST), "").status()).isEqualTo(401);
    } finally {
      process.destroy();
      process.waitFor();
      service.stop(0);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0)) {
      return probe.getLocalPort();
    }
  }
}
