package dev.daypass.broker.auditsinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import dev.daypass.broker.TestServers;
import dev.daypass.broker.audit.Audit;
import dev.daypass.broker.audit.AuditEntry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every record reaches every sink, in order, whatever fails in between.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class DeliveryTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  @Inject Delivery delivery;
  @Inject Audit audit;
  @Inject Clock clock;

  /// Remembers what it took, and fails when it is told to.
  private static final class Remembering implements Sink {
    final List<String> taken = Collections.synchronizedList(new ArrayList<>());
    final AtomicInteger failures = new AtomicInteger();
    private final String name = UUID.randomUUID().toString();

    @Override
    public String name() {
      return name;
    }

    @Override
    public void take(List<ObjectNode> records) throws IOException {
      assertThat(Context.isOnEventLoopThread()).isFalse();
      if (failures.getAndDecrement() > 0) {
        throw new IOException("no");
      }
      records.forEach(record -> taken.add(record.path("eventID").asText()));
    }
  }

  private static <T> T done(Uni<T> work) {
    return work.await().atMost(Duration.ofSeconds(30));
  }

  private List<String> append(int count) {
    return IntStream.range(0, count).mapToObj(_ -> append()).toList();
  }

  private String append() {
    UUID id = UUID.randomUUID();
    ObjectNode record =
        JSON.createObjectNode()
            .put("eventID", id.toString())
            .put("eventTime", "2026-11-26T10:00:00Z")
            .put("userAgent", "two\nlines");
    done(
        audit.append(
            new AuditEntry(
                id,
                Optional.of("777788889999"),
                clock.instant(),
                "sts.amazonaws.com",
                "AssumeRole",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                record)));
    return id.toString();
  }

  @Test
  void a_new_sink_gets_the_whole_trail_and_then_what_is_new() {
    List<String> before = append(3);
    Remembering sink = new Remembering();
    done(delivery.catchUp(sink));
    List<String> after = append(2);
    done(delivery.catchUp(sink));

    assertThat(sink.taken).containsSubsequence(before).endsWith(after.toArray(String[]::new));
    assertThat(sink.taken).doesNotHaveDuplicates();
  }

  @Test
  void what_a_sink_did_not_take_it_gets_again() {
    Remembering sink = new Remembering();
    done(delivery.catchUp(sink));
    List<String> ids = append(2);
    sink.failures.set(1);

    assertThatThrownBy(() -> done(delivery.catchUp(sink))).hasMessageContaining("no");
    done(delivery.catchUp(sink));

    assertThat(sink.taken).endsWith(ids.toArray(String[]::new)).doesNotHaveDuplicates();
  }

  @Test
  void many_nodes_give_a_record_once() {
    Remembering sink = new Remembering();
    done(delivery.catchUp(sink));
    List<String> ids = append(20);
    List<Uni<Optional<Long>>> nodes =
        IntStream.range(0, 8).mapToObj(_ -> delivery.catchUp(sink)).toList();
    done(Uni.join().all(nodes).andFailFast());
    done(delivery.catchUp(sink));

    assertThat(sink.taken).endsWith(ids.toArray(String[]::new)).doesNotHaveDuplicates();
  }

  private static List<ObjectNode> records(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> JSON.createObjectNode().put("eventID", "e-" + i).put("userAgent", "a\nb"))
        .toList();
  }

  @Test
  void a_file_has_one_record_on_a_line_for_its_owner_only() throws Exception {
    Path file = folder.resolve("logs/trail.jsonl");
    FileSink sink = new FileSink(file);
    sink.take(records(2));
    sink.take(records(1));

    assertThat(Files.readAllLines(file))
        .hasSize(3)
        .allMatch(line -> line.startsWith("{\"eventID\""));
    assertThat(Files.getPosixFilePermissions(file)).hasToString("[OWNER_READ, OWNER_WRITE]");
  }

  @Test
  void a_file_that_was_moved_away_is_made_anew() throws Exception {
    Path file = folder.resolve("trail.jsonl");
    FileSink sink = new FileSink(file);
    sink.take(records(2));
    Files.move(file, folder.resolve("trail.jsonl.1"));
    sink.take(records(1));

    assertThat(Files.readAllLines(file)).hasSize(1);
    assertThat(Files.readAllLines(folder.resolve("trail.jsonl.1"))).hasSize(2);
  }

  @Test
  void a_file_that_cannot_be_written_takes_nothing() {
    FileSink sink = new FileSink(Path.of("/dev/full"));

    assertThatThrownBy(() -> sink.take(records(1))).isInstanceOf(Exception.class);
  }

  @Test
  void standard_output_gets_a_line_each_and_is_asked_whether_it_did() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new StdoutSink(new PrintStream(out, true, StandardCharsets.UTF_8)).take(records(2));
    PrintStream broken =
        new PrintStream(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException("gone");
              }
            });

    assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(2);
    assertThatThrownBy(() -> new StdoutSink(broken).take(records(1)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void a_webhook_is_posted_to_with_its_token_and_must_say_yes() throws Exception {
    List<String> seen = Collections.synchronizedList(new ArrayList<>());
    AtomicInteger status = new AtomicInteger(204);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          seen.add(
              exchange.getRequestHeaders().getFirst("Authorization")
                  + " "
                  + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(status.get(), -1);
          exchange.close();
        });
    server.start();
    Path token = Files.writeString(folder.resolve("token"), "t-1\n");
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/in");
    WebhookSink sink = new WebhookSink(address, Optional.of(token), HttpClient.newHttpClient());
    try {
      sink.take(records(2));
      assertThat(seen.getFirst()).startsWith("Bearer t-1 {\"Records\":[{\"eventID\":\"e-0\"");
      for (int refused : new int[] {302, 400, 503}) {
        status.set(refused);
        assertThatThrownBy(() -> sink.take(records(1)))
            .hasMessageContaining("" + refused)
            .hasMessageNotContaining(address.getPath());
      }
    } finally {
      server.stop(0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://siem.example.com/in", "ftp://127.0.0.1/", "siem", "https:siem"})
  void a_webhook_that_others_could_read_is_refused(String address) {
    assertThatThrownBy(() -> Sinks.of(config(address)))
        .hasMessageContaining("DAYPASS_AUDIT_SINKS_WEBHOOK must be an https URL");
  }

  private static SinkConfig config(String webhook) {
    return new SinkConfig() {
      @Override
      public SinkFormat format() {
        return SinkFormat.OCSF;
      }

      @Override
      public boolean stdout() {
        return true;
      }

      @Override
      public Optional<Path> file() {
        return Optional.of(Path.of("trail"));
      }

      @Override
      public Optional<URI> webhook() {
        return Optional.of(URI.create(webhook));
      }

      @Override
      public Optional<Path> webhookTokenFile() {
        return Optional.empty();
      }
    };
  }
}
