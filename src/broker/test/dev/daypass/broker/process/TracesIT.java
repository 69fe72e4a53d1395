package dev.daypass.broker.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;

/// What a collector of traces and a collector of logs get of a packaged broker.
class TracesIT {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  @TempDir(cleanup = CleanupMode.NEVER)
  Path folder;

  /// What came, with bytes for characters: the texts of protobuf are in it as they are.
  private final Queue<String> exported = new ConcurrentLinkedQueue<>();

  @Test
  void a_call_is_a_span_of_its_requests_trace_with_its_steps_and_nothing_of_what_it_said()
      throws Exception {
    HttpServer collector = collector();
    Map<String, String> traced =
        Map.of(
            "QUARKUS_OTEL_SDK_DISABLED", "false",
            "QUARKUS_OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf",
            "QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT",
                "http://127.0.0.1:" + collector.getAddress().getPort(),
            "QUARKUS_OTEL_BSP_SCHEDULE_DELAY", "100ms");
    try (BrokerProcess broker = BrokerProcess.start(BrokerProcess.settings(folder, traced));
        IamClient iam = BrokerProcessIT.iam(broker)) {
      String id = createUser(iam).responseMetadata().requestId();
      assertThatThrownBy(() -> iam.getUser(r -> r.userName("nobody-of-that-name")))
          .isInstanceOf(NoSuchEntityException.class);
      get(broker, "/enrol?token=a-link-that-enrols");

      await().until(() -> all().contains("iam/GetUser"));
      assertThat(all())
          .contains("iam/CreateUser", "aws-api", id, TRACE, "proven", "permitted", "acted")
          .contains("recorded", "NoSuchEntity")
          .doesNotContain("carol-of-the-parameters", "nobody-of-that-name", "a-link-that-enrols")
          .doesNotContain(BrokerProcessIT.KEY);
    } finally {
      collector.stop(0);
    }
  }

  @Test
  void a_structured_log_has_a_line_of_json_for_each_event_with_the_id_of_its_request()
      throws Exception {
    Map<String, String> structured = Map.of("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true");
    try (BrokerProcess broker = BrokerProcess.start(BrokerProcess.settings(folder, structured));
        IamClient iam = BrokerProcessIT.iam(broker)) {
      HealthIT.signal(folder, "STOP");
      String id;
      try {
        id = refused(iam).requestId();
      } finally {
        HealthIT.signal(folder, "CONT");
      }

      assertThat(logged(broker))
          .anySatisfy(
              line -> {
                assertThat(line.path("mdc").path("requestId").asText()).isEqualTo(id);
                assertThat(line.path("message").asText()).contains(id);
              });
    }
  }

  private static IamException refused(IamClient iam) {
    try {
      iam.listUsers();
      throw new AssertionError("answered without a database");
    } catch (IamException refused) {
      return refused;
    }
  }

  /// The lines that are no greeting.
  private static List<JsonNode> logged(BrokerProcess broker) throws Exception {
    ObjectMapper json = new ObjectMapper();
    List<String> lines = broker.output().lines().dropWhile(line -> !line.startsWith("{")).toList();
    assertThat(lines).isNotEmpty();
    return lines.stream()
        .filter(line -> line.startsWith("{"))
        .map(
            line -> {
              try {
                return json.readTree(line);
              } catch (java.io.IOException e) {
                throw new AssertionError(line, e);
              }
            })
        .toList();
  }

  private HttpServer collector() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/traces",
        exchange -> {
          exported.add(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  private String all() {
    String bytes = exported.stream().collect(Collectors.joining("\n"));
    String trace = new String(HexFormat.of().parseHex(TRACE), StandardCharsets.ISO_8859_1);
    return bytes.replace(trace, TRACE);
  }

  private static software.amazon.awssdk.services.iam.model.CreateUserResponse createUser(
      IamClient iam) {
    return iam.createUser(
        r ->
            r.userName("carol-of-the-parameters")
                .overrideConfiguration(
                    c -> c.putHeader("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-00")));
  }

  private static void get(BrokerProcess broker, String path) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      http.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + broker.port() + path)).build(),
          HttpResponse.BodyHandlers.discarding());
    }
  }
}
