package dev.daypass.broker.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;
import org.hibernate.reactive.mutiny.Mutiny;

/// The trail in PostgreSQL.
@Singleton
final class PostgresAudit implements Audit {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String COLUMNS =
      "id, account_id, time, event_source, event_name, user_name, access_key_id, error_code, record";

  private static final String INSERT =
      """
      insert into audit_event (%s)
      select id, account, time, source, name, user_name, key, error, record::jsonb
      from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::text[], $5::text[], $6::text[],
                  $7::text[], $8::text[], $9::text[])
        as e (id, account, time, source, name, user_name, key, error, record)
      """
          .formatted(COLUMNS);

  private final Pool database;
  private final Mutiny.SessionFactory sessions;
  private final Vertx vertx;
  private final LastAccesses lastAccesses;
  private final GroupCommit<AuditEntry> commits;

  PostgresAudit(
      Pool database, Mutiny.SessionFactory sessions, Vertx vertx, LastAccesses lastAccesses) {
    this.database = database;
    this.sessions = sessions;
    this.vertx = vertx;
    this.lastAccesses = lastAccesses;
    this.commits = new GroupCommit<>(this::insertAll);
  }

  @Override
  public Uni<Void> append(AuditEntry entry) {
    CompletableFuture<Void> durable = commits.add(entry);
    Context caller = vertx.getOrCreateContext();
    return Uni.createFrom()
        .completionStage(durable)
        .emitOn(work -> caller.runOnContext(_ -> work.run()));
  }

  @Override
  public Uni<Void> appendInTransaction(AuditEntry entry) {
    return sessions
        .withSession(session -> session.persist(AuditRow.of(entry, text(entry.record()))))
        .invoke(() -> lastAccesses.note(List.of(entry)))
        .replaceWithVoid();
  }

  /// One statement, one round trip, one commit, however many entries.
  private CompletableFuture<Void> insertAll(List<AuditEntry> entries) {
    return database
        .preparedQuery(INSERT)
        .execute(columns(entries))
        .invoke(() -> lastAccesses.note(entries))
        .replaceWithVoid()
        .subscribeAsCompletionStage();
  }

  private static Tuple columns(List<AuditEntry> entries) {
    return Tuple.from(
        new Object[] {
          entries.stream().map(AuditEntry::id).toArray(UUID[]::new),
          entries.stream().map(entry -> entry.account().orElse(null)).toArray(String[]::new),
          entries.stream().map(entry -> utc(entry.time())).toArray(OffsetDateTime[]::new),
          entries.stream().map(AuditEntry::eventSource).toArray(String[]::new),
          entries.stream().map(AuditEntry::eventName).toArray(String[]::new),
          entries.stream().map(entry -> entry.userName().orElse(null)).toArray(String[]::new),
          entries.stream().map(entry -> entry.accessKeyId().orElse(null)).toArray(String[]::new),
          entries.stream().map(entry -> entry.errorCode().orElse(null)).toArray(String[]::new),
          entries.stream().map(entry -> text(entry.record())).toArray(String[]::new)
        });
  }

  @Override
  public Uni<List<AuditEntry>> find(AuditQuery query) {
    AuditSearch search = AuditSearch.of(query);
    return database
        .preparedQuery(
            "select %s from audit_event where %s".formatted(COLUMNS, search.conditions()))
        .execute(search.parameters())
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(PostgresAudit::toEntry)
                    .toList());
  }

  private static AuditEntry toEntry(Row row) {
    return new AuditEntry(
        row.getUUID("id"),
        Optional.ofNullable(row.getString("account_id")),
        row.getOffsetDateTime("time").toInstant(),
        row.getString("event_source"),
        row.getString("event_name"),
        Optional.ofNullable(row.getString("user_name")),
        Optional.ofNullable(row.getString("access_key_id")),
        Optional.ofNullable(row.getString("error_code")),
        parse(row.getValue("record").toString()));
  }

  private static ObjectNode parse(String record) {
    try {
      return JSON.readValue(record, ObjectNode.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored audit record does not parse", e);
    }
  }

  private static String text(ObjectNode record) {
    // PostgreSQL's jsonb knows no NUL; nothing of value can contain one.
    return record.toString().replace("\\u0000", "\\ufffd");
  }

  static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
