package dev.daypass.broker.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.wire.ApiError;
import dev.daypass.wire.ErrorCode;
import dev.daypass.wire.Secret;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RotationTest {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final KeySchedule SCHEDULE = schedule(Duration.ofHours(1), Duration.ofHours(37));

  private static KeySchedule schedule(Duration publishAhead, Duration honourFor) {
    return new KeySchedule() {
      @Override
      public Duration rotateAfter() {
        return Duration.ofDays(30);
      }

      @Override
      public Duration publishAhead() {
        return publishAhead;
      }

      @Override
      public Duration honourFor() {
        return honourFor;
      }
    };
  }

  private static BrokerKey key(String id, KeyState state, Instant at) {
    return new BrokerKey(
        id,
        KeyPurpose.SESSION_TOKEN,
        state,
        Optional.empty(),
        Secret.of(id),
        at,
        state == KeyState.NEXT ? Optional.empty() : Optional.of(at),
        state == KeyState.VERIFY_ONLY ? Optional.of(at) : Optional.empty());
  }

  private static List<Rotation> due(Instant now, BrokerKey... keys) {
    return Rotation.due(new KeyRing(List.of(keys)), SCHEDULE, now).stream()
        .filter(
            step ->
                !(step instanceof Rotation.Create(var purpose, _))
                    || purpose == KeyPurpose.SESSION_TOKEN)
        .toList();
  }

  @Test
  void an_empty_ring_gets_an_active_and_a_next_key() {
    assertThat(due(BEGIN))
        .containsExactly(
            new Rotation.Create(KeyPurpose.SESSION_TOKEN, KeyState.ACTIVE),
            new Rotation.Create(KeyPurpose.SESSION_TOKEN, KeyState.NEXT));
  }

  @Test
  void nothing_is_due_before_its_time() {
    assertThat(
            due(
                BEGIN.plus(Duration.ofDays(30)).minusSeconds(1),
                key("a", KeyState.ACTIVE, BEGIN),
                key("n", KeyState.NEXT, BEGIN)))
        .isEmpty();
  }

  @Test
  void the_next_key_takes_over_when_it_is_time() {
    BrokerKey active = key("a", KeyState.ACTIVE, BEGIN);
    BrokerKey next = key("n", KeyState.NEXT, BEGIN);

    assertThat(due(BEGIN.plus(Duration.ofDays(30)), active, next))
        .containsExactly(
            new Rotation.TakeOver(active, next),
            new Rotation.Create(KeyPurpose.SESSION_TOKEN, KeyState.NEXT));
  }

  @Test
  void a_key_is_published_long_enough_before_it_signs() {
    Instant now = BEGIN.plus(Duration.ofDays(40));

    assertThat(
            due(
                now,
                key("a", KeyState.ACTIVE, BEGIN),
                key("n", KeyState.NEXT, now.minus(Duration.ofMinutes(59)))))
        .isEmpty();
  }

  @Test
  void a_key_is_honoured_until_nothing_it_signed_can_be_alive() {
    BrokerKey old = key("o", KeyState.VERIFY_ONLY, BEGIN);
    BrokerKey active = key("a", KeyState.ACTIVE, BEGIN);
    BrokerKey next = key("n", KeyState.NEXT, BEGIN);

    assertThat(due(BEGIN.plus(Duration.ofHours(37)), old, active, next)).isEmpty();
    assertThat(due(BEGIN.plus(Duration.ofHours(37)).plusSeconds(1), old, active, next))
        .containsExactly(new Rotation.Retire(old));
  }

  @Test
  void a_takeover_that_was_interrupted_is_finished() {
    // The active key was demoted, and then the node died: what is left to do is found again.
    assertThat(
            due(
                BEGIN.plusSeconds(1),
                key("a", KeyState.VERIFY_ONLY, BEGIN),
                key("n", KeyState.NEXT, BEGIN)))
        .containsExactly(new Rotation.Create(KeyPurpose.SESSION_TOKEN, KeyState.ACTIVE));
  }

  @Test
  void a_schedule_that_would_refuse_what_is_valid_stops_the_start() {
    Rotation.refuseUnsafe(schedule(Duration.ofSeconds(2), Duration.ofHours(36)));

    assertThatThrownBy(
            () -> Rotation.refuseUnsafe(schedule(Duration.ofSeconds(1), Duration.ofHours(37))))
        .hasMessageContaining("publish-ahead");
    assertThatThrownBy(
            () -> Rotation.refuseUnsafe(schedule(Duration.ofHours(1), Duration.ofHours(35))))
        .hasMessageContaining("honour-for");
  }

  private static final Set<KeyPurpose> SESSION_TOKEN = Set.of(KeyPurpose.SESSION_TOKEN);

  private static List<Rotation> now(Instant now, boolean force, BrokerKey... keys) {
    return Rotation.now(new KeyRing(List.of(keys)), SESSION_TOKEN, SCHEDULE, now, force);
  }

  @Test
  void a_rotation_by_command_waits_until_everyone_knows_the_next_key() {
    BrokerKey active = key("a", KeyState.ACTIVE, BEGIN);
    BrokerKey next = key("n", KeyState.NEXT, BEGIN);
    List<Rotation> steps =
        List.of(
            new Rotation.TakeOver(active, next),
            new Rotation.Create(KeyPurpose.SESSION_TOKEN, KeyState.NEXT));

    assertThat(now(BEGIN.plus(Duration.ofHours(1)), false, active, next)).isEqualTo(steps);
    assertThat(now(BEGIN.plusSeconds(2), true, active, next)).isEqualTo(steps);
    assertThatThrownBy(() -> now(BEGIN.plus(Duration.ofMinutes(59)), false, active, next))
        .isInstanceOf(ApiError.class);
    assertThatThrownBy(() -> now(BEGIN.plusMillis(1999), true, active, next))
        .isInstanceOf(ApiError.class);
  }

  @Test
  void a_rotation_by_command_is_refused_where_no_next_key_is_published() {
    assertThatThrownBy(() -> now(BEGIN.plusSeconds(1), true, key("a", KeyState.ACTIVE, BEGIN)))
        .isInstanceOfSatisfying(
            ApiError.class,
            refusal ->
                assertThat(refusal.code()).isEqualTo(ErrorCode.ENTITY_TEMPORARILY_UNMODIFIABLE));
  }

  @Test
  void what_is_retired_has_another_in_its_place() {
    BrokerKey active = key("a", KeyState.ACTIVE, BEGIN);
    BrokerKey next = key("n", KeyState.NEXT, BEGIN);
    BrokerKey old = key("o", KeyState.VERIFY_ONLY, BEGIN);
    KeyRing ring = new KeyRing(List.of(active, next, old));
    Rotation another = new Rotation.Create(KeyPurpose.SESSION_TOKEN, KeyState.NEXT);

    assertThat(Rotation.retire(ring, "a"))
        .containsExactly(new Rotation.Retire(active), new Rotation.Promote(next), another);
    assertThat(Rotation.retire(ring, "n")).containsExactly(new Rotation.Retire(next), another);
    assertThat(Rotation.retire(ring, "o")).containsExactly(new Rotation.Retire(old));
    assertThat(Rotation.retire(new KeyRing(List.of(active)), "a"))
        .containsExactly(
            new Rotation.Retire(active),
            new Rotation.Create(KeyPurpose.SESSION_TOKEN, KeyState.ACTIVE),
            another);
    assertThatThrownBy(() -> Rotation.retire(ring, "x")).isInstanceOf(ApiError.class);
  }

  @Test
  void a_made_key_has_what_its_purpose_needs() {
    KeyFactory factory = new KeyFactory(new SecureRandom(), Clock.fixed(BEGIN, ZoneOffset.UTC));
    List<String> published = new ArrayList<>();

    for (KeyPurpose purpose : KeyPurpose.values()) {
      BrokerKey made = factory.create(purpose, KeyState.ACTIVE);
      assertThat(made.activatedAt()).contains(BEGIN);
      made.publicKey().ifPresent(jwk -> published.add(jwk.getAlgorithm().getName()));
      made.publicKey().ifPresent(jwk -> assertThat(jwk.isPrivate()).isFalse());
    }

    assertThat(published).containsExactlyInAnyOrder("EdDSA", "ES256", "ES384", "RS256", "ES256");
  }
}
