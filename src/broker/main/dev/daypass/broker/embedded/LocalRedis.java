package dev.daypass.broker.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import redis.embedded.RedisServer;

/// A Redis of our own on a free loopback port, behind a password.
final class LocalRedis implements AutoCloseable {
  private final RedisServer server;
  private final String password;

  private LocalRedis(RedisServer server, String password) {
    this.server = server;
    this.password = password;
  }

  static LocalRedis start(DataDirectory data) throws IOException {
    Path folder = data.folder("redis");
    Path processId = folder.resolve("redis.pid");
    Orphan.stop(processId, folder);
    String password = data.secret("redis-password");
    RedisServer server =
        RedisServer.newRedisServer()
            .port(freePort())
            .setting("dir " + folder)
            .setting("pidfile " + processId)
            .setting("requirepass " + password)
            .setting("appendonly yes")
            .setting("maxmemory 256mb")
            .setting("maxmemory-policy noeviction")
            .build();
    server.start();
    return new LocalRedis(server, password);
  }

  String url() {
    return "redis://:" + password + "@127.0.0.1:" + server.ports().getFirst();
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
