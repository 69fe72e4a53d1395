package dev.daypass.broker.signing;

import static dev.daypass.wire.ErrorCode.ENTITY_TEMPORARILY_UNMODIFIABLE;
import static dev.daypass.wire.ErrorCode.NO_SUCH_ENTITY;

import dev.daypass.wire.daypass.KeyUse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What is due for a set of keys at a moment. A pure function: run again after a crash at any step,
/// it finds what is left to do.
sealed interface Rotation {
  /// A key to make.
  record Create(KeyPurpose purpose, KeyState state) implements Rotation {}

  /// `next` takes over from `active`.
  record TakeOver(BrokerKey active, BrokerKey next) implements Rotation {}

  /// `next` takes the place of a key that was retired.
  record Promote(BrokerKey next) implements Rotation {}

  /// Nothing this key issued is alive, or nothing of it may be.
  record Retire(BrokerKey key) implements Rotation {}

  /// However urgent: a node that has not heard of a key for that long uses nothing it keeps.
  Duration KNOWN_EVERYWHERE = Duration.ofSeconds(2);

  /// Longer than the longest credential lives: GetSessionToken's 36 hours.
  Duration SHORTEST_HONOUR = Duration.ofHours(36);

  /// Stops a start with a schedule that would refuse what is valid.
  static void refuseUnsafe(KeySchedule schedule) {
    if (schedule.publishAhead().compareTo(KNOWN_EVERYWHERE) < 0) {
      throw new IllegalStateException("daypass.keys.publish-ahead must be at least 2 seconds");
    }
    if (schedule.honourFor().compareTo(SHORTEST_HONOUR) < 0) {
      throw new IllegalStateException("daypass.keys.honour-for must be at least 36 hours");
    }
  }

  /// What lets the next keys take over before their time. `EntityTemporarilyUnmodifiable` where one
  /// was published too short a time ago, or not yet: not everyone would know who signed.
  ///
  /// @param force whether that the brokers know it is enough
  static List<Rotation> now(
      KeyRing ring, Set<KeyPurpose> purposes, KeySchedule schedule, Instant now, boolean force) {
    Duration ahead = force ? KNOWN_EVERYWHERE : schedule.publishAhead();
    List<Rotation> steps = new ArrayList<>();
    for (KeyPurpose purpose : purposes) {
      BrokerKey next = known(ring, purpose, ahead, now);
      steps.addAll(takeOver(ring.active(purpose), next));
    }
    return steps;
  }

  private static BrokerKey known(KeyRing ring, KeyPurpose purpose, Duration ahead, Instant now) {
    KeyUse use = KeyUse.valueOf(purpose.name());
    BrokerKey next =
        only(ring, purpose, KeyState.NEXT)
            .orElseThrow(
                () ->
                    ENTITY_TEMPORARILY_UNMODIFIABLE.error(
                        "The next key for %s is not published yet.".formatted(use)));
    Instant possible = next.createdAt().plus(ahead);
    if (now.isBefore(possible)) {
      throw ENTITY_TEMPORARILY_UNMODIFIABLE.error(
          "The next key for %s was published too short a time ago; it can take over at %s."
              .formatted(use, possible.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1)));
    }
    return next;
  }

  /// There is a next key always, so that a key can be replaced at any time.
  private static List<Rotation> takeOver(BrokerKey active, BrokerKey next) {
    return List.of(new TakeOver(active, next), new Create(active.purpose(), KeyState.NEXT));
  }

  /// What retires a key at once. Another takes its place where it had one.
  static List<Rotation> retire(KeyRing ring, String id) {
    BrokerKey key =
        ring.keys().stream()
            .filter(is -> is.id().equals(id) && is.state() != KeyState.RETIRED)
            .findFirst()
            .orElseThrow(
                () -> NO_SUCH_ENTITY.error("The key with id %s cannot be found.".formatted(id)));
    List<Rotation> steps = new ArrayList<>(List.of(new Retire(key)));
    if (key.state() == KeyState.ACTIVE) {
      steps.add(
          only(ring, key.purpose(), KeyState.NEXT)
              .<Rotation>map(Promote::new)
              .orElseGet(() -> new Create(key.purpose(), KeyState.ACTIVE)));
    }
    if (key.state() != KeyState.VERIFY_ONLY) {
      steps.add(new Create(key.purpose(), KeyState.NEXT));
    }
    return steps;
  }

  static List<Rotation> due(KeyRing ring, KeySchedule schedule, Instant now) {
    List<Rotation> due = new ArrayList<>();
    for (KeyPurpose purpose : KeyPurpose.values()) {
      due.addAll(due(purpose, ring, schedule, now));
    }
    return due;
  }

  private static List<Rotation> due(
      KeyPurpose purpose, KeyRing ring, KeySchedule schedule, Instant now) {
    List<Rotation> due = new ArrayList<>();
    Optional<BrokerKey> active = only(ring, purpose, KeyState.ACTIVE);
    Optional<BrokerKey> next = only(ring, purpose, KeyState.NEXT);
    if (active.isEmpty()) {
      due.add(new Create(purpose, KeyState.ACTIVE));
    }
    if (next.isEmpty()) {
      due.add(new Create(purpose, KeyState.NEXT));
    }
    if (active.isPresent() && next.isPresent()) {
      due.addAll(dueTakeOver(active.get(), next.get(), schedule, now));
    }
    of(ring, purpose, KeyState.VERIFY_ONLY)
        .filter(key -> key.demotedAt().orElse(now).plus(schedule.honourFor()).isBefore(now))
        .forEach(key -> due.add(new Retire(key)));
    return due;
  }

  private static List<Rotation> dueTakeOver(
      BrokerKey active, BrokerKey next, KeySchedule schedule, Instant now) {
    Instant rotateAt = active.activatedAt().orElse(active.createdAt()).plus(schedule.rotateAfter());
    Instant knownAt = next.createdAt().plus(schedule.publishAhead());
    return now.isBefore(rotateAt) || now.isBefore(knownAt) ? List.of() : takeOver(active, next);
  }

  private static Optional<BrokerKey> only(KeyRing ring, KeyPurpose purpose, KeyState state) {
    return of(ring, purpose, state).findFirst();
  }

  private static Stream<BrokerKey> of(KeyRing ring, KeyPurpose purpose, KeyState state) {
    return ring.keys().stream().filter(key -> key.purpose() == purpose && key.state() == state);
  }
}
