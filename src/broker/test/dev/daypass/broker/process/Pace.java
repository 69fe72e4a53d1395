package dev.daypass.broker.process;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Has time go fast, but no faster than those who are asked can follow: what takes a busy machine
/// seconds, such as the first calls after a start, would be minutes else, and sessions would run
/// out in them.
final class Pace implements AutoCloseable {
  /// What an answer may take in fast time. From who is not there it comes at once.
  private static final Duration ANSWER = Duration.ofSeconds(15);

  private static final Duration LOOK_EVERY = Duration.ofMillis(20);

  /// How many of the last answers count.
  private static final int LAST = 5;

  private final Deque<Duration> last = new ArrayDeque<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Thread thread = new Thread(this::run, "pace");
  private final FastTime time;
  private final List<URI> asked;
  private volatile int limit;

  /// @param asked what has to answer
  Pace(FastTime time, int limit, List<URI> asked) {
    this.time = time;
    this.limit = limit;
    this.asked = asked;
    thread.start();
  }

  /// From now on time goes no faster than that; as it does, with 1.
  void limit(int times) {
    limit = times;
    time.go(1);
  }

  private void run() {
    try {
      while (true) {
        CompletableFuture<?> answers =
            CompletableFuture.allOf(
                asked.stream().map(this::answer).toArray(CompletableFuture[]::new));
        long began = System.nanoTime();
        do {
          Thread.sleep(LOOK_EVERY);
          go(Duration.ofNanos(System.nanoTime() - began));
        } while (!answers.isDone());
        note(Duration.ofNanos(System.nanoTime() - began));
      }
    } catch (InterruptedException _) {
      time.go(1);
    }
  }

  private void note(Duration took) {
    last.addLast(took);
    if (last.size() > LAST) {
      last.removeFirst();
    }
  }

  /// @param latest how long there has been no answer
  private void go(Duration latest) {
    Duration longest =
        last.stream().reduce(latest, (one, other) -> one.compareTo(other) > 0 ? one : other);
    time.go(Math.clamp(ANSWER.dividedBy(longest), 1, limit));
  }

  private CompletableFuture<?> answer(URI uri) {
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(ANSWER).build();
    return http.sendAsync(request, BodyHandlers.discarding()).exceptionally(_ -> null);
  }

  @Override
  public void close() throws InterruptedException {
    thread.interrupt();
    thread.join();
    http.shutdownNow();
  }
}
