package dev.daypass.broker.database;

import io.netty.channel.Channel;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.impl.ContextInternal;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.spi.PgDriver;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.SqlConnectionInternal;
import io.vertx.sqlclient.impl.Utils;
import io.vertx.sqlclient.spi.ConnectionFactory;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The connections to PostgreSQL: the pool that all queries go through, and one of its own for who
/// watches whether PostgreSQL answers.
///
/// The driver waits for an answer for as long as the connection is there. A server that is frozen,
/// or was lost with its network, leaves it there for a quarter of an hour; whoever watches
/// [#cut()]s it, and what waits fails as it does when PostgreSQL is stopped.
@Singleton
public final class Connections implements PgPoolCreator {
  /// The longest wait for a host that refuses nothing and accepts nothing.
  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);

  /// A connection that has heard nothing for so long is given up: told so, and closed after as long
  /// again. Nobody watches this one. Longer than any statement takes; unused ones leave the pool
  /// before.
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);

  private static final int MOST_WAITING = 10_000;

  private final Set<Promise<SqlConnection>> tried = ConcurrentHashMap.newKeySet();
  private final Set<Channel> open = ConcurrentHashMap.newKeySet();
  private volatile @Nullable ConnectionFactory factory;
  private volatile boolean closed;

  @Override
  public Pool create(Input input) {
    input.pgConnectOptionsList().forEach(Connections::impatient);
    var databases = Utils.roundRobinSupplier(input.pgConnectOptionsList());
    ConnectionFactory connecting =
        PgDriver.INSTANCE.createConnectionFactory(input.vertx(), databases);
    factory = connecting;
    return PgDriver.INSTANCE
        .createPool(input.vertx(), databases, input.poolOptions().setMaxWaitQueueSize(MOST_WAITING))
        .connectionProvider(context -> pooled(connecting, context));
  }

  private static void impatient(PgConnectOptions options) {
    options
        .setConnectTimeout((int) LONGEST_CONNECT.toMillis())
        .setIdleTimeoutUnit(TimeUnit.SECONDS)
        .setReadIdleTimeout((int) LONGEST_SILENCE.toSeconds());
  }

  private Future<SqlConnection> pooled(ConnectionFactory connecting, Context context) {
    Promise<SqlConnection> pooled = tried(context);
    if (closed) {
      pooled.tryFail(unanswered());
    } else {
      open(connecting, context, pooled);
    }
    return pooled.future();
  }

  /// For as long as it is tried, it takes a place in the pool, or that of who watches.
  private Promise<SqlConnection> tried(Context context) {
    Promise<SqlConnection> connection = ((ContextInternal) context).promise();
    tried.add(connection);
    connection.future().onComplete(_ -> tried.remove(connection));
    return connection;
  }

  private void open(
      ConnectionFactory connecting, Context context, Promise<SqlConnection> connection) {
    connecting
        .connect(context)
        .onSuccess(this::keep)
        .onSuccess(opened -> handOver(opened, connection))
        .onFailure(connection::tryFail);
  }

  private static void handOver(SqlConnection connection, Promise<SqlConnection> pooled) {
    if (!pooled.tryComplete(connection)) {
      connection.close();
    }
  }

  private static VertxException unanswered() {
    return new VertxException("PostgreSQL does not answer", true);
  }

  /// Opens a connection outside of the pool, also while that is closed. There is no bound on how
  /// long a frozen server takes, but that of [#cut()].
  public Future<PgConnection> open(Vertx vertx) {
    ConnectionFactory connecting = factory;
    if (connecting == null) {
      return Future.failedFuture("there is no pool yet");
    }
    Context context = vertx.getOrCreateContext();
    Promise<SqlConnection> connection = tried(context);
    open(connecting, context, connection);
    return connection.future().map(PgConnection::cast);
  }

  private void keep(SqlConnection connection) {
    if (((SqlConnectionInternal) connection).unwrap() instanceof SocketConnectionBase driven) {
      Channel channel = driven.socket().channelHandlerContext().channel();
      open.add(channel);
      channel.closeFuture().addListener(_ -> open.remove(channel));
    }
  }

  /// Closes every connection, with no word to PostgreSQL, and opens none for the pool until
  /// [#mend()]: what waits fails now, and what comes fails at once.
  ///
  /// @return whether it was open
  public boolean cut() {
    boolean wasOpen = !closed;
    closed = true;
    tried.forEach(pooled -> pooled.tryFail(unanswered()));
    open.forEach(Connections::drop);
    return wasOpen;
  }

  /// Past the driver's own handlers, which would say farewell and wait for the answer.
  private static void drop(Channel connection) {
    connection.eventLoop().execute(() -> connection.pipeline().firstContext().close());
  }

  /// PostgreSQL answers.
  public void mend() {
    closed = false;
  }
}
