package dev.daypass.sidecar.keeping;

import dev.daypass.client.Credentials;
import dev.daypass.client.sources.BrokerClock;
import dev.daypass.client.sources.Fetched;
import dev.daypass.client.sources.SecurityTokenService.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Keeps the credentials of one role. One thread fetches; everybody else is answered from memory.
/// What was good is served until it truly expires, whatever happens to the broker, and not a moment
/// longer once the broker says that it is revoked.
public final class Keeper implements AutoCloseable {
  /// A computer that slept has clocks that jumped: none of them is slept on for longer.
  private static final Duration LONGEST_SLEEP = Duration.ofSeconds(5);

  private static final Duration READY_FOR = Duration.ofSeconds(60);

  private final Kept role;
  private final Surroundings surroundings;
  private final BrokerClock clock;
  private final Thread thread;

  private @Nullable Held held;
  private @Nullable Instant lastRefresh;
  private @Nullable Fetched lastFailure;
  private Instant nextRefresh;
  private Instant nextStanding;
  private int failures;
  private boolean refused;
  private boolean revoked;
  private boolean fetching;
  private boolean closed;

  public Keeper(Kept role, Surroundings surroundings) {
    this.role = role;
    this.surroundings = surroundings;
    this.clock = surroundings.clock();
    this.nextRefresh = clock.instant();
    this.nextStanding = Instant.MAX;
    this.thread = Thread.ofVirtual().name("keeper-" + role.name()).unstarted(this::run);
  }

  /// Begins to keep.
  public Keeper start() {
    thread.start();
    return this;
  }

  public Kept role() {
    return role;
  }

  /// What can be answered now. Memory only.
  public synchronized Offer offer() {
    Held now = held;
    if (now != null && now.alive(clock.instant())) {
      return new Offer.Good(now.credentials(), failures > 0);
    }
    return revoked ? Offer.Revoked.after(lastFailure) : nothing();
  }

  private Offer nothing() {
    return switch (lastFailure) {
      case Fetched.Refused(var code, var message) -> new Offer.Refused(code, message);
      case Fetched.Away(var code, var message, _) -> new Offer.None(code, message);
      case null, default -> new Offer.None("NotReady", "The first credentials are being fetched.");
    };
  }

  /// What can be answered within that time: waits only where there is nothing to serve, or where
  /// what there is would be asked for again at once and others are just being fetched.
  public synchronized Offer offer(Duration patience) throws InterruptedException {
    if (overdue()) {
      notifyAll();
    }
    long end = System.nanoTime() + patience.toNanos();
    long left = patience.toMillis();
    while (left > 0 && worthWaiting()) {
      wait(left);
      left = (end - System.nanoTime()) / 1_000_000;
    }
    return offer();
  }

  /// Time went by that nobody slept through: a clock was set, a computer was closed.
  private boolean overdue() {
    return failures == 0 && nextRefresh.isBefore(clock.instant());
  }

  private boolean worthWaiting() {
    boolean underWay = fetching || !nextRefresh.isAfter(clock.instant());
    return underWay && failures == 0 && (held == null || held.nearItsEnd(clock.instant()));
  }

  private void run() {
    try {
      while (true) {
        switch (next()) {
          case CLOSED -> {
            return;
          }
          case REFRESH -> refresh();
          case STANDING -> askStanding();
        }
      }
    } catch (InterruptedException _) {
      // Closed.
    }
  }

  private enum Task {
    REFRESH,
    STANDING,
    CLOSED
  }

  /// Waits for something to do.
  private synchronized Task next() throws InterruptedException {
    while (!closed) {
      Instant now = clock.instant();
      if (!nextRefresh.isAfter(now)) {
        fetching = true;
        return Task.REFRESH;
      }
      if (!nextStanding.isAfter(now)) {
        return Task.STANDING;
      }
      Instant first = nextRefresh.isBefore(nextStanding) ? nextRefresh : nextStanding;
      wait(Math.max(1, shorter(Duration.between(now, first), LONGEST_SLEEP).toMillis()));
    }
    return Task.CLOSED;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private void refresh() {
    long began = System.nanoTime();
    Fetched outcome = fetch();
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    keep(outcome);
    tell(watcher -> watcher.fetched(role.name(), outcome, took));
  }

  /// Whoever is told cannot stop what is told of.
  private void tell(Consumer<Watcher> news) {
    try {
      news.accept(surroundings.watcher());
    } catch (RuntimeException _) {
      // There is nobody else to tell.
    }
  }

  /// A source is not to throw; a keeper that died of one that did would serve nothing any more.
  private Fetched fetch() {
    try {
      Fetched fetched = role.source().fetch();
      boolean expired =
          fetched instanceof Fetched.Fresh(var credentials)
              && !credentials.lastFor(Duration.ZERO, clock.instant());
      return expired
          ? new Fetched.Away("Expired", "What the broker gave has expired already.")
          : fetched;
    } catch (RuntimeException e) {
      return new Fetched.Away("InternalFailure", e.toString());
    }
  }

  private synchronized void keep(Fetched outcome) {
    Instant now = clock.instant();
    fetching = false;
    switch (outcome) {
      case Fetched.Fresh(var credentials) -> {
        held = new Held(credentials, now);
        lastRefresh = now;
        lastFailure = null;
        failures = 0;
        refused = false;
        revoked = false;
        nextRefresh = RefreshPolicy.refreshAt(now, credentials.expiration(), chance());
        nextStanding = nextStanding(now);
      }
      case Fetched.Away away -> {
        lastFailure = away;
        failures++;
        nextRefresh = now.plus(RefreshPolicy.retryIn(failures, away.retryAfter(), chance()));
      }
      case Fetched.Refused no -> {
        lastFailure = no;
        failures = refused ? failures + 1 : 1;
        refused = true;
        nextRefresh = now.plus(RefreshPolicy.probeIn(failures, chance()));
      }
    }
    notifyAll();
  }

  private double chance() {
    return surroundings.chance().getAsDouble();
  }

  private Instant nextStanding(Instant now) {
    long millis = surroundings.standingEvery().toMillis();
    return now.plusMillis(Math.round(millis * (0.9 + 0.2 * chance())));
  }

  private void askStanding() {
    Held asked = heldNow();
    Standing is = asked == null ? Standing.UNKNOWN : standing(asked.credentials());
    if (is == Standing.ENDED && wipe(asked)) {
      tell(watcher -> watcher.revoked(role.name()));
    }
    synchronized (this) {
      nextStanding = held == null ? Instant.MAX : nextStanding(clock.instant());
    }
  }

  /// What cannot be asked is not known.
  private Standing standing(Credentials asked) {
    try {
      return surroundings.standing().apply(asked);
    } catch (RuntimeException _) {
      return Standing.UNKNOWN;
    }
  }

  private synchronized @Nullable Held heldNow() {
    return held;
  }

  /// Forgets what is revoked, and asks at once for others: whoever was revoked gets none.
  private synchronized boolean wipe(@Nullable Held ended) {
    if (held != ended) {
      return false;
    }
    held = null;
    revoked = true;
    nextRefresh = clock.instant();
    return true;
  }

  /// The credentials as a source for others. Looking here again costs nothing, so that others look
  /// soon after a refusal too.
  public Fetched asFetched() {
    return switch (offer()) {
      case Offer.Good(var credentials, _) -> new Fetched.Fresh(credentials);
      case Offer.None(var code, var message) -> away(code, message);
      case Offer.Refused(var code, var message) -> away(code, message);
      case Offer.Revoked _ ->
          new Fetched.Refused("InvalidClientTokenId", role.name() + " was revoked.");
    };
  }

  private Fetched.Away away(String code, String message) {
    return new Fetched.Away(code, role.name() + ": " + message);
  }

  /// How it stands.
  public synchronized Status status() {
    Instant now = clock.instant();
    Optional<Credentials> alive =
        Optional.ofNullable(held).filter(is -> is.alive(now)).map(Held::credentials);
    return new Status(
        alive.map(Credentials::arn),
        alive.map(Credentials::expiration),
        Optional.ofNullable(lastRefresh),
        Optional.ofNullable(lastFailure).map(Keeper::code),
        nextRefresh,
        lastRefresh != null,
        !refused && alive.filter(is -> is.lastFor(READY_FOR, now)).isPresent(),
        refused,
        revoked);
  }

  private static String code(Fetched failure) {
    return switch (failure) {
      case Fetched.Away away -> away.code();
      case Fetched.Refused no -> no.code();
      case Fetched.Fresh _ -> throw new IllegalStateException("no failure");
    };
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      held = null;
      notifyAll();
    }
    thread.interrupt();
  }
}
