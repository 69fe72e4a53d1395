package dev.daypass.guard;

import static dev.daypass.guard.Signers.ALICE;
import static dev.daypass.guard.Signers.BOB;
import static dev.daypass.guard.Signers.code;
import static dev.daypass.guard.Signers.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daypass.policy.Context;
import dev.daypass.policy.Policy;
import dev.daypass.policy.PolicyType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a guard keeps, for how long, and what it does when the broker changes, is silent, or dead.
class GuardTest {
  private final List<AutoCloseable> open = new ArrayList<>();
  private volatile Duration ahead = Duration.ZERO;
  private final InstantSource clock = () -> Instant.now().plus(ahead);
  private TestBroker broker;

  @BeforeEach
  void begin() throws Exception {
    broker = new TestBroker();
    broker.clock = clock;
    open.add(broker);
    broker.allow(ALICE, "orders:*");
    broker.allow(BOB, "orders:*");
  }

  @AfterEach
  void end() throws Exception {
    for (AutoCloseable one : open.reversed()) {
      one.close();
    }
  }

  private Guard guard(UnaryOperator<GuardSettings> settings) {
    Guard guard =
        new Guard(
            settings.apply(
                GuardSettings.of(broker.address(), () -> TestBroker.GUARD, "orders", "eu-west-1")),
            clock);
    open.add(guard);
    await().until(() -> broker.listened.get() > 0);
    await().pollDelay(Duration.ofMillis(300)).until(() -> true);
    return guard;
  }

  private Guard guard() {
    return guard(settings -> settings);
  }

  @Test
  void a_caller_is_told_whole_and_decided_about_by_what_the_guard_knows() {
    Guard guard = guard();

    Caller caller = guard.authenticate(signed(ALICE));
    Ask ask =
        new Ask("orders:GetOrder", "arn:aws:orders:::order/1")
            .with(Context.builder().put("aws:SourceIp", "127.0.0.1").build());

    assertThat(caller.arn()).isEqualTo("arn:aws:iam::111122223333:user/" + ALICE);
    assertThat(caller.account()).contains("111122223333");
    assertThat(caller.tags()).containsEntry("team", "red");
    assertThat(caller.sessionName()).isEmpty();
    // Whatever a service passes on, where a request comes from is for the guard to say.
    assertThat(caller.decide(ask).access().context().find("aws:SourceIp"))
        .contains(new Context.Value.Single("192.0.2.7"));
    assertThat(caller.decide(ask.under(denying())).allowed()).isFalse();
    assertThat(
            caller.decide(new Ask("orders:GetOrder", "arn:aws:orders::444455556666:o")).allowed())
        .as("of another account")
        .isFalse();
  }

  private static Policy denying() {
    return Policy.parse(
        PolicyType.RESOURCE,
        "order",
        "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\"}}");
  }

  @Test
  void only_what_rests_on_a_change_is_asked_for_again() {
    Guard guard = guard();
    code(guard, signed(ALICE));
    code(guard, signed(BOB));
    broker.allow(ALICE, "other:*");

    broker.tell("user " + ALICE);

    await().atMost(Duration.ofSeconds(1)).until(() -> denied(guard));
    assertThat(code(guard, signed(BOB))).isEqualTo("OK");
    assertThat(broker.asked).hasValue(3);
    broker.tell("*");
    await()
        .atMost(Duration.ofSeconds(1))
        .until(() -> code(guard, signed(BOB)).equals("OK") && broker.asked.get() == 4);
  }

  private static boolean denied(Guard guard) {
    return code(guard, signed(ALICE)).equals("AccessDenied");
  }

  @Test
  void an_answer_that_a_change_overtakes_is_not_kept() throws Exception {
    Guard guard = guard();
    broker.whileAsked =
        () -> {
          broker.tell("everyone");
          await().pollDelay(Duration.ofMillis(300)).until(() -> true);
        };
    assertThat(code(guard, signed(ALICE))).isEqualTo("OK");
    broker.whileAsked = () -> {};
    broker.allow(ALICE, "other:*");

    assertThat(code(guard, signed(ALICE))).isEqualTo("AccessDenied");
    assertThat(broker.asked).hasValue(2);
  }

  @Test
  void while_the_stream_is_silent_nothing_older_than_two_seconds_counts() {
    Guard guard = guard();
    assertThat(code(guard, signed(ALICE))).isEqualTo("OK");
    broker.speaking = false;
    broker.allow(ALICE, "other:*");

    await().atMost(Duration.ofSeconds(3)).until(() -> denied(guard));
    assertThat(broker.asked.get()).as("not once a request").isLessThan(4);
    broker.allow(ALICE, "orders:*");
    await().atMost(Duration.ofSeconds(3)).until(() -> !denied(guard));
  }

  @Test
  void a_broker_that_dies_is_missed_after_the_grace() {
    Guard guard = guard(settings -> settings.withGrace(Duration.ofSeconds(5)));
    assertThat(code(guard, signed(ALICE))).isEqualTo("OK");
    broker.close();
    long died = System.nanoTime();

    await()
        .pollInterval(Duration.ofMillis(100))
        .during(Duration.ofSeconds(3))
        .atMost(Duration.ofSeconds(4))
        .until(() -> code(guard, signed(ALICE)).equals("OK"));
    assertThat(code(guard, signed(BOB))).isEqualTo("ServiceUnavailable");
    await()
        .atMost(Duration.ofSeconds(4))
        .until(() -> code(guard, signed(ALICE)).equals("ServiceUnavailable"));
    assertThat(Duration.ofNanos(System.nanoTime() - died)).isLessThan(Duration.ofMillis(5_500));
  }

  @Test
  void a_broker_that_comes_back_is_heard_again_and_what_was_kept_is_asked_for() throws Exception {
    Guard guard = guard();
    assertThat(code(guard, signed(ALICE))).isEqualTo("OK");
    int port = broker.port();
    broker.close();
    await()
        .atMost(Duration.ofSeconds(4))
        .until(() -> code(guard, signed(ALICE)).equals("ServiceUnavailable"));

    broker = new TestBroker(port);
    open.add(broker);
    broker.allow(ALICE, "other:*");

    await().atMost(Duration.ofSeconds(4)).until(() -> denied(guard));
  }

  @Test
  void a_stream_that_breaks_misses_nothing() {
    Guard guard = guard();
    assertThat(code(guard, signed(ALICE))).isEqualTo("OK");

    broker.allow(ALICE, "other:*");
    broker.hangUp();

    await().atMost(Duration.ofMillis(2_200)).until(() -> denied(guard));
  }

  @Test
  void a_refused_guard_has_no_grace() {
    Guard guard = guard(settings -> settings.withGrace(Duration.ofMinutes(5)));
    assertThat(code(guard, signed(ALICE))).isEqualTo("OK");

    broker.status = 403;
    broker.hangUp();

    await()
        .atMost(Duration.ofSeconds(2))
        .until(() -> code(guard, signed(ALICE)).equals("ServiceUnavailable"));
  }

  @Test
  void a_key_that_is_no_more_is_not_revived_by_the_grace() {
    Guard guard = guard(settings -> settings.withGrace(Duration.ofMinutes(5)));
    assertThat(code(guard, signed(ALICE))).isEqualTo("OK");
    broker.policies.remove(ALICE);
    broker.speaking = false;
    await()
        .atMost(Duration.ofSeconds(3))
        .until(() -> code(guard, signed(ALICE)).equals("InvalidClientTokenId"));

    broker.close();

    assertThat(code(guard, signed(ALICE))).isEqualTo("ServiceUnavailable");
  }

  @Test
  void wrong_signatures_do_not_spoil_right_ones_that_wait_with_them() throws Exception {
    Guard guard = guard();
    CountDownLatch wait = new CountDownLatch(1);
    broker.whileAsked =
        () -> {
          try {
            wait.await(1, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
    List<String> right = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var forged =
          threads.submit(() -> code(guard, signed(ALICE, "another secret", Instant.now())));
      await().until(() -> broker.asked.get() == 1);
      var waiting =
          List.of(
              threads.submit(() -> code(guard, signed(ALICE))),
              threads.submit(() -> code(guard, signed(ALICE))));
      wait.countDown();
      assertThat(forged.get()).isEqualTo("SignatureDoesNotMatch");
      for (var one : waiting) {
        right.add(one.get());
      }
    }

    assertThat(right).containsOnly("OK");
  }

  @Test
  void a_flood_of_strangers_asks_the_broker_no_more_than_is_allowed_and_harms_nobody_known() {
    Guard guard = guard(settings -> settings.withMost(100, 10));
    assertThat(code(guard, signed(ALICE))).isEqualTo("OK");
    long begun = System.nanoTime();

    for (int i = 0; i < 500; i++) {
      assertThat(code(guard, signed("AKIASTRANGER0000%04d".formatted(i))))
          .isIn("InvalidClientTokenId", "ServiceUnavailable");
      assertThat(code(guard, signed(ALICE))).isEqualTo("OK");
    }

    double seconds = (System.nanoTime() - begun) / 1e9;
    assertThat(broker.asked.get()).isLessThanOrEqualTo((int) (10 + 10 * seconds) + 1);
  }

  @Test
  void what_is_kept_is_bounded() {
    Guard guard = guard(settings -> settings.withMost(3, 1_000));
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      ids.add("AKIASOMEBODY0000%04d".formatted(i));
      broker.allow(ids.getLast(), "orders:*");
    }

    ids.forEach(id -> assertThat(code(guard, signed(id))).isEqualTo("OK"));
    broker.asked.set(0);
    ids.forEach(id -> assertThat(code(guard, signed(id))).isEqualTo("OK"));

    assertThat(broker.asked.get()).isGreaterThanOrEqualTo(27);
  }

  @Test
  void at_midnight_another_key_is_asked_for() {
    Guard guard = guard();
    Instant today = clock.instant();
    assertThat(code(guard, signed(ALICE))).isEqualTo("OK");

    ahead = Duration.ofDays(1);

    assertThat(code(guard, signed(ALICE, TestBroker.SECRET, clock.instant()))).isEqualTo("OK");
    assertThat(broker.asked).hasValue(2);
    assertThat(code(guard, signed(ALICE, TestBroker.SECRET, today)))
        .isEqualTo("SignatureDoesNotMatch");
    assertThat(code(guard, signed(ALICE, TestBroker.SECRET, clock.instant()))).isEqualTo("OK");
    assertThat(broker.asked).hasValue(2);
  }

  @Test
  void what_has_expired_is_asked_for_again() {
    broker.expiresAt = Instant.now().plusSeconds(60);
    Guard guard = guard();
    assertThat(code(guard, signed(ALICE))).isEqualTo("OK");
    broker.policies.remove(ALICE);

    ahead = Duration.ofSeconds(61);

    assertThat(code(guard, signed(ALICE, TestBroker.SECRET, clock.instant())))
        .isEqualTo("InvalidClientTokenId");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"lent\": {}}",
        "{\"lent\": 1}",
        "{\"refused\": {\"code\": \"Dance\", \"message\": \"m\"}}",
        "{\"lent\": {\"signingKey\": \"!\", \"principal\": {\"type\": \"Account\", \"account\": \"1\", \"tags\": {}}}}"
      })
  void an_answer_that_is_not_understood_is_no_grant(String answer) {
    broker.answer = Optional.of(answer);

    assertThat(code(guard(), signed(ALICE))).isEqualTo("ServiceUnavailable");
  }

  @Test
  void a_policy_that_does_not_compile_is_no_grant() {
    broker.policies.put(
        ALICE, "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Perhaps\"}}");

    assertThat(code(guard(), signed(ALICE))).isEqualTo("ServiceUnavailable");
  }

  @Test
  void a_key_that_did_not_sign_is_refused_even_if_the_broker_lends_it() {
    Guard guard = guard();
    code(guard, signed(ALICE));

    assertThat(code(guard, signed(ALICE, "another", Instant.now())))
        .isEqualTo("SignatureDoesNotMatch");
    assertThat(broker.asked).as("known already").hasValue(1);
  }
}
