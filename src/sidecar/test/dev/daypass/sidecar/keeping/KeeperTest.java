package dev.daypass.sidecar.keeping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daypass.client.Credentials;
import dev.daypass.client.sources.BrokerClock;
import dev.daypass.client.sources.Fetched;
import dev.daypass.client.sources.SecurityTokenService.Standing;
import dev.daypass.client.sources.Source;
import dev.daypass.wire.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class KeeperTest {
  private final AtomicInteger fetches = new AtomicInteger();
  private final AtomicInteger standings = new AtomicInteger();
  private final AtomicInteger told = new AtomicInteger();

  private static Fetched fresh(Duration lasts) {
    return new Fetched.Fresh(
        new Credentials("ASIA1", Secret.of("s"), Secret.of("t"), Instant.now().plus(lasts), "arn"));
  }

  private Keeper kept(Source source, Function<Credentials, Standing> standing) {
    return new Keeper(
            new Kept("app", "arn", source),
            new Surroundings(
                standing,
                new BrokerClock(InstantSource.system()),
                () -> 0.5,
                Duration.ofMillis(50),
                new Watcher() {
                  @Override
                  public void fetched(String role, Fetched outcome, Duration took) {
                    told.incrementAndGet();
                    throw new IllegalStateException("a log that cannot be written");
                  }

                  @Override
                  public void revoked(String role) {}
                }))
        .start();
  }

  private Standing alive(Credentials ignored) {
    return Standing.ALIVE;
  }

  @Test
  void a_source_that_fails_in_a_way_of_its_own_is_asked_again() {
    Source source =
        () -> {
          if (fetches.incrementAndGet() == 1) {
            throw new IllegalStateException("not foreseen");
          }
          return fresh(Duration.ofHours(1));
        };
    try (Keeper keeper = kept(source, this::alive)) {
      await().until(() -> keeper.offer() instanceof Offer.Good);
    }
  }

  @Test
  void who_asks_whether_credentials_count_may_fail_and_nothing_is_forgotten() {
    Function<Credentials, Standing> failing =
        _ -> {
          standings.incrementAndGet();
          throw new IllegalStateException("not foreseen");
        };
    try (Keeper keeper = kept(() -> fresh(Duration.ofHours(1)), failing)) {
      await().until(() -> standings.get() > 2);

      assertThat(keeper.offer()).isInstanceOf(Offer.Good.class);
    }
  }

  @Test
  void whoever_is_told_may_fail_and_credentials_are_renewed_all_the_same() {
    Source source =
        () -> {
          fetches.incrementAndGet();
          return fresh(Duration.ofSeconds(1));
        };
    try (Keeper keeper = kept(source, this::alive)) {
      await().until(() -> fetches.get() > 2);

      assertThat(keeper.offer()).isInstanceOf(Offer.Good.class);
      assertThat(told.get()).isGreaterThan(1);
    }
  }

  @Test
  void what_has_expired_when_it_comes_is_never_served() {
    Source source =
        () -> {
          fetches.incrementAndGet();
          return fresh(Duration.ofSeconds(-1));
        };
    try (Keeper keeper = kept(source, this::alive)) {
      await().until(() -> fetches.get() > 1);

      assertThat(keeper.offer())
          .isInstanceOfSatisfying(
              Offer.None.class, none -> assertThat(none.code()).isEqualTo("Expired"));
    }
  }
}
