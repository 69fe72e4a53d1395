package dev.daypass.broker.auditdigests;

import com.nimbusds.jose.jwk.JWK;
import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Target;
import dev.daypass.broker.accounts.PostgresAccounts;
import dev.daypass.broker.auditdigests.Verification.Against;
import dev.daypass.broker.auditdigests.Verification.Verified;
import dev.daypass.wire.daypass.DigestNumber;
import dev.daypass.wire.daypass.TrailMessages.VerifiedDigest;
import dev.daypass.wire.daypass.TrailMessages.VerifyTrail;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Holds the trail against its digests. The trail is the installation's: administrators of the
/// account that was there first may, and those of any other may not.
@Singleton
public final class TrailActions {
  /// Records that one call looks at: a second or two of work.
  private static final int MOST_RECORDS = 50_000;

  private static final int MOST_DIGESTS = 100;

  private final PostgresDigests digests;
  private final DigestTokens tokens;
  private final Verification verification;
  private final PostgresAccounts accounts;

  TrailActions(
      PostgresDigests digests,
      DigestTokens tokens,
      Verification verification,
      PostgresAccounts accounts) {
    this.digests = digests;
    this.tokens = tokens;
    this.verification = verification;
    this.accounts = accounts;
  }

  /// `arn:aws:daypass::<first account>:trail`.
  public Uni<Target> trail() {
    return accounts
        .first()
        .map(first -> Target.of("arn:aws:daypass::%s:trail".formatted(first), first));
  }

  public Uni<VerifyTrail.Result> verify(Caller caller, VerifyTrail request) {
    long after = request.after().map(DigestNumber::value).orElse(0);
    return Uni.combine()
        .all()
        .unis(digests.last(), digests.at(after), tokens.everyKey())
        .asTuple()
        .chain(
            found -> {
              Optional<StoredDigest> last = found.getItem1();
              Pass pass = new Pass(found.getItem3(), expired(last, found.getItem3()));
              return look(pass, found.getItem2(), after)
                  .chain(() -> digests.countAfter(last.map(StoredDigest::through).orElse(0L)))
                  .map(
                      unsigned ->
                          new VerifyTrail.Result(
                              pass.shown(), last.map(StoredDigest::number).orElse(0L), unsigned));
            });
  }

  /// What the newest digest says of what may be gone, where the broker signed it.
  private static Optional<Instant> expired(Optional<StoredDigest> last, List<JWK> keys) {
    return last.flatMap(newest -> DigestTokens.prove(newest.token(), keys))
        .flatMap(Digest::expiredBefore);
  }

  /// What one call has looked at so far.
  private record Pass(List<JWK> keys, Optional<Instant> expired, List<Verified> done) {
    Pass(List<JWK> keys, Optional<Instant> expired) {
      this(keys, expired, new ArrayList<>());
    }

    boolean full(StoredDigest next) {
      int records = done.stream().mapToInt(verified -> verified.stored().records()).sum();
      return done.size() == MOST_DIGESTS
          || (!done.isEmpty() && records + next.records() > MOST_RECORDS);
    }

    List<VerifiedDigest> shown() {
      return done.stream().map(TrailActions::shown).toList();
    }
  }

  private Uni<Void> look(Pass pass, Optional<StoredDigest> before, long after) {
    return digests
        .next(after)
        .chain(
            next ->
                next.filter(digest -> !pass.full(digest))
                    .map(digest -> look(pass, before, digest))
                    .orElseGet(() -> Uni.createFrom().voidItem()));
  }

  private Uni<Void> look(Pass pass, Optional<StoredDigest> before, StoredDigest digest) {
    return verification
        .verify(digest, new Against(before, pass.keys(), pass.expired()))
        .invoke(pass.done()::add)
        .chain(() -> look(pass, Optional.of(digest), digest.number()));
  }

  private static VerifiedDigest shown(Verified verified) {
    StoredDigest digest = verified.stored();
    return new VerifiedDigest(
        digest.number(),
        digest.token(),
        digest.records(),
        verified.problem().map(problem -> problem.code().name()),
        verified.problem().map(Problem::message));
  }
}
