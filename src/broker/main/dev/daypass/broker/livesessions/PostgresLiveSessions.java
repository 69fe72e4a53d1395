package dev.daypass.broker.livesessions;

import static dev.daypass.wire.ErrorCode.VALIDATION_ERROR;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.broker.database.Page;
import dev.daypass.broker.livesessions.SessionQuery.By;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// The sessions that have not expired, from the trail's records of their beginnings.
@Singleton
final class PostgresLiveSessions {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Longer than any session lasts, so that no older record need be looked at.
  private static final Duration LONGEST = Duration.ofHours(37);

  private final Pool database;

  PostgresLiveSessions(Pool database) {
    this.database = database;
  }

  /// The session of this id, whoever's it is.
  Uni<Optional<LiveSession>> find(String id, Instant at) {
    return page(SessionQuery.of(By.ID, id, at, new Page.Wanted("", 1)))
        .map(page -> page.items().stream().findFirst());
  }

  /// Newest first.
  Uni<Page<LiveSession>> page(SessionQuery query) {
    return database
        .preparedQuery(
            """
            select event_id, time, record from issued_session
            where %s = $1 and expires_at > $2 and time > $3
              and ($4::text is null or account_id = $4)
              and ($5::text is null or session_id = $5 or lineage @> jsonb_build_array(jsonb_build_array($5)))
              and ($9::text is null or source_identity = $9)
              and ($6::timestamptz is null or (time, event_id) < ($6, $7::uuid))
            order by time desc, event_id desc limit $8
            """
                .formatted(query.by().column()))
        .execute(parameters(query))
        .map(PostgresLiveSessions::read)
        .map(found -> Page.of(found, query.page(), PostgresLiveSessions::position));
  }

  private static Tuple parameters(SessionQuery query) {
    Optional<Position> after =
        Optional.of(query.page().after()).filter(at -> !at.isEmpty()).map(Position::read);
    return Tuple.from(
        new @Nullable Object[] {
          query.value(),
          utc(query.at()),
          utc(query.at().minus(LONGEST)),
          query.account().orElse(null),
          query.descendantsOf().orElse(null),
          after.map(Position::time).orElse(null),
          after.map(Position::event).orElse(null),
          query.page().toFetch(),
          query.sourceIdentity().orElse(null)
        });
  }

  /// Where a page ended.
  private record Position(OffsetDateTime time, UUID event) {
    static Position read(String text) {
      try {
        String[] parts = text.split("/", 2);
        return new Position(utc(Instant.parse(parts[0])), UUID.fromString(parts[1]));
      } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException | DateTimeException _) {
        throw VALIDATION_ERROR.error("Invalid Marker.");
      }
    }
  }

  private static String position(LiveSession session) {
    return session.time() + "/" + session.event();
  }

  /// Who calls with these sessions, by their ids.
  Uni<Map<String, String>> arns(Collection<String> ids) {
    return database
        .preparedQuery(
            "select event_id, time, record from issued_session where session_id = any($1)")
        .execute(Tuple.of(ids.toArray(String[]::new)))
        .map(PostgresLiveSessions::read)
        .map(
            found ->
                found.stream()
                    .collect(
                        Collectors.toMap(LiveSession::id, LiveSession::arn, (newer, _) -> newer)));
  }

  private static List<LiveSession> read(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false).map(PostgresLiveSessions::read).toList();
  }

  private static LiveSession read(Row row) {
    try {
      return new LiveSession(
          row.getUUID("event_id"),
          row.getOffsetDateTime("time").toInstant(),
          JSON.readValue(row.getValue("record").toString(), ObjectNode.class));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored audit record does not parse", e);
    }
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
