package dev.daypass.broker;

import dev.daypass.broker.Wire.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/// Many calls at once.
final class Race {
  private Race() {}

  /// The codes of the answers to calls that all begin at once.
  static List<String> atOnce(int times, IntFunction<Reply> call) {
    List<Callable<String>> calls = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      int number = i;
      calls.add(() -> call.apply(number).code());
    }
    List<String> codes = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(times)) {
      for (Future<String> done : threads.invokeAll(calls)) {
        codes.add(done.get());
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
    return codes;
  }
}
