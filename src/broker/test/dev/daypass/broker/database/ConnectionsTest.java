package dev.daypass.broker.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A server that takes connections and never says anything.
class ConnectionsTest {
  private static final Duration SOON = Duration.ofSeconds(5);

  private final Vertx vertx = Vertx.vertx();
  private final Connections connections = new Connections();
  private ServerSocket server;
  private Pool pool;

  @BeforeEach
  void listen() throws Exception {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    pool = connections.create(new Silent(vertx, server.getLocalPort()));
  }

  @AfterEach
  void close() throws Exception {
    pool.close();
    server.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void a_connection_of_the_pool_is_given_up_when_all_are_cut() {
    var waiting = pool.getConnection();

    connections.cut();

    await().atMost(SOON).until(waiting::failed);
  }

  @Test
  void one_outside_of_the_pool_is_given_up_as_well() {
    var waiting = connections.open(vertx);

    connections.cut();

    await().atMost(SOON).until(waiting::failed);
  }

  @Test
  void one_outside_of_the_pool_is_tried_also_after_all_were_cut() throws Exception {
    connections.cut();

    var waiting = connections.open(vertx);

    server.setSoTimeout((int) SOON.toMillis());
    server.accept().close();
    await().atMost(SOON).until(waiting::failed);
    assertThat(waiting.cause()).isNotNull();
  }

  private record Silent(Vertx vertx, int port) implements PgPoolCreator.Input {
    @Override
    public PoolOptions poolOptions() {
      return new PoolOptions();
    }

    @Override
    public List<PgConnectOptions> pgConnectOptionsList() {
      return List.of(
          new PgConnectOptions()
              .setHost("127.0.0.1")
              .setPort(port)
              .setDatabase("daypass")
              .setUser("daypass")
              .setPassword("daypass"));
    }
  }
}
