package dev.daypass.broker.rolesanywhere;

import dev.daypass.broker.access.CertificateFederation;
import dev.daypass.broker.database.Database;
import dev.daypass.broker.database.Page;
import dev.daypass.wire.rolesanywhere.SubjectMessages.CredentialSummary;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who came with which certificates. It is noted once a minute for each, and forgotten after a
/// quarter of a year: the trail has it all.
@Singleton
final class Subjects {
  private static final Duration KEPT_FOR = Duration.ofDays(90);
  private static final int MOST_SHOWN = 100;

  private static final String NOTE =
      """
      with forgotten as (
        delete from x509_credential where subject_id = $1 and seen_at < $6
      ), gone as (
        delete from x509_subject where account_id = $2 and last_seen_at < $6 and id <> $1
      ), seen as (
        insert into x509_subject (id, account_id, region, name, created_at, last_seen_at)
        values ($1, $2, $3, $4, $5, $5)
        on conflict (id) do update set last_seen_at = excluded.last_seen_at
        where x509_subject.last_seen_at < excluded.last_seen_at - interval '1 minute'
      )
      insert into x509_credential (subject_id, fingerprint, serial_number, issuer, certificate, seen_at)
      values ($1, $7, $8, $9, $10, $5)
      on conflict (subject_id, fingerprint) do update set seen_at = excluded.seen_at
      where x509_credential.seen_at < excluded.seen_at - interval '1 minute'
      """;

  private final Database database;
  private final Pool pool;

  Subjects(Database database, Pool pool) {
    this.database = database;
    this.pool = pool;
  }

  /// Notes that somebody came.
  ///
  /// @param certificate in PEM
  Uni<Void> note(
      String account, String region, CertificateFederation seen, String certificate, Instant now) {
    return pool.preparedQuery(NOTE)
        .execute(
            Tuple.from(
                List.of(
                    Subject.id(account, seen.subject()),
                    account,
                    region,
                    seen.subject(),
                    now.atOffset(ZoneOffset.UTC),
                    now.minus(KEPT_FOR).atOffset(ZoneOffset.UTC),
                    seen.fingerprint(),
                    seen.serialNumber(),
                    seen.issuer(),
                    certificate)))
        .replaceWithVoid();
  }

  Uni<Optional<Subject>> find(String account, String id) {
    return database
        .find(
            SubjectRow.class,
            "from SubjectRow where id = :id and accountId = :account",
            Map.of("id", id, "account", account))
        .map(found -> found.map(SubjectRow::toSubject));
  }

  Uni<Page<Subject>> page(String account, Page.Wanted wanted) {
    return database
        .list(
            SubjectRow.class,
            "from SubjectRow where accountId = :account and id > :after order by id",
            Map.of("account", account, "after", wanted.after()),
            wanted.toFetch())
        .map(rows -> Page.of(rows, wanted, row -> row.id))
        .map(page -> page.map(SubjectRow::toSubject));
  }

  /// The certificates of a subject, those seen last first.
  Uni<List<CredentialSummary>> credentials(String id) {
    return database
        .list(
            CredentialRow.class,
            "from X509CredentialRow where subjectId = :id order by seenAt desc",
            Map.of("id", id),
            MOST_SHOWN)
        .map(rows -> rows.stream().map(CredentialRow::onWire).toList());
  }
}
