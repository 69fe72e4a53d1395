package dev.daypass.broker.notices;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.audit.Audit;
import dev.daypass.broker.audit.CloudTrail;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/// What happened to a person's second factors and was not dismissed yet, whoever did it, from the
/// trail: what is in it cannot be left out here.
@Singleton
public final class Notices {
  /// What nobody has looked at for so long is told no more; it stays in the trail.
  private static final Duration TOLD_FOR = Duration.ofDays(30);

  private static final int MOST = 5;

  /// Its conditions are those of the index `audit_event_notice`. A deed that names nobody was done
  /// to oneself; what was done to a former user of the name is not told.
  private static final String OF_USER =
      """
      select e.event_name, e.time, e.user_name, u.name,
        e.record ->> 'sourceIPAddress' as address, e.record ->> 'userAgent' as agent
      from iam_user u
      left join notice_dismissal d on d.user_id = u.id
      join audit_event e on e.account_id = u.account_id
        and e.time > greatest(u.created_at, coalesce(d.until, u.created_at), $2::timestamptz)
        and lower(coalesce(e.record #>> '{requestParameters,userName}', e.user_name)) = lower(u.name)
      where u.id = $1 and e.error_code is null
        and (e.event_name in ('EnableMFADevice', 'DeactivateMFADevice', 'CreateRecoveryCodes', 'EnrolUser')
          or e.record #>> '{additionalEventData,MFAIdentifier}' = 'recovery-code')
      order by e.time desc
      limit $3
      """;

  /// Never back: of two windows, the one that was shown more has the say.
  private static final String DISMISS =
      """
      insert into notice_dismissal as d (user_id, until) values ($1, $2)
      on conflict (user_id) do update set until = greatest(d.until, excluded.until)
      """;

  private final Pool database;
  private final Audit audit;

  Notices(Pool database, Audit audit) {
    this.database = database;
    this.audit = audit;
  }

  /// The newest few, newest first.
  public Uni<List<Notice>> of(Caller caller) {
    Instant oldest = caller.origin().time().minus(TOLD_FOR);
    return database
        .preparedQuery(OF_USER)
        .execute(Tuple.of(caller.userId(), oldest.atOffset(ZoneOffset.UTC), MOST))
        .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(Notices::read).toList());
  }

  private static Notice read(Row row) {
    Optional<String> by =
        Optional.ofNullable(row.getString("user_name"))
            .filter(name -> !name.equalsIgnoreCase(row.getString("name")));
    return new Notice(
        Notice.Event.of(row.getString("event_name")),
        by,
        Optional.ofNullable(row.getString("address")).orElse(""),
        Optional.ofNullable(row.getString("agent")).orElse(""),
        row.getOffsetDateTime("time").toInstant());
  }

  /// The person knows what happened until an instant, which cannot be in the future. The trail
  /// keeps that they said so.
  public Uni<Void> dismiss(Caller caller, Instant until) {
    Instant now = caller.origin().time();
    Instant known = until.isAfter(now) ? now : until;
    CloudTrail trail =
        new CloudTrail(caller.origin())
            .event("signin.amazonaws.com", "DismissNotices", "AwsServiceEvent")
            .readOnly(false)
            .by(caller);
    return audit
        .append(trail.entry())
        .chain(
            () ->
                database
                    .preparedQuery(DISMISS)
                    .execute(Tuple.of(caller.userId(), known.atOffset(ZoneOffset.UTC))))
        .replaceWithVoid();
  }
}
