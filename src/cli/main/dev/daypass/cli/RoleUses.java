package dev.daypass.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.daypass.client.Role;
import dev.daypass.client.store.PrivateFiles;
import dev.daypass.client.store.StoreUnavailable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// How often and how recently each role was used, so that a list of many begins with the likely
/// ones.
final class RoleUses {
  private static final String FILE = "roles-used.json";

  private final PrivateFiles files;
  private final Clock clock;

  RoleUses(Path folder, Clock clock) {
    this.files = new PrivateFiles(folder);
    this.clock = clock;
  }

  private record Use(long count, Instant last) {
    static Use of(Object kept) {
      Map<?, ?> fields = (Map<?, ?>) kept;
      return new Use(
          ((Number) java.util.Objects.requireNonNull(fields.get("count"))).longValue(),
          Instant.parse(String.valueOf(fields.get("last"))));
    }

    /// A use an hour ago counts eight times one of last month.
    double weight(Instant now) {
      Duration ago = Duration.between(last, now);
      if (ago.compareTo(Duration.ofHours(1)) < 0) {
        return count * 4.0;
      }
      if (ago.compareTo(Duration.ofDays(1)) < 0) {
        return count * 2.0;
      }
      return ago.compareTo(Duration.ofDays(7)) < 0 ? count : count / 2.0;
    }
  }

  /// Counts one more use of a role. Not worth failing for.
  void count(String arn) {
    try {
      files.locked(
          () -> {
            Map<String, Object> all = all();
            long before = Optional.ofNullable(all.get(arn)).map(Use::of).map(Use::count).orElse(0L);
            all.put(arn, Map.of("count", before + 1, "last", clock.instant().toString()));
            files.writeText(FILE, JSON.std.asString(all));
            return all;
          });
    } catch (StoreUnavailable _) {
      // The order of a list is a comfort.
    }
  }

  /// The likely ones first, then by account and name.
  List<Role> sorted(List<Role> roles) {
    Map<String, Object> all = all();
    Instant now = clock.instant();
    return roles.stream()
        .sorted(
            Comparator.comparingDouble(
                    (Role role) ->
                        -Optional.ofNullable(all.get(role.arn()))
                            .map(Use::of)
                            .map(use -> use.weight(now))
                            .orElse(0.0))
                .thenComparing(Role::account)
                .thenComparing(Role::name))
        .toList();
  }

  /// What cannot be read is begun anew.
  private Map<String, Object> all() {
    Map<String, Object> all = new TreeMap<>();
    try {
      Optional<String> text = files.text(FILE);
      if (text.isPresent()) {
        JSON.std.mapFrom(text.get()).forEach((arn, kept) -> put(all, arn, kept));
      }
    } catch (IOException _) {
      all.clear();
    }
    return all;
  }

  private static void put(Map<String, Object> all, String arn, Object kept) {
    try {
      Use.of(kept);
      all.put(arn, kept);
    } catch (RuntimeException _) {
      // Somebody else's writing.
    }
  }
}
