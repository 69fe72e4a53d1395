package dev.daypass.broker.guards;

import dev.daypass.broker.changes.Changes;
import dev.daypass.broker.revocations.Revocations;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// Tells guards what changed, under names that only who depends on a thing can tell: names of
/// accounts, users and roles are nobody's business but theirs. What no lent key names as a
/// dependency of its own concerns them all.
@Singleton
public final class ChangeFeed {
  /// Anything may have changed.
  public static final String ANYTHING = "*";

  private static final int MOST_LISTENERS = 1_000;
  private static final int NAME_BYTES = 16;
  private static final List<String> KINDS =
      List.of("user:", "group:", "role:", "policy:", "key:", Revocations.CHANGED);
  // By then every node has read anew what it reads in the background, such as its keys.
  private static final long AGAIN_MILLIS = 2_000;

  private final Changes changes;
  private final Vertx vertx;
  private final Set<Consumer<String>> listeners = ConcurrentHashMap.newKeySet();

  ChangeFeed(Changes changes, Vertx vertx) {
    this.changes = changes;
    this.vertx = vertx;
  }

  void start(@Observes StartupEvent started) {
    changes.listen(this::tell);
  }

  /// Calls `listener` with the name of each thing that changed, or [#ANYTHING], until it is
  /// [#forget]ed. False where too many listen already.
  public boolean listen(Consumer<String> listener) {
    return listeners.size() < MOST_LISTENERS && listeners.add(listener);
  }

  public void forget(Consumer<String> listener) {
    listeners.remove(listener);
  }

  /// What a thing is called towards guards: 128 bits of a hash.
  public static String nameOf(String changed) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(changed.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(Arrays.copyOf(hash, NAME_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  private void tell(String key) {
    String changed = Revocations.changed(key);
    if (KINDS.stream().anyMatch(changed::startsWith)) {
      String name = nameOf(changed);
      listeners.forEach(listener -> listener.accept(name));
      return;
    }
    tellAnything();
    vertx.setTimer(AGAIN_MILLIS, _ -> tellAnything());
  }

  private void tellAnything() {
    listeners.forEach(listener -> listener.accept(ANYTHING));
  }
}
