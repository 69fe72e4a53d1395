package dev.daypass.broker.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/// A PostgreSQL of our own on a free loopback port, with durable commits and password login.
final class LocalPostgres implements AutoCloseable {
  static final String USER = "postgres";
  private static final Duration LONGEST_START = Duration.ofSeconds(60);

  private final EmbeddedPostgres server;
  private final String password;

  private LocalPostgres(EmbeddedPostgres server, String password) {
    this.server = server;
    this.password = password;
  }

  static LocalPostgres start(DataDirectory data) throws IOException {
    Path folder = data.folder("postgres");
    Orphan.stop(folder.resolve("postmaster.pid"), folder);
    String password = data.secret("postgres-password");
    Path guarded = folder.resolve("daypass-guarded");
    EmbeddedPostgres server = launch(data, folder, password);
    if (!Files.exists(guarded)) {
      guard(server, folder, password);
      Files.createFile(guarded);
    }
    return new LocalPostgres(server, password);
  }

  private static EmbeddedPostgres launch(DataDirectory data, Path folder, String password)
      throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(folder)
        .setCleanDataDirectory(false)
        .setRegisterShutdownHook(false)
        .setOverrideWorkingDirectory(data.folder("bin").toFile())
        .setPGStartupWait(LONGEST_START)
        .setConnectConfig("password", password)
        .setLocaleConfig("locale", "C")
        .setServerConfig("listen_addresses", "127.0.0.1")
        // The library is made for tests and turns durability off; an acknowledged write must last.
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("max_connections", "100")
        .start();
  }

  /// A fresh cluster lets every local user in. From here on the password is asked for.
  private static void guard(EmbeddedPostgres server, Path folder, String password)
      throws IOException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      // The secret is base64url: no quoting can go wrong.
      statement.execute("alter user postgres password '" + password + "'");
      Files.writeString(
          folder.resolve("pg_hba.conf"),
          """
          local all all scram-sha-256
          host all all 127.0.0.1/32 scram-sha-256
          """);
      statement.execute("select pg_reload_conf()");
    } catch (SQLException e) {
      throw new IOException("PostgreSQL could not be guarded by a password", e);
    }
  }

  String url() {
    return "postgresql://127.0.0.1:" + server.getPort() + "/postgres";
  }

  String password() {
    return password;
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
