package dev.daypass.broker.auditdigests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.daypass.broker.TestServers;
import dev.daypass.broker.audit.Audit;
import dev.daypass.broker.audit.AuditConfig;
import dev.daypass.broker.audit.AuditEntry;
import dev.daypass.broker.audit.AuditPartitions;
import dev.daypass.broker.audit.SettledTrail;
import dev.daypass.broker.auditdigests.Problem.Code;
import dev.daypass.broker.auditdigests.Verification.Against;
import dev.daypass.broker.signing.KeyPurpose;
import dev.daypass.broker.signing.SigningKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whoever can write to the database cannot change what was signed without it being found.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class AuditDigestsTest {
  private static final String ACCOUNT = "444455556666";
  private static final Instant LONG_AGO = Instant.parse("2003-05-17T10:00:00Z");

  @Inject Pool database;
  @Inject Audit audit;
  @Inject SettledTrail trail;
  @Inject Digests digests;
  @Inject DigestTokens tokens;
  @Inject PostgresDigests stored;
  @Inject Verification verification;
  @Inject AuditPartitions partitions;
  @Inject SigningKeys keys;
  @Inject Clock clock;

  @BeforeEach
  void sign_what_was_there() {
    done(digests.catchUp());
  }

  private static <T> T done(Uni<T> work) {
    return work.await().atMost(Duration.ofSeconds(30));
  }

  private void sql(String statement) {
    done(database.query(statement).execute());
  }

  private UUID append(Instant time) {
    UUID id = UUID.randomUUID();
    done(
        audit.append(
            new AuditEntry(
                id,
                Optional.of(ACCOUNT),
                time,
                "sts.amazonaws.com",
                "AssumeRole",
                Optional.of("alice"),
                Optional.empty(),
                Optional.empty(),
                new ObjectMapper().createObjectNode().put("eventID", id.toString()))));
    return id;
  }

  private List<UUID> append(int count) {
    return LongStream.range(0, count).mapToObj(_ -> append(clock.instant())).toList();
  }

  private long sequence(UUID id) {
    return done(
        database
            .query("select sequence from audit_event where id = '%s'".formatted(id))
            .execute()
            .map(rows -> rows.iterator().next().getLong("sequence")));
  }

  private long last() {
    return done(stored.last()).map(StoredDigest::number).orElse(0L);
  }

  /// What is wrong with the digests behind that number.
  private List<Problem> problems(long after) {
    List<Problem> found = new ArrayList<>();
    Optional<StoredDigest> before = done(stored.at(after));
    Optional<Instant> expired =
        done(stored.last())
            .flatMap(newest -> DigestTokens.prove(newest.token(), done(tokens.everyKey())))
            .flatMap(Digest::expiredBefore);
    Optional<StoredDigest> next = done(stored.next(after));
    while (next.isPresent()) {
      Against against = new Against(before, done(tokens.everyKey()), expired);
      done(verification.verify(next.get(), against)).problem().ifPresent(found::add);
      before = next;
      next = done(stored.next(next.get().number()));
    }
    return found;
  }

  /// Changes the trail by these statements, looks, and puts everything back.
  private List<Problem> problemsAfter(long after, String change) {
    sql("drop table if exists events_before, digests_before");
    sql(
        "create table events_before as select * from audit_event where account_id = '444455556666'");
    sql("create table digests_before as select * from audit_digest");
    try {
      sql(change);
      return problems(after);
    } finally {
      sql(
          "delete from audit_event where account_id = '444455556666' or id in (select id from events_before)");
      sql("insert into audit_event select * from events_before");
      sql("truncate audit_digest");
      sql("insert into audit_digest select * from digests_before");
      assertThat(problems(after)).isEmpty();
    }
  }

  @Test
  void a_trail_that_nobody_touched_is_found_as_it_was_signed() {
    long before = last();
    append(20);
    done(digests.catchUp());
    append(3);
    done(digests.catchUp());

    assertThat(last()).isEqualTo(before + 2);
    assertThat(problems(0)).isEmpty();
  }

  @Test
  void nothing_new_makes_no_digest() {
    long before = last();
    done(digests.catchUp());

    assertThat(last()).isEqualTo(before);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CHANGED | update audit_event set record = jsonb_set(record, '{userAgent}', '"x"') where id = '%s'
          CHANGED | update audit_event set event_name = 'GetCallerIdentity' where id = '%s'
          CHANGED | update audit_event set user_name = 'mallory' where id = '%s'
          CHANGED | update audit_event set user_name = null where id = '%s'
          CHANGED | update audit_event set account_id = null, error_code = account_id where id = '%s'
          CHANGED | update audit_event set time = time + interval '1 microsecond' where id = '%s'
          REMOVED | delete from audit_event where id = '%s'
          REMOVED | update audit_event set sequence = sequence + 1000000 where id = '%s'
          """)
  void a_record_that_was_tampered_with_is_named(Code code, String change) {
    long before = last();
    List<UUID> ids = append(9);
    done(digests.catchUp());
    UUID victim = ids.get(4);
    long sequence = sequence(victim);

    List<Problem> found = problemsAfter(before, change.formatted(victim));

    assertThat(found.getFirst().code()).isEqualTo(code);
    assertThat(found.getFirst().message()).startsWith("record " + sequence + " of ");
  }

  @Test
  void records_that_changed_places_are_found() {
    long before = last();
    List<UUID> ids = append(5);
    done(digests.catchUp());
    long first = sequence(ids.get(1));
    long second = sequence(ids.get(3));

    List<Problem> found =
        problemsAfter(
            before,
            "update audit_event set sequence = %d - sequence where id in ('%s', '%s')"
                .formatted(first + second, ids.get(1), ids.get(3)));

    assertThat(found)
        .singleElement()
        .satisfies(problem -> assertThat(problem.code()).isEqualTo(Code.CHANGED))
        .satisfies(problem -> assertThat(problem.message()).contains("record " + first));
  }

  @Test
  void a_record_that_was_put_in_where_a_number_was_free_is_found() {
    long before = last();
    append(1);
    done(database.query("select nextval('audit_sequence')").execute());
    UUID after = append(1).getFirst();
    done(digests.catchUp());
    long free = sequence(after) - 1;

    List<Problem> found =
        problemsAfter(
            before,
            "insert into audit_event select gen_random_uuid(), account_id, time, event_source, event_name,"
                + " user_name, access_key_id, error_code, record, "
                + free
                + " from audit_event where id = '"
                + after
                + "'");

    assertThat(found)
        .singleElement()
        .isEqualTo(
            new Problem(
                Code.ADDED, "record %d of %s was put in afterwards".formatted(free, time(after))));
  }

  private Instant time(UUID id) {
    return done(
        database
            .query("select time from audit_event where id = '%s'".formatted(id))
            .execute()
            .map(rows -> rows.iterator().next().getOffsetDateTime("time").toInstant()));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          BROKEN_CHAIN  | delete from audit_digest where number = %1$d
          BROKEN_CHAIN  | update audit_digest set through = through + 1 where number = %1$d
          BROKEN_CHAIN  | update audit_digest d set token = (select token from audit_digest where number = d.number + 1) where number = %1$d
          NOT_SIGNED    | update audit_digest set token = concat('x', token) where number = %1$d
          NOT_SIGNED    | update audit_digest set token = concat(left(token, -4), 'AAAA') where number = %1$d
          LINES_CHANGED | update audit_digest set lines = substr(lines, 49) where number = %1$d
          LINES_CHANGED | update audit_digest set lines = set_byte(lines, 20, 255 - get_byte(lines, 20)) where number = %1$d
          """)
  void a_digest_that_was_tampered_with_is_found(Code code, String change) {
    long before = last();
    for (int i = 0; i < 3; i++) {
      append(2);
      done(digests.catchUp());
    }

    List<Problem> found = problemsAfter(before, change.formatted(before + 2));

    assertThat(found.getFirst().code()).isEqualTo(code);
  }

  @Test
  void lines_that_agree_with_a_changed_record_were_not_signed() {
    long before = last();
    UUID victim = append(1).getFirst();
    done(digests.catchUp());
    long sequence = sequence(victim);
    String change =
        "update audit_event set user_name = 'mallory' where id = '%s'".formatted(victim);
    sql(change);
    byte[] agreeing =
        Line.bytes(List.of(Line.of(done(trail.window(sequence - 1, sequence)).getFirst())));
    sql("update audit_event set user_name = 'alice' where id = '%s'".formatted(victim));

    List<Problem> found =
        problemsAfter(
            before,
            "update audit_digest set lines = '\\x%s' where number = %d; %s"
                .formatted(HexFormat.of().formatHex(agreeing), before + 1, change));

    assertThat(found).extracting(Problem::code).containsExactly(Code.LINES_CHANGED);
  }

  @Test
  void a_record_whose_transaction_ends_late_is_signed_all_the_same() {
    long before = last();
    SqlConnection slow = done(database.getConnection());
    UUID late = UUID.randomUUID();
    done(slow.query("begin").execute());
    done(
        slow.query(
                """
                insert into audit_event (id, account_id, time, event_source, event_name, record)
                values ('%s', '444455556666', now(), 'x', 'Late', '{}')
                """
                    .formatted(late))
            .execute());
    UUID overtaking = append(1).getFirst();
    var signing = digests.catchUp().subscribeAsCompletionStage();
    done(
        slow.query("select pg_sleep(0.3)")
            .execute()
            .chain(() -> slow.query("commit").execute())
            .chain(slow::close));
    signing.join();
    assertThat(sequence(late)).isLessThan(sequence(overtaking));
    assertThat(problems(before)).isEmpty();
    assertThat(done(stored.last()).orElseThrow().through())
        .isGreaterThanOrEqualTo(sequence(overtaking));
  }

  @Test
  void many_nodes_at_once_make_one_chain() {
    long before = last();
    for (int round = 0; round < 5; round++) {
      append(4);
      List<Uni<Void>> nodes =
          LongStream.range(0, 8)
              .mapToObj(_ -> digests.catchUp().onFailure().recoverWithNull())
              .toList();
      done(Uni.join().all(nodes).andCollectFailures());
    }
    done(digests.catchUp());

    assertThat(last()).isGreaterThanOrEqualTo(before + 1);
    assertThat(problems(before)).isEmpty();
  }

  @Test
  void what_a_former_key_signed_stays_proven() {
    long before = last();
    append(1);
    done(digests.catchUp());
    done(keys.rotate(EnumSet.of(KeyPurpose.AUDIT_DIGEST), true).onFailure().recoverWithNull());
    append(1);
    done(digests.catchUp());

    assertThat(problems(before)).isEmpty();
  }

  @Test
  void months_that_were_kept_long_enough_are_dropped_and_the_chain_says_so() {
    long before = last();
    sql(
        """
        create table audit_event_2099_05 partition of audit_event
          for values from ('2099-05-01T00:00:00Z') to ('2099-06-01T00:00:00Z')
        """);
    UUID old = append(Instant.parse("2099-05-17T10:00:00Z"));
    append(1);
    done(digests.catchUp());
    Instant expired = Instant.parse("2099-06-02T00:00:00Z");
    try {
      assertThat(done(partitions.olderThan(Instant.parse("2099-05-31T00:00:00Z"))))
          .doesNotContain("audit_event_2099_05");
      assertThat(done(partitions.olderThan(expired)))
          .contains("audit_event_2099_05")
          .doesNotContain("audit_event_rest");

      done(digests.expire(expired, to -> partitions.drop(to, List.of("audit_event_2099_05"))));
      append(1);
      done(digests.catchUp());

      assertThat(
              done(database
                      .query("select from audit_event where id = '%s'".formatted(old))
                      .execute())
                  .size())
          .isZero();
      assertThat(problems(before)).isEmpty();
      assertThat(
              done(stored.last())
                  .flatMap(last -> DigestTokens.prove(last.token(), done(tokens.everyKey()))))
          .map(Digest::expiredBefore)
          .contains(Optional.of(expired));
    } finally {
      sql("delete from audit_digest where number > " + before);
    }
  }

  @Test
  void records_that_are_gone_before_their_time_are_missed() {
    Line old = line(1, LONG_AGO);
    Line young = line(2, LONG_AGO.plus(1, ChronoUnit.DAYS));
    Optional<Instant> expired = Optional.of(LONG_AGO.plusSeconds(1));

    assertThat(Comparison.of(List.of(old, young), List.of(young), expired)).isEmpty();
    assertThat(Comparison.of(List.of(old, young), List.of(young), Optional.empty()))
        .map(Problem::code)
        .contains(Code.REMOVED);
    assertThat(Comparison.of(List.of(old, young), List.of(old), expired))
        .map(Problem::code)
        .contains(Code.REMOVED);
  }

  private static Line line(long sequence, Instant time) {
    return new Line(sequence, time, ByteBuffer.wrap(new byte[32]));
  }

  @ParameterizedTest
  @CsvSource({"PT0.5S,", "PT61M,", "PT1M,P44D"})
  void settings_that_would_leave_the_trail_unwatched_are_refused(
      Duration every, Duration retention) {
    AuditConfig config = config(every, Optional.ofNullable(retention));

    assertThatThrownBy(() -> DigestSchedule.refuseUnsafe(config))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("DAYPASS_AUDIT_");
  }

  private static AuditConfig config(Duration every, Optional<Duration> retention) {
    return new AuditConfig() {
      @Override
      public Duration digestEvery() {
        return every;
      }

      @Override
      public Optional<Duration> retention() {
        return retention;
      }
    };
  }
}
