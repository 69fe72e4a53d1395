package dev.daypass.broker.lastaccessed;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.StreamSupport;

/// What the trail told of users' and roles' last calls, refused ones among them.
@Singleton
final class Accesses {
  private static final String BY_PRINCIPAL =
      """
      select distinct on (principal_id, service) principal_id, service, '' as action, at, region
      from last_access where principal_id = any($1) and at > $2
      order by principal_id, service, at desc
      """;

  private static final String BY_ACTION =
      """
      select distinct on (service, action) principal_id, service, action, at, region
      from last_access where principal_id = any($1) and at > $2
      order by service, action, at desc, principal_id
      """;

  /// @param action empty where the service as a whole is meant
  record Access(String principalId, String service, String action, Instant at, String region) {}

  private final Pool database;

  Accesses(Pool database) {
    this.database = database;
  }

  /// Each principal's last call of each service.
  Uni<List<Access>> byPrincipal(List<String> principalIds, Instant since) {
    return list(BY_PRINCIPAL, principalIds, since);
  }

  /// The last call of each action by any of the principals.
  Uni<List<Access>> byAction(List<String> principalIds, Instant since) {
    return list(BY_ACTION, principalIds, since);
  }

  private Uni<List<Access>> list(String query, List<String> principalIds, Instant since) {
    return database
        .preparedQuery(query)
        .execute(Tuple.of(principalIds.toArray(String[]::new), since.atOffset(ZoneOffset.UTC)))
        .map(
            rows -> StreamSupport.stream(rows.spliterator(), false).map(Accesses::access).toList());
  }

  private static Access access(Row row) {
    return new Access(
        row.getString("principal_id"),
        row.getString("service"),
        row.getString("action"),
        row.getOffsetDateTime("at").toInstant(),
        row.getString("region"));
  }
}
