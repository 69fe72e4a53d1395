package dev.daypass.broker.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// Makes many small writes durable with few commits: what arrives while a write is under way goes
/// together into the next one. Bounded, so that a slow store is felt by the callers and not by the
/// heap.
final class GroupCommit<T> {
  private static final int MOST_WAITING = 20_000;
  private static final int MOST_AT_ONCE = 512;
  private static final int MOST_WRITERS = 2;

  private record Waiting<T>(T item, CompletableFuture<Void> durable) {}

  private final Function<List<T>, CompletableFuture<Void>> write;
  private final ConcurrentLinkedQueue<Waiting<T>> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicInteger writers = new AtomicInteger();

  GroupCommit(Function<List<T>, CompletableFuture<Void>> write) {
    this.write = write;
  }

  /// Completes when the item is durable; fails as the write does, or with [Overloaded] at once.
  CompletableFuture<Void> add(T item) {
    if (waiting.incrementAndGet() > MOST_WAITING) {
      waiting.decrementAndGet();
      return CompletableFuture.failedFuture(new Overloaded());
    }
    CompletableFuture<Void> durable = new CompletableFuture<>();
    queue.add(new Waiting<>(item, durable));
    writeIfIdle();
    return durable;
  }

  private void writeIfIdle() {
    if (writers.incrementAndGet() > MOST_WRITERS) {
      // Whoever writes looks again when done, after giving up the place.
      writers.decrementAndGet();
      return;
    }
    List<Waiting<T>> batch = take();
    if (batch.isEmpty()) {
      writers.decrementAndGet();
      if (!queue.isEmpty()) {
        // Added after the look and before the place was given up.
        writeIfIdle();
      }
      return;
    }
    write
        .apply(batch.stream().map(Waiting::item).toList())
        .whenComplete((_, failure) -> written(batch, failure));
  }

  private void written(List<Waiting<T>> batch, Throwable failure) {
    writers.decrementAndGet();
    writeIfIdle();
    for (Waiting<T> done : batch) {
      if (failure == null) {
        done.durable().complete(null);
      } else {
        done.durable().completeExceptionally(failure);
      }
    }
  }

  private List<Waiting<T>> take() {
    List<Waiting<T>> batch = new ArrayList<>();
    while (batch.size() < MOST_AT_ONCE) {
      Waiting<T> next = queue.poll();
      if (next == null) {
        break;
      }
      batch.add(next);
    }
    waiting.addAndGet(-batch.size());
    return batch;
  }
}
