package dev.daypass.broker.lastaccessed;

import dev.daypass.wire.iam.LastAccessedMessages.EntityDetails;
import dev.daypass.wire.iam.LastAccessedMessages.EntityInfo;
import dev.daypass.wire.iam.LastAccessedMessages.ServiceLastAccessed;
import dev.daypass.wire.iam.LastAccessedMessages.TrackedActionLastAccessed;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a report says, as it is kept. Times are in milliseconds since 1970.
///
/// @param services by namespace
/// @param entities the users and roles it is about
record Report(List<Line> services, List<Entity> entities) {
  /// Whether the service is one that the subject could access.
  boolean gives(String service) {
    return services.stream().anyMatch(line -> line.name().equals(service));
  }

  /// The entities: those who called the service last come first, and those who never did come last.
  List<Entity> newestFirst(String service) {
    return entities.stream()
        .sorted(
            Comparator.comparingLong((Entity entity) -> entity.last(service))
                .reversed()
                .thenComparing(Entity::id))
        .toList();
  }

  /// A call.
  record Call(long at, String region, String entity) {}

  /// A service, or an action of one.
  ///
  /// @param last absent where nobody called it
  /// @param callers how many users and roles did
  record Line(String name, @Nullable Call last, int callers, List<Line> actions) {
    private Optional<Call> call() {
      return Optional.ofNullable(last);
    }

    /// AWS leaves the actions out where there are none.
    ServiceLastAccessed onWire(boolean withActions) {
      return new ServiceLastAccessed(
          ServiceNames.of(name),
          call().map(Call::at).map(Instant::ofEpochMilli),
          name,
          call().map(Call::entity),
          call().map(Call::region),
          callers,
          withActions && !actions.isEmpty()
              ? Optional.of(actions.stream().map(Line::asAction).toList())
              : Optional.empty());
    }

    private TrackedActionLastAccessed asAction() {
      return new TrackedActionLastAccessed(
          name,
          call().map(Call::entity),
          call().map(Call::at).map(Instant::ofEpochMilli),
          call().map(Call::region));
    }
  }

  /// A user or a role.
  ///
  /// @param accesses when it last called each service that it called
  record Entity(
      String kind, String id, String arn, String name, String path, Map<String, Long> accesses) {

    private long last(String service) {
      return accesses.getOrDefault(service, Long.MIN_VALUE);
    }

    EntityDetails onWire(String service) {
      return new EntityDetails(
          new EntityInfo(arn, name, kind, id, path),
          Optional.ofNullable(accesses.get(service)).map(Instant::ofEpochMilli));
    }
  }
}
