package dev.daypass.bench;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/// Sends requests over so many connections, each of which sends its next when it has its answer.
final class Load implements AutoCloseable {
  private static final int OK = 200;

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient http;
  private final int connections;

  Load(int connections) {
    this.connections = connections;
    this.http =
        vertx.createHttpClient(
            new HttpClientOptions().setMaxPoolSize(connections).setKeepAlive(true));
  }

  /// What one round showed.
  record Run(double rate, double p50, double p99, double cpuPerThousand) {
    /// @param nanos how long each request took
    /// @param cpu seconds of the server's processor time
    static Run of(long[] nanos, double seconds, double cpu) {
      long[] sorted = nanos.clone();
      Arrays.sort(sorted);
      return new Run(
          sorted.length / seconds,
          sorted[sorted.length / 2] / 1e6,
          sorted[sorted.length * 99 / 100] / 1e6,
          cpu * 1000 / sorted.length);
    }
  }

  /// Sends all of them; fails where any answer is not 200.
  Run run(int port, List<Signing.Signed> requests, ProcessHandle server) throws Exception {
    long[] nanos = new long[requests.size()];
    AtomicInteger next = new AtomicInteger();
    AtomicInteger open = new AtomicInteger(connections);
    CompletableFuture<Void> done = new CompletableFuture<>();
    double cpuBefore = cpuSeconds(server);
    long begun = System.nanoTime();
    for (int i = 0; i < connections; i++) {
      send(port, requests, nanos, next, open, done);
    }
    done.get();
    double seconds = (System.nanoTime() - begun) / 1e9;
    double cpu = cpuSeconds(server) - cpuBefore;
    return Run.of(nanos, seconds, cpu);
  }

  private void send(
      int port,
      List<Signing.Signed> requests,
      long[] nanos,
      AtomicInteger next,
      AtomicInteger open,
      CompletableFuture<Void> done) {
    int n = next.getAndIncrement();
    if (n >= requests.size()) {
      if (open.decrementAndGet() == 0) {
        done.complete(null);
      }
      return;
    }
    long begun = System.nanoTime();
    send(port, requests.get(n))
        .onSuccess(
            _ -> {
              nanos[n] = System.nanoTime() - begun;
              send(port, requests, nanos, next, open, done);
            })
        .onFailure(done::completeExceptionally);
  }

  /// The body of the answer.
  io.vertx.core.Future<String> send(int port, Signing.Signed signed) {
    return http.request(
            HttpMethod.valueOf(signed.head().method().name()),
            port,
            "127.0.0.1",
            signed.head().encodedPath())
        .compose(request -> withHeaders(request, signed).send(Buffer.buffer(signed.body())))
        .compose(
            answer ->
                answer
                    .body()
                    .map(
                        body -> {
                          if (answer.statusCode() != OK) {
                            throw new IllegalStateException(
                                answer.statusCode() + " " + body.toString());
                          }
                          return body.toString();
                        }));
  }

  private static HttpClientRequest withHeaders(HttpClientRequest request, Signing.Signed signed) {
    signed
        .head()
        .headers()
        .forEach((name, values) -> values.forEach(value -> request.putHeader(name, value)));
    return request;
  }

  /// The processor time a process has had.
  static double cpuSeconds(ProcessHandle server) {
    return server.info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
  }

  @Override
  public void close() {
    vertx.close();
  }
}
