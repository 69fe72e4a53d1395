package dev.daypass.broker.revocations;

import dev.daypass.broker.access.Lineage.Link;
import dev.daypass.broker.access.Session;
import dev.daypass.broker.changes.Changes;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/// What was ended before its time. All of it is in memory, so that asking costs nothing: the
/// database tells every node of each revocation, in the transaction that makes it. A node that may
/// not have heard of one asks the database instead.
///
/// What a node knows it forgets only when nothing can be alive that it ended. Where the database
/// turns out to know less, after a failover or from a backup, it is told again.
@Singleton
public final class Revocations {
  private static final Logger LOG = Logger.getLogger(Revocations.class);

  /// What the keys of changes begin with here, in [#changed(String)].
  public static final String CHANGED = "revocation:";

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration FIRST_RETRY = Duration.ofMillis(100);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(2);

  /// Until the next sweep takes over.
  private static final int RETRIES = 200;

  private static final long SWEEP_MILLIS = Duration.ofMinutes(10).toMillis();

  private final PostgresRevocations stored;
  private final Changes changes;
  private final Vertx vertx;
  private final Map<String, Revocation> known = new ConcurrentHashMap<>();
  private final AtomicLong losses = new AtomicLong(1);
  private volatile long madeGood;

  Revocations(PostgresRevocations stored, Changes changes, Vertx vertx) {
    this.stored = stored;
    this.changes = changes;
    this.vertx = vertx;
  }

  void start(@Observes @Priority(10) StartupEvent started) {
    changes.listen(this::hear);
    reload().await().atMost(PATIENCE);
    vertx.setPeriodic(SWEEP_MILLIS, _ -> run(sweep()));
  }

  /// Whether the session was ended: itself, or whatever it came of, alone or with all of its
  /// principal.
  public Uni<Boolean> revoked(Session session) {
    List<Link> links = session.links();
    return Uni.createFrom()
        .deferred(
            () ->
                complete() || endsOneOf(known, links)
                    ? Uni.createFrom().item(endsOneOf(known, links))
                    : stored.of(subjects(links)).map(found -> endsOneOf(found, links)));
  }

  /// Whether one of these credentials was ended, as far as this node knows.
  public boolean ended(List<Link> links) {
    return endsOneOf(known, links);
  }

  /// How many are in force.
  public int size() {
    return known.size();
  }

  private boolean complete() {
    return changes.fresh() && isMadeGood();
  }

  private static boolean endsOneOf(Map<String, Revocation> among, List<Link> links) {
    return !among.isEmpty()
        && links.stream()
            .anyMatch(
                link ->
                    subjects(link)
                        .map(among::get)
                        .anyMatch(is -> is != null && is.ends(link.issuedAt())));
  }

  /// Every subject by which the session can be ended.
  public static List<String> subjects(Session session) {
    return subjects(session.links());
  }

  /// The key of a change as it names its subject alone, where it is a revocation's; as it is, where
  /// it is not.
  public static String changed(String key) {
    return key.startsWith(CHANGED)
        ? CHANGED + Revocation.told(key.substring(CHANGED.length())).subject()
        : key;
  }

  private static List<String> subjects(List<Link> links) {
    return links.stream().flatMap(Revocations::subjects).distinct().toList();
  }

  private static Stream<String> subjects(Link link) {
    Stream<String> named =
        Stream.concat(
            Stream.of(link.id(), link.principalId()),
            link.signInOf().map(Revocation::signInsOf).stream());
    return Stream.concat(named, link.keys().stream().map(Revocation::ofKey));
  }

  /// A new sign-in's id, which begins with that of its user.
  public static String newSignIn(String userId) {
    return userId + "." + UUID.randomUUID();
  }

  /// Ends the user's sign-ins until `now`, and every session that came of them. Sessions that were
  /// had with access keys are no sign-ins.
  public Uni<Void> endSignIns(String userId, Instant now) {
    return end(Revocation.before(Revocation.signInsOf(userId), now, now));
  }

  /// Makes a revocation last and be known here; the other nodes are about to hear of it.
  public Uni<Void> end(Revocation revocation) {
    return stored.add(List.of(revocation)).invoke(() -> remember(revocation));
  }

  /// The same, with the transaction that the stream is in: this node hears of it when all do.
  public Uni<Void> endInTransaction(Revocation revocation) {
    return stored.addInTransaction(revocation);
  }

  private void remember(Revocation revocation) {
    known.merge(revocation.subject(), revocation, Revocation::and);
  }

  private void hear(String changed) {
    if (changed.startsWith(CHANGED)) {
      remember(Revocation.told(changed.substring(CHANGED.length())));
    } else if (changed.equals("*")) {
      // Before anything else: from here on until it is read anew, memory is not enough.
      losses.incrementAndGet();
      run(makeGood());
    }
  }

  /// A database that was just away may be so again: what it has forgotten cannot wait for the next
  /// sweep. One of several such attempts is enough.
  private Uni<Void> makeGood() {
    return Uni.createFrom()
        .deferred(() -> isMadeGood() ? Uni.createFrom().voidItem() : reload())
        .onFailure()
        .retry()
        .withBackOff(FIRST_RETRY, LONGEST_RETRY)
        .atMost(RETRIES);
  }

  private boolean isMadeGood() {
    return madeGood == losses.get();
  }

  private Uni<Void> reload() {
    long lost = losses.get();
    return stored
        .all()
        .invoke(found -> found.forEach(this::remember))
        .chain(this::tellAgain)
        .invoke(() -> madeGood = lost);
  }

  private Uni<Void> tellAgain(Collection<Revocation> found) {
    Map<String, Revocation> there = new ConcurrentHashMap<>();
    found.forEach(revocation -> there.put(revocation.subject(), revocation));
    List<Revocation> missing =
        known.values().stream()
            .filter(revocation -> !revocation.covered(there.get(revocation.subject())))
            .toList();
    if (missing.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    LOG.warnf("the database had forgotten %d revocations; they are told again", missing.size());
    return stored.add(missing);
  }

  private Uni<Void> sweep() {
    return makeGood()
        .chain(stored::removeExpired)
        .invoke(now -> known.values().removeIf(revocation -> revocation.over(now)))
        .replaceWithVoid();
  }

  private static void run(Uni<?> work) {
    work.subscribe().with(_ -> {}, failure -> LOG.error("could not read the revocations", failure));
  }
}
