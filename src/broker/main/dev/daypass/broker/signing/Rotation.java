package dev.daypass.broker.signing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What is due for a set of keys at a moment. A pure function: run again after a crash at any step,
/// it finds what is left to do.
sealed interface Rotation {
  /// A key to make.
  record Create(KeyPurpose purpose, KeyState state) implements Rotation {}

  /// `next` takes over from `active`.
  record TakeOver(BrokerKey active, BrokerKey next) implements Rotation {}

  /// Nothing this key issued can still be alive.
  record Retire(BrokerKey key) implements Rotation {}

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
      takeOver(active.get(), next.get(), schedule, now).ifPresent(due::add);
    }
    of(ring, purpose, KeyState.VERIFY_ONLY)
        .filter(key -> key.demotedAt().orElse(now).plus(schedule.honourFor()).isBefore(now))
        .forEach(key -> due.add(new Retire(key)));
    return due;
  }

  private static Optional<Rotation> takeOver(
      BrokerKey active, BrokerKey next, KeySchedule schedule, Instant now) {
    Instant rotateAt = active.activatedAt().orElse(active.createdAt()).plus(schedule.rotateAfter());
    Instant knownAt = next.createdAt().plus(schedule.publishAhead());
    return now.isBefore(rotateAt) || now.isBefore(knownAt)
        ? Optional.empty()
        : Optional.of(new TakeOver(active, next));
  }

  private static Optional<BrokerKey> only(KeyRing ring, KeyPurpose purpose, KeyState state) {
    return of(ring, purpose, state).findFirst();
  }

  private static Stream<BrokerKey> of(KeyRing ring, KeyPurpose purpose, KeyState state) {
    return ring.keys().stream().filter(key -> key.purpose() == purpose && key.state() == state);
  }
}
