package dev.daypass.broker.auditdigests;

import dev.daypass.broker.audit.SettledTrail;
import dev.daypass.broker.digests.Sha256;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Makes digests: of what was written to the trail since the last one, on one node at a time.
@Singleton
final class Digests {
  /// Numbers in one digest at most: 2.4 MB of lines.
  private static final long MOST = 50_000;

  private final Pool database;
  private final SettledTrail trail;
  private final Lines lines;
  private final PostgresDigests stored;
  private final DigestTokens tokens;
  private final Clock clock;

  Digests(
      Pool database,
      SettledTrail trail,
      Lines lines,
      PostgresDigests stored,
      DigestTokens tokens,
      Clock clock) {
    this.database = database;
    this.trail = trail;
    this.lines = lines;
    this.stored = stored;
    this.tokens = tokens;
    this.clock = clock;
  }

  /// Where the chain is.
  private record Head(long number, long through, Optional<String> hash, Optional<Instant> expired) {
    static final Head NONE = new Head(0, 0, Optional.empty(), Optional.empty());
  }

  /// Signs all that is settled.
  Uni<Void> catchUp() {
    return trail
        .through()
        .chain(through -> through.map(this::signUpTo).orElseGet(Digests::nothing));
  }

  private Uni<Void> signUpTo(long through) {
    return mine((connection, head) ->
            head.through() >= through
                ? Uni.createFrom().item(false)
                : sign(connection, head, through).replaceWith(true))
        .chain(more -> more ? signUpTo(through) : nothing());
  }

  /// Signs that records before this time may be gone, and lets them go in the same transaction.
  /// False where another node is at it.
  Uni<Boolean> expire(Instant before, Function<SqlConnection, Uni<Void>> drop) {
    return mine(
        (connection, head) ->
            insert(connection, head, new Stretch(head.through(), List.of()), Optional.of(before))
                .chain(() -> drop.apply(connection))
                .replaceWith(true));
  }

  private interface Work {
    Uni<Boolean> on(SqlConnection connection, Head head);
  }

  private Uni<Boolean> mine(Work work) {
    return database.withTransaction(
        connection ->
            stored
                .isMine(connection)
                .chain(
                    mine ->
                        mine
                            ? head().chain(head -> work.on(connection, head))
                            : Uni.createFrom().item(false)));
  }

  /// The chain goes on where it is, whatever was done to it: a digest that follows a forged one
  /// says so for ever, and none is left out.
  private Uni<Head> head() {
    return Uni.combine()
        .all()
        .unis(stored.last(), tokens.everyKey())
        .asTuple()
        .map(
            found ->
                found
                    .getItem1()
                    .map(
                        last ->
                            new Head(
                                last.number(),
                                last.through(),
                                Optional.of(Sha256.base64Url(last.token())),
                                DigestTokens.prove(last.token(), found.getItem2())
                                    .flatMap(Digest::expiredBefore)))
                    .orElse(Head.NONE));
  }

  private record Stretch(long through, List<Line> lines) {}

  private Uni<Void> sign(SqlConnection connection, Head head, long through) {
    long end = Math.min(through, head.through() + MOST);
    return lines
        .between(head.through(), end)
        .chain(found -> insert(connection, head, new Stretch(end, found), head.expired()));
  }

  private Uni<Void> insert(
      SqlConnection connection, Head head, Stretch stretch, Optional<Instant> expired) {
    byte[] lines = Line.bytes(stretch.lines());
    Digest digest =
        new Digest(
            head.number() + 1,
            head.through(),
            stretch.through(),
            stretch.lines().size(),
            Sha256.base64Url(lines),
            head.hash(),
            expired,
            clock.instant());
    return stored.insert(connection, digest, tokens.sign(digest), lines);
  }

  private static Uni<Void> nothing() {
    return Uni.createFrom().voidItem();
  }
}
