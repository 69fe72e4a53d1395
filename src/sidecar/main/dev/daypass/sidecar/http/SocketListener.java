package dev.daypass.sidecar.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;

/// Listens at a Unix socket, which the JDK's server cannot. One request a connection; those that
/// are slow, long or many cost it a bounded time and memory.
final class SocketListener implements AutoCloseable {
  private static final int MOST_CONNECTIONS = 1024;
  private static final int BAD_REQUEST = 400;
  private static final int DRAINED = 4096;
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration AWHILE = Duration.ofMillis(50);

  private final SocketFile file;
  private final Function<Asked, Reply> answers;
  private final Consumer<RuntimeException> faults;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore room = new Semaphore(MOST_CONNECTIONS);

  private SocketListener(
      SocketFile file, Function<Asked, Reply> answers, Consumer<RuntimeException> faults) {
    this.file = file;
    this.answers = answers;
    this.faults = faults;
  }

  /// Begins to listen; fails with [IOException] where something else is, or somebody listens.
  ///
  /// @param faults is told what goes wrong inside
  static SocketListener start(
      Path path, Function<Asked, Reply> answers, Consumer<RuntimeException> faults)
      throws IOException {
    SocketFile file;
    try {
      file = SocketFile.listen(path);
    } catch (IOException | UnsupportedOperationException e) {
      throw new IOException("cannot listen at %s: %s".formatted(path, e.getMessage()), e);
    }
    SocketListener listener = new SocketListener(file, answers, faults);
    Thread.ofVirtual().start(listener::accept);
    return listener;
  }

  private void accept() {
    while (file.channel().isOpen()) {
      try {
        SocketChannel connection = file.channel().accept();
        if (room.tryAcquire()) {
          threads.execute(() -> serve(connection));
        } else {
          connection.close();
        }
      } catch (IOException | RejectedExecutionException _) {
        // Closed; or there is no room for another file, and may be in a while.
        LockSupport.parkNanos(AWHILE.toNanos());
      }
    }
  }

  private void serve(SocketChannel connection) {
    Thread clock = Thread.startVirtualThread(() -> endAfter(connection));
    try (connection) {
      var in = new BufferedInputStream(Channels.newInputStream(connection));
      Reply reply =
          RequestText.read(in)
              .map(asked -> Listener.reply(asked, answers, faults))
              .orElseGet(() -> Reply.error(BAD_REQUEST, "BadRequest", "This is no request."));
      write(Channels.newOutputStream(connection), reply);
      if (reply.status() == BAD_REQUEST) {
        // What is not read would take the answer from whoever sent it.
        connection.shutdownOutput();
        in.readNBytes(DRAINED);
      }
    } catch (IOException _) {
      // Whoever asked has gone, or took too long.
    } finally {
      clock.interrupt();
      room.release();
    }
  }

  private static void endAfter(SocketChannel connection) {
    try {
      Thread.sleep(PATIENCE);
      connection.close();
    } catch (InterruptedException | IOException _) {
      // It has ended by itself.
    }
  }

  private static void write(OutputStream out, Reply reply) throws IOException {
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder("HTTP/1.1 " + reply.status() + " \r\n");
    reply.sent().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    Map.of("Content-Length", Integer.toString(body.length), "Connection", "close")
        .forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    out.write(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
    out.write(body);
    out.flush();
  }

  @Override
  public void close() {
    file.close();
    threads.shutdownNow();
  }
}
