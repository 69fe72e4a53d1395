package dev.daypass.broker.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jboss.logging.Logger;

/// When users and roles last called each action, drawn from the trail to the quarter of an hour:
/// nobody waits for it to be written. What the caller was refused is there like what was done.
@Singleton
final class LastAccesses {
  private static final Logger LOG = Logger.getLogger(LastAccesses.class);
  private static final Duration GRAIN = Duration.ofMinutes(15);
  private static final long MOST_REMEMBERED = 200_000;
  private static final Set<String> ENTITIES = Set.of("IAMUser", "AssumedRole");
  private static final String HOST = ".amazonaws.com";

  /// Principals that have gone in the meantime are left out. The order keeps two that write at once
  /// from waiting for each other.
  private static final String NOTE =
      """
      insert into last_access (principal_id, service, action, at, region)
      select principal, service, action, at, region
      from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::text[])
        as e (principal, service, action, at, region)
      where exists (select 1 from iam_user where id = principal)
        or exists (select 1 from iam_role where id = principal)
      order by principal, service, action
      on conflict (principal_id, service, action) do update
        set at = excluded.at, region = excluded.region where last_access.at < excluded.at
      """;

  private record Key(String principalId, String service, String action) {}

  private record Access(Key key, OffsetDateTime at, String region) {}

  private final Pool database;
  private final Cache<Key, Boolean> noted =
      Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).expireAfterWrite(GRAIN).build();

  LastAccesses(Pool database) {
    this.database = database;
  }

  /// Notes what these entries tell, where it was not noted just now.
  void note(List<AuditEntry> entries) {
    List<Access> news =
        entries.stream()
            .flatMap(entry -> access(entry).stream())
            .filter(access -> noted.asMap().putIfAbsent(access.key(), true) == null)
            .toList();
    if (!news.isEmpty()) {
      write(news);
    }
  }

  private static Optional<Access> access(AuditEntry entry) {
    JsonNode identity = entry.record().path("userIdentity");
    if (!ENTITIES.contains(identity.path("type").asText())) {
      return Optional.empty();
    }
    // A failed sign-in names somebody who was not proven, and has no id.
    return Optional.of(identity.path("principalId").asText().split(":", 2)[0])
        .filter(id -> !id.isEmpty())
        .map(
            id ->
                new Access(
                    new Key(id, service(entry.eventSource()), entry.eventName()),
                    entry.time().atOffset(ZoneOffset.UTC),
                    entry.record().path("awsRegion").asText()));
  }

  private static String service(String eventSource) {
    return eventSource.endsWith(HOST)
        ? eventSource.substring(0, eventSource.length() - HOST.length())
        : eventSource;
  }

  private void write(List<Access> news) {
    database
        .preparedQuery(NOTE)
        .execute(
            Tuple.from(
                new Object[] {
                  texts(news, access -> access.key().principalId()),
                  texts(news, access -> access.key().service()),
                  texts(news, access -> access.key().action()),
                  news.stream().map(Access::at).toArray(OffsetDateTime[]::new),
                  texts(news, Access::region)
                }))
        .subscribe()
        .with(_ -> {}, failure -> forget(news, failure));
  }

  private static String[] texts(List<Access> news, Function<Access, String> text) {
    return news.stream().map(text).toArray(String[]::new);
  }

  /// The next access is noted instead.
  private void forget(List<Access> news, Throwable failure) {
    LOG.warn("could not note last accesses", failure);
    news.forEach(access -> noted.invalidate(access.key()));
  }
}
