package dev.daypass.broker.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
  @Test
  void everything_is_written_once_whoever_comes_when() throws Exception {
    List<Integer> written = Collections.synchronizedList(new ArrayList<>());
    AtomicInteger writes = new AtomicInteger();
    try (var later = Executors.newScheduledThreadPool(2);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      GroupCommit<Integer> commits =
          new GroupCommit<>(
              batch -> {
                writes.incrementAndGet();
                CompletableFuture<Void> done = new CompletableFuture<>();
                later.schedule(
                    () -> {
                      written.addAll(batch);
                      done.complete(null);
                    },
                    1,
                    TimeUnit.MILLISECONDS);
                return done;
              });
      List<CompletableFuture<Void>> durable = Collections.synchronizedList(new ArrayList<>());
      for (int i = 0; i < 10_000; i++) {
        int item = i;
        threads.submit(() -> durable.add(commits.add(item)));
      }
      threads.shutdown();
      assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
      CompletableFuture.allOf(durable.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);
    }

    assertThat(written).hasSize(10_000).doesNotHaveDuplicates();
    assertThat(writes.get()).isLessThan(10_000);
  }

  @Test
  void a_write_that_fails_fails_for_those_in_it_and_nobody_else() throws Exception {
    AtomicInteger writes = new AtomicInteger();
    GroupCommit<String> commits =
        new GroupCommit<>(
            _ ->
                writes.getAndIncrement() == 0
                    ? CompletableFuture.failedFuture(new IllegalStateException("disk full"))
                    : CompletableFuture.completedFuture(null));

    CompletableFuture<Void> first = commits.add("a");
    CompletableFuture<Void> second = commits.add("b");

    assertThat(org.assertj.core.api.Assertions.catchThrowable(first::get))
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("disk full");
    second.get(1, TimeUnit.SECONDS);
  }

  @Test
  void what_waits_is_bounded() {
    GroupCommit<Integer> stuck = new GroupCommit<>(_ -> new CompletableFuture<>());
    CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

    for (int i = 0; i < 30_000; i++) {
      last = stuck.add(i);
    }

    assertThat(last).isCompletedExceptionally();
    assertThat(last.exceptionNow()).isInstanceOf(Overloaded.class);
  }
}
