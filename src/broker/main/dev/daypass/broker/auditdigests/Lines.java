package dev.daypass.broker.auditdigests;

import dev.daypass.broker.audit.SettledTrail;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;

/// The lines of what is in the trail now.
@Singleton
final class Lines {
  /// Few enough that nothing else on the thread waits long for their hashes.
  private static final int WINDOW = 500;

  /// PostgreSQL reads some windows while another is hashed.
  private static final int AT_ONCE = 4;

  private final SettledTrail trail;

  Lines(SettledTrail trail) {
    this.trail = trail;
  }

  /// Of the records with numbers greater than `after` and up to `through`, in order.
  Uni<List<Line>> between(long after, long through) {
    int windows = Math.toIntExact((through - after + WINDOW - 1) / WINDOW);
    return Multi.createFrom()
        .range(0, windows)
        .map(i -> after + (long) i * WINDOW)
        .onItem()
        .transformToUni(from -> window(from, Math.min(from + WINDOW, through)))
        .merge(AT_ONCE)
        .collect()
        .asList()
        .map(Lines::inOrder);
  }

  private Uni<List<Line>> window(long after, long through) {
    return trail.window(after, through).map(entries -> entries.stream().map(Line::of).toList());
  }

  private static List<Line> inOrder(List<List<Line>> windows) {
    return windows.stream()
        .flatMap(List::stream)
        .sorted(Comparator.comparingLong(Line::sequence))
        .toList();
  }
}
