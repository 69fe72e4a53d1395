package dev.daypass.guard;

import dev.daypass.wire.ApiError;
import dev.daypass.wire.ErrorCode;
import dev.daypass.wire.sigv4.RelayedClaim;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The keys that were lent, for as long as nothing they rest on changes. One that was right more
/// than two seconds ago, as far as is known, is asked for anew; where the broker cannot be asked,
/// it counts until the grace is over. What was refused is not remembered.
final class SigningKeys {
  private static final Duration CURRENT = Duration.ofSeconds(2);
  private static final Duration LONGEST_KEPT = Duration.ofMinutes(15);
  private static final Duration BREATHER = Duration.ofMillis(250);
  private static final Duration LONGEST_FLIGHT = Duration.ofSeconds(4);
  private static final int MOST_CHANGES = 10_000;
  private static final int CROWD = 16;

  private final Broker broker;
  private final GuardSettings settings;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final ChangeListener changes;
  private final Budget budget;
  private final Map<Name, Kept> kept = new ConcurrentHashMap<>();
  private final Map<Name, Flight> flights = new ConcurrentHashMap<>();
  private final Map<String, Long> changedAt = new HashMap<>();
  private long anythingAt;
  private volatile long epoch;
  private volatile long breatheUntil;

  /// Whose key, and for when.
  private record Name(String accessKeyId, String token, String date) {
    static Name of(RelayedClaim claim) {
      return new Name(claim.accessKeyId(), claim.sessionToken().orElse(""), claim.scope().date());
    }
  }

  /// @param askedAt when it was asked for
  private record Kept(Lent lent, long askedAt, Hearing hearing) {}

  /// One question that is under way, for all who would ask it.
  private record Flight(long epoch, CompletableFuture<Kept> answer) {}

  SigningKeys(GuardSettings settings, InstantSource clock, LongSupplier nanos) {
    this.settings = settings;
    this.clock = clock;
    this.nanos = nanos;
    this.broker = new Broker(settings, clock);
    this.changes = new ChangeListener(broker, nanos, this::changed);
    this.budget = new Budget(settings.mostQuestions(), nanos);
    this.breatheUntil = nanos.getAsLong();
    this.anythingAt = breatheUntil;
    changes.start();
  }

  Broker broker() {
    return broker;
  }

  /// What is lent for a claim that is proven by it. Fails with AWS's refusals.
  CompletionStage<Lent> prove(RelayedClaim claim) {
    if (changes.refused()) {
      return CompletableFuture.failedFuture(unavailable());
    }
    Name name = Name.of(claim);
    Kept known = kept.get(name);
    if (known != null && lives(known) && age(known) < CURRENT.toNanos()) {
      return proven(known, claim);
    }
    return ask(name, claim)
        .<CompletionStage<Lent>>handle(
            (answer, failure) ->
                answer != null
                    ? proven(answer, claim)
                    : withoutBroker(known, claim, cause(failure)))
        .thenCompose(lent -> lent);
  }

  private static CompletionStage<Lent> proven(Kept known, RelayedClaim claim) {
    try {
      claim.verify(known.lent().key());
      return CompletableFuture.completedFuture(known.lent());
    } catch (ApiError refusal) {
      return CompletableFuture.failedFuture(refusal);
    }
  }

  /// What is kept counts a little longer only where nobody says otherwise.
  private CompletionStage<Lent> withoutBroker(
      @Nullable Kept known, RelayedClaim claim, Throwable why) {
    if (why instanceof ApiError) {
      return CompletableFuture.failedFuture(why);
    }
    boolean still =
        known != null
            && why instanceof BrokerAway
            && kept.get(Name.of(claim)) == known
            && !changes.refused()
            && lives(known)
            && age(known) < settings.grace().toNanos();
    return still && known != null
        ? proven(known, claim)
        : CompletableFuture.failedFuture(unavailable());
  }

  private boolean lives(Kept known) {
    return clock.instant().isBefore(known.lent().expiresAt())
        && nanos.getAsLong() - known.askedAt() < LONGEST_KEPT.toNanos();
  }

  /// For how long it may not have been right.
  private long age(Kept known) {
    return nanos.getAsLong() - known.hearing().known(known.askedAt());
  }

  /// Asks, or waits for somebody who asks the same. A signature that was refused says nothing about
  /// those who waited for it.
  private CompletionStage<Kept> ask(Name name, RelayedClaim claim) {
    Flight own = new Flight(epoch, new CompletableFuture<>());
    own.answer().orTimeout(LONGEST_FLIGHT.toMillis(), TimeUnit.MILLISECONDS);
    Flight there =
        flights.compute(
            name, (_, flying) -> flying != null && flying.epoch() == own.epoch() ? flying : own);
    if (there == own) {
      launch(name, claim, own);
      return own.answer();
    }
    return there
        .answer()
        .<CompletionStage<Kept>>handle(
            (answer, failure) -> {
              if (answer != null) {
                return CompletableFuture.completedFuture(answer);
              }
              return cause(failure) instanceof ApiError
                  ? ask(name, claim)
                  : CompletableFuture.failedFuture(cause(failure));
            })
        .thenCompose(answer -> answer);
  }

  private void launch(Name name, RelayedClaim claim, Flight flight) {
    long askedAt = nanos.getAsLong();
    Hearing hearing = changes.hearing();
    lent(claim, askedAt)
        .whenComplete(
            (lent, failure) -> {
              flights.remove(name, flight);
              if (lent == null) {
                refused(name, cause(failure));
                flight.answer().completeExceptionally(cause(failure));
              } else {
                Kept fresh = new Kept(lent, askedAt, hearing);
                keep(name, fresh);
                flight.answer().complete(fresh);
              }
            });
  }

  private CompletableFuture<Lent> lent(RelayedClaim claim, long now) {
    if (now - breatheUntil < 0) {
      return CompletableFuture.failedFuture(new BrokerAway("it was not there a moment ago"));
    }
    return budget.take()
        ? broker.ask(claim).whenComplete((_, failure) -> breatheIfAway(failure))
        : CompletableFuture.failedFuture(new BrokerAway("it was asked too much already"));
  }

  private void breatheIfAway(@Nullable Throwable failure) {
    if (failure != null && cause(failure) instanceof BrokerAway) {
      breatheUntil = nanos.getAsLong() + BREATHER.toNanos();
    }
  }

  /// A key that is no more is not kept for a time when nobody can say so. Of a wrong signature its
  /// owner knows nothing.
  private void refused(Name name, Throwable why) {
    boolean wrongSignature =
        why instanceof ApiError refusal && refusal.code() == ErrorCode.SIGNATURE_DOES_NOT_MATCH;
    if (!(why instanceof BrokerAway) && !wrongSignature) {
      kept.remove(name);
    }
  }

  /// INVARIANT: a change is noted first and what rests on it dropped after. So either this sees the
  /// change and keeps nothing, or it keeps before the drop.
  private synchronized void keep(Name name, Kept fresh) {
    if (changedSince(fresh.askedAt(), fresh.lent().dependencies())) {
      return;
    }
    if (kept.size() >= settings.mostKept()) {
      makeRoom();
    }
    kept.put(name, fresh);
  }

  private void makeRoom() {
    kept.values().removeIf(old -> !lives(old));
    Iterator<Name> names = kept.keySet().iterator();
    for (int i = 0; i < CROWD && names.hasNext() && kept.size() >= settings.mostKept(); i++) {
      names.next();
      names.remove();
    }
  }

  private boolean changedSince(long askedAt, Set<String> dependencies) {
    return anythingAt - askedAt >= 0
        || dependencies.stream()
            .map(changedAt::get)
            .anyMatch(at -> at != null && at - askedAt >= 0);
  }

  private void changed(String name) {
    note(name);
    if (name.equals(ChangeListener.ANYTHING)) {
      kept.clear();
    } else {
      kept.values().removeIf(old -> old.lent().dependencies().contains(name));
    }
  }

  private synchronized void note(String name) {
    epoch++;
    if (name.equals(ChangeListener.ANYTHING) || changedAt.size() >= MOST_CHANGES) {
      changedAt.clear();
      anythingAt = nanos.getAsLong();
    }
    changedAt.put(name, nanos.getAsLong());
  }

  private static Throwable cause(@Nullable Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : Objects.requireNonNull(failure);
  }

  private static ApiError unavailable() {
    return ErrorCode.SERVICE_UNAVAILABLE.error(
        "The request has failed due to a temporary failure of the server.");
  }

  void close() {
    changes.close();
    broker.close();
  }
}
