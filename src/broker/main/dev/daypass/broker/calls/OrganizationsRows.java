package dev.daypass.broker.calls;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Target;
import dev.daypass.wire.Request;
import dev.daypass.wire.Service;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.function.BiFunction;

/// How rows of Organizations are written: some of its actions touch several things.
final class OrganizationsRows {
  private OrganizationsRows() {}

  static <I extends Request<R>, R> Action<I, R> read(
      Class<I> type,
      BiFunction<Caller, I, Uni<List<Target>>> targets,
      BiFunction<Caller, I, Uni<R>> handler) {
    return row(type, false, targets, handler);
  }

  static <I extends Request<R>, R> Action<I, R> write(
      Class<I> type,
      BiFunction<Caller, I, Uni<List<Target>>> targets,
      BiFunction<Caller, I, Uni<R>> handler) {
    return row(type, true, targets, handler);
  }

  private static <I extends Request<R>, R> Action<I, R> row(
      Class<I> type,
      boolean writes,
      BiFunction<Caller, I, Uni<List<Target>>> targets,
      BiFunction<Caller, I, Uni<R>> handler) {
    return new Action<>(
        Service.ORGANIZATIONS, type, writes, new Action.Permission.Every<>(targets), handler);
  }
}
