package dev.daypass.broker.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Those who send much of a body and then wait, against a server with room for 200,000 bytes.
class BodiesTest {
  private static final int ROOM = 200_000;
  private static final int LONG = 40_000;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Vertx vertx = Vertx.vertx();
  private final Bodies bodies = new Bodies(ROOM, PATIENCE);
  private final List<Socket> sockets = new ArrayList<>();
  private HttpServer server;

  @BeforeEach
  void serve() {
    Router router = Router.router(vertx);
    router.route().handler(BodiesTest::paused);
    router.route("/elsewhere").handler(this::readElsewhere);
    router.route("/rest").handler(new RestBodies(bodies)::takeRoom).handler(BodiesTest::readByRest);
    router.route().handler(bodies.atMost(1 << 20));
    router.route("/never").handler(_ -> {});
    router
        .route()
        .handler(context -> context.response().end("read " + Body.of(context).length))
        .failureHandler(
            context -> context.response().setStatusCode(context.statusCode()).end("unread"));
    server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0)
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  /// As Quarkus hands requests over.
  private static void paused(RoutingContext context) {
    context.request().pause();
    context.next();
  }

  /// As gRPC does.
  private void readElsewhere(RoutingContext context) {
    bodies
        .bounded(context)
        .handler(_ -> {})
        .endHandler(_ -> context.response().end("read elsewhere"))
        .resume();
  }

  private static void readByRest(RoutingContext context) {
    context
        .request()
        .handler(_ -> {})
        .endHandler(_ -> context.response().end("read by JAX-RS"))
        .resume();
  }

  @AfterEach
  void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private Socket send(int announced, int sent) throws IOException {
    return send("/", announced, sent);
  }

  private Socket send(String path, int announced, int sent) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort());
    socket.setSoTimeout(10_000);
    sockets.add(socket);
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.write(
        "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n"
            .formatted(path, announced)
            .getBytes(StandardCharsets.US_ASCII));
    request.write(new byte[sent]);
    socket.getOutputStream().write(request.toByteArray());
    return socket;
  }

  private static String answer(Socket socket) throws IOException {
    byte[] buffer = new byte[1024];
    int length = socket.getInputStream().read(buffer);
    return new String(buffer, 0, Math.max(length, 0), StandardCharsets.US_ASCII);
  }

  private void holdLong(int many) throws IOException {
    for (int i = 0; i < many; i++) {
      send(LONG + 1, LONG);
    }
    await().until(() -> bodies.held() >= (long) many * LONG);
  }

  @Test
  void a_body_is_read_and_holds_nothing_once_it_is_answered() throws IOException {
    assertThat(answer(send(LONG, LONG))).startsWith("HTTP/1.1 200").endsWith("read " + LONG);
    await().until(() -> bodies.held() == 0);
  }

  @Test
  void long_bodies_have_half_of_the_room_and_keep_no_short_one_out() throws IOException {
    holdLong(2);

    assertThat(answer(send(LONG, LONG))).startsWith("HTTP/1.1 503");
    assertThat(answer(send(10_000, 10_000))).endsWith("read 10000");
    assertThat(bodies.held()).isLessThanOrEqualTo(ROOM / 2);
  }

  @Test
  void short_bodies_have_no_more_than_all_of_the_room() throws IOException {
    for (int i = 0; i < 40; i++) {
      send(10_001, 10_000);
    }
    await().until(() -> bodies.held() > ROOM - 10_000);

    assertThat(answer(send(10_000, 10_000))).startsWith("HTTP/1.1 503");
    assertThat(bodies.held()).isLessThanOrEqualTo(ROOM);
  }

  @Test
  void the_room_of_whoever_hangs_up_is_there_again() throws IOException {
    holdLong(2);
    for (Socket socket : sockets) {
      socket.close();
    }

    await().until(() -> bodies.held() == 0);
    assertThat(answer(send(LONG, LONG))).endsWith("read " + LONG);
  }

  @Test
  void so_is_that_of_whoever_hangs_up_before_the_answer() throws IOException {
    for (String path : List.of("/never", "/rest")) {
      Socket asking = send(path, LONG + (path.equals("/rest") ? 1 : 0), LONG);
      await().until(() -> bodies.held() >= LONG);
      asking.close();

      await().until(() -> bodies.held() == 0);
    }
  }

  @Test
  void a_body_that_takes_too_long_is_given_up_and_its_room_is_there_again() throws IOException {
    Socket slow = send(LONG + 1, LONG);

    assertThat(answer(slow)).startsWith("HTTP/1.1 408");
    await().until(() -> bodies.held() == 0);
  }

  @Test
  void what_still_comes_of_a_body_that_was_given_up_is_dropped() throws IOException {
    holdLong(2);
    Socket refused = send(1 << 20, 30_000);
    assertThat(answer(refused)).startsWith("HTTP/1.1 503");

    refused.getOutputStream().write(new byte[(1 << 20) - 30_000]);
    refused
        .getOutputStream()
        .write(
            "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\nnext"
                .getBytes(StandardCharsets.US_ASCII));

    assertThat(answer(refused)).endsWith("read 4");
    assertThat(bodies.held()).isLessThanOrEqualTo(ROOM / 2);
  }

  @Test
  void a_body_that_is_read_elsewhere_has_the_same_bounds() throws IOException {
    assertThat(answer(send("/elsewhere", LONG, LONG))).endsWith("read elsewhere");
    Socket slow = send("/elsewhere", LONG + 1, LONG);
    holdLong(1);
    await().until(() -> bodies.held() >= 2 * LONG);

    assertThat(reset(send("/elsewhere", LONG, LONG))).isTrue();
    assertThat(reset(slow)).isTrue();
  }

  @Test
  void a_body_that_jax_rs_reads_takes_room_for_all_that_it_announces() throws IOException {
    assertThat(answer(send("/rest", LONG, LONG))).endsWith("read by JAX-RS");
    Socket slow = send("/rest", 2 * LONG, 1);
    await().until(() -> bodies.held() == 2 * LONG);

    assertThat(answer(send("/rest", LONG, 1))).startsWith("HTTP/1.1 503");
    assertThat(answer(send("/rest", 10_000, 10_000))).endsWith("read by JAX-RS");
    assertThat(answer(send("/rest", 2 << 20, 1))).startsWith("HTTP/1.1 413");
    assertThat(reset(slow)).isTrue();
    await().until(() -> bodies.held() == 0);
  }

  @Test
  void a_length_below_nothing_frees_no_room() throws IOException {
    for (String path : List.of("/", "/rest", "/elsewhere")) {
      assertThat(answer(send(path, -LONG, 0))).startsWith("HTTP/1.1 4");
    }

    assertThat(bodies.held()).isZero();
  }

  private static boolean reset(Socket socket) {
    try {
      return socket.getInputStream().read() == -1;
    } catch (SocketTimeoutException _) {
      return false;
    } catch (IOException _) {
      return true;
    }
  }
}
