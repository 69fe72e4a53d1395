package dev.daypass.broker.embedded;

import io.quarkus.runtime.ImageMode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/// PostgreSQL and Redis for an installation that was not given any: real servers from the
/// distribution's own dependencies, reachable from this machine with a password only, keeping their
/// data in one folder across restarts.
public final class EmbeddedServers implements AutoCloseable {
  private static final String DATABASE = "quarkus.datasource.reactive.url";

  private final DataDirectory data;
  private final LocalPostgres postgres;
  private final LocalRedis redis;

  private EmbeddedServers(DataDirectory data, LocalPostgres postgres, LocalRedis redis) {
    this.data = data;
    this.postgres = postgres;
    this.redis = redis;
  }

  // Held: a logger that nothing refers to forgets its level.
  private static final Logger LIBRARY_LOG = Logger.getLogger("io.zonky.test.db.postgres");

  static {
    LIBRARY_LOG.setLevel(Level.WARNING);
  }

  /// Starts both servers and points the configuration at them, unless a datasource is configured.
  /// Fails with [StartRefused] where the data folder or the broker's port is taken.
  ///
  /// A native executable has no servers of its own: what starts them is not made for it.
  public static Optional<EmbeddedServers> startUnlessConfigured() {
    if (ImageMode.current() == ImageMode.NATIVE_RUN) {
      refuseWithoutServers();
      return Optional.empty();
    }
    Config config = ConfigProvider.getConfig();
    if (config.getOptionalValue(DATABASE, String.class).isPresent()) {
      return Optional.empty();
    }
    refuseTakenPort(config);
    Path folder =
        Path.of(config.getOptionalValue("daypass.data", String.class).orElse("data")).normalize();
    try {
      return Optional.of(start(folder));
    } catch (IOException e) {
      throw new StartRefused("the embedded servers did not start: " + e.getMessage());
    }
  }

  /// Asked before Quarkus runs, when a native executable knows its environment and its arguments,
  /// and no configuration yet; whoever has a file may have it there.
  private static void refuseWithoutServers() {
    boolean told =
        System.getenv(DATABASE.toUpperCase(Locale.ROOT).replace('.', '_')) != null
            || System.getProperty(DATABASE) != null
            || Files.exists(Path.of("config", "application.properties"));
    if (!told) {
      throw new StartRefused(
          "a native executable has no servers of its own. Set QUARKUS_DATASOURCE_REACTIVE_URL,"
              + " QUARKUS_DATASOURCE_USERNAME, QUARKUS_DATASOURCE_PASSWORD and QUARKUS_REDIS_HOSTS.");
    }
  }

  /// Starts both servers in `folder`.
  public static EmbeddedServers start(Path folder) throws IOException {
    DataDirectory data = DataDirectory.take(folder);
    LocalPostgres postgres = LocalPostgres.start(data);
    LocalRedis redis = LocalRedis.start(data);
    EmbeddedServers servers = new EmbeddedServers(data, postgres, redis);
    servers.settings().forEach(System::setProperty);
    return servers;
  }

  /// The configuration that makes a broker use these servers.
  public Map<String, String> settings() {
    return Map.of(
        DATABASE,
        postgres.url(),
        "quarkus.datasource.username",
        LocalPostgres.USER,
        "quarkus.datasource.password",
        postgres.password(),
        "quarkus.redis.hosts",
        redis.url(),
        "daypass.sealing.key-file",
        data.resolve("sealing-key.json").toString());
  }

  private static void refuseTakenPort(Config config) {
    String host = config.getValue("quarkus.http.host", String.class);
    int port = config.getValue("quarkus.http.port", Integer.class);
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getByName(host), port));
    } catch (IOException _) {
      throw new StartRefused(
          "port %d on %s is taken. Stop what uses it, or choose another with DAYPASS_PORT."
              .formatted(port, host));
    }
  }

  @Override
  public void close() {
    redis.close();
    postgres.close();
    data.close();
  }
}
