package dev.daypass.broker.changes;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Things read from the database and kept in memory until the database says that they changed. What
/// is not there is asked for again each time, so that a thing just made is found at once. Bounded.
public final class Kept<T> {
  private final Changes changes;
  private final String prefix;
  private final Function<String, Uni<Optional<T>>> read;
  private final Cache<String, T> memory;

  /// Keeps up to `most` things, each under the name that follows `prefix` in the keys of changes.
  public Kept(Changes changes, String prefix, long most, Function<String, Uni<Optional<T>>> read) {
    this.changes = changes;
    this.prefix = prefix;
    this.read = read;
    this.memory = Caffeine.newBuilder().maximumSize(most).build();
    changes.listen(this::drop);
  }

  /// The thing of this name. Fails as the database does.
  public Uni<Optional<T>> find(String name) {
    if (!changes.fresh()) {
      return read.apply(name);
    }
    T kept = memory.getIfPresent(name);
    if (kept != null) {
      return Uni.createFrom().item(Optional.of(kept));
    }
    long epoch = changes.epoch();
    return read.apply(name).invoke(found -> found.ifPresent(thing -> keep(name, thing, epoch)));
  }

  /// INVARIANT: a change moves the epoch first and drops the thing after. So either this sees the
  /// new epoch and keeps nothing, or it keeps before the drop.
  private void keep(String name, T thing, long epoch) {
    memory.asMap().compute(name, (_, kept) -> changes.epoch() == epoch ? thing : kept);
  }

  private void drop(String changed) {
    if (changed.equals("*")) {
      memory.asMap().keySet().forEach(this::forget);
    } else if (changed.startsWith(prefix)) {
      forget(changed.substring(prefix.length()));
    }
  }

  private void forget(String name) {
    // Not invalidate(): a compute that is under way on this name must come first or see the new
    // epoch.
    memory.asMap().compute(name, (_, _) -> Kept.<T>nothing());
  }

  private static <T> @Nullable T nothing() {
    return null;
  }
}
