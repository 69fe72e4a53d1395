package dev.daypass.broker.auditdigests;

import dev.daypass.broker.auditdigests.Problem.Code;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// What was signed beside what is there now. Both go by the records' numbers.
final class Comparison {
  private Comparison() {}

  /// The first difference. What is older than `expired` may be gone, but not changed.
  static Optional<Problem> of(List<Line> signed, List<Line> there, Optional<Instant> expired) {
    Iterator<Line> now = there.iterator();
    Optional<Line> next = next(now);
    for (Line line : signed) {
      if (next.isPresent() && next.get().sequence() < line.sequence()) {
        return Optional.of(Problem.record(Code.ADDED, next.get()));
      }
      if (next.isEmpty() || next.get().sequence() > line.sequence()) {
        if (expired.filter(before -> line.time().isBefore(before)).isEmpty()) {
          return Optional.of(Problem.record(Code.REMOVED, line));
        }
        continue;
      }
      if (!next.get().equals(line)) {
        return Optional.of(Problem.record(Code.CHANGED, line));
      }
      next = next(now);
    }
    return next.map(added -> Problem.record(Code.ADDED, added));
  }

  private static Optional<Line> next(Iterator<Line> lines) {
    return lines.hasNext() ? Optional.of(lines.next()) : Optional.empty();
  }
}
