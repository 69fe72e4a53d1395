package dev.daypass.broker.lastaccessed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.daypass.broker.access.Caller;
import dev.daypass.broker.database.Database;
import dev.daypass.policy.Principal;
import dev.daypass.wire.iam.AccessGranularity;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The reports of every account, for seven days and for whoever asked for them: the same user, or
/// the same role in whatever session. All of an account's together are bounded; the oldest go
/// first.
@Singleton
final class PostgresReports {
  private static final Duration KEPT = Duration.ofDays(7);

  /// Up to 128 MiB in an account: some 10,000 reports of a user or a role each.
  private static final String REMOVE_OLDEST =
      """
      with removed as (
        delete from access_report where id in (
          select id from (
            select id, sum(size) over (order by created_at desc, id) as together
            from access_report where account_id = ?1) as newest
          where together > 134217728)
        returning id)
      select id from removed
      """;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Database database;

  PostgresReports(Database database) {
    this.database = database;
  }

  /// A report as it is kept.
  record Stored(AccessGranularity granularity, Instant createdAt, Report report) {}

  /// Keeps a report in the transaction that the stream is in, and tells its id.
  Uni<String> add(Caller caller, AccessGranularity granularity, Report report) {
    AccessReportRow row = new AccessReportRow();
    row.id = UUID.randomUUID().toString();
    row.accountId = caller.account();
    row.ownerId = owner(caller);
    row.actionLevel = granularity == AccessGranularity.ACTION_LEVEL;
    row.createdAt = caller.origin().time();
    row.content = text(report);
    row.size = row.content.getBytes(StandardCharsets.UTF_8).length;
    return removeExpired(caller)
        .chain(() -> database.add(row))
        .chain(() -> database.run(REMOVE_OLDEST, caller.account()))
        .replaceWith(row.id);
  }

  private Uni<Integer> removeExpired(Caller caller) {
    return database.change(
        "delete from AccessReportRow where accountId = :account and createdAt <= :expired",
        Map.of("account", caller.account(), "expired", expired(caller)));
  }

  private static Instant expired(Caller caller) {
    return caller.origin().time().minus(KEPT);
  }

  /// The caller's report of this id. That of another is not there.
  Uni<Optional<Stored>> find(Caller caller, String id) {
    return database
        .find(
            AccessReportRow.class,
            """
            from AccessReportRow where id = :id and accountId = :account and ownerId = :owner
            and createdAt > :expired
            """,
            Map.of(
                "id",
                id,
                "account",
                caller.account(),
                "owner",
                owner(caller),
                "expired",
                expired(caller)))
        .map(found -> found.map(PostgresReports::stored));
  }

  private static String owner(Caller caller) {
    return caller.principal() instanceof Principal.AssumedRole role
        ? role.roleId()
        : caller.userId();
  }

  private static Stored stored(AccessReportRow row) {
    return new Stored(
        row.actionLevel ? AccessGranularity.ACTION_LEVEL : AccessGranularity.SERVICE_LEVEL,
        row.createdAt,
        parse(row.content));
  }

  private static String text(Report report) {
    try {
      return JSON.writeValueAsString(report);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a report has no JSON", e);
    }
  }

  private static Report parse(String content) {
    try {
      return JSON.readValue(content, Report.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored report does not parse", e);
    }
  }
}
