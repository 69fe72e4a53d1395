package dev.daypass.sidecar.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daypass.client.sources.Fetched;
import dev.daypass.sidecar.http.Callers.Found;
import dev.daypass.sidecar.keeping.Keeper;
import dev.daypass.sidecar.keeping.Offer;
import dev.daypass.wire.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PodCallersTest {
  private static final PodRole CART =
      new PodRole("app", "arn:aws:iam::111122223333:role/app", "shop", "cart", Duration.ofHours(1));

  private final AtomicLong nanos = new AtomicLong();
  private final List<PodCallers.Pod> begun = new ArrayList<>();
  private volatile Fetched answer = TestKeepers.fresh();
  private final PodCallers pods =
      new PodCallers(
          List.of(CART),
          (_, pod) -> {
            begun.add(pod);
            return TestKeepers.of(() -> answer);
          },
          nanos::get);

  @AfterEach
  void end() {
    pods.close();
  }

  private static Secret token(String claims) {
    return Secret.of(
        "e30."
            + Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(claims.getBytes(StandardCharsets.UTF_8))
            + ".c2ln");
  }

  private static Secret cart(int number) {
    return token("{\"sub\":\"system:serviceaccount:shop:cart\",\"n\":%d}".formatted(number));
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private Keeper opened(Secret token) {
    assertThat(pods.of(token)).isInstanceOf(Found.Opens.class);
    return ((Found.Opens) pods.of(token)).keeper();
  }

  @Test
  void a_pod_has_one_keeper_for_as_long_as_it_asks() {
    assertThat(opened(cart(1))).isSameAs(opened(cart(1)));
    assertThat(begun).hasSize(1);
    assertThat(begun.getFirst().sessionName()).isEqualTo("cart");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"sub\":\"system:serviceaccount:shop:cart:x\"}",
        "{\"sub\":\"xsystem:serviceaccount:shop:cart\"}",
        "{\"sub\":[\"system:serviceaccount:shop:cart\"]}",
        "[]",
        "no json"
      })
  void who_is_no_pod_that_is_known_begins_nothing(String claims) {
    assertThat(pods.of(token(claims))).isInstanceOf(Found.Nothing.class);
    assertThat(begun).isEmpty();
  }

  @Test
  void a_pod_without_a_role_is_told_apart_from_who_is_no_pod() {
    assertThat(pods.of(token("{\"sub\":\"system:serviceaccount:shop:other\"}")))
        .isInstanceOf(Found.NoRole.class);
    assertThat(begun).isEmpty();
  }

  @Test
  void many_tokens_at_once_are_not_all_brought_to_the_broker() {
    int opened = 0;
    for (int i = 0; i < 100; i++) {
      opened += pods.of(cart(i)) instanceof Found.Opens ? 1 : 0;
    }

    assertThat(opened).isEqualTo(20);
    assertThat(pods.of(cart(1000))).isInstanceOf(Found.TooMany.class);
    assertThat(pods.of(cart(0))).isInstanceOf(Found.Opens.class);
    pass(Duration.ofSeconds(1));
    assertThat(pods.of(cart(1000))).isInstanceOf(Found.Opens.class);
  }

  @Test
  void what_nobody_asks_for_is_not_kept() {
    Keeper idle = opened(cart(1));
    await().until(() -> idle.offer() instanceof Offer.Good);
    pass(Duration.ofMinutes(31));

    opened(cart(2));

    assertThat(idle.offer()).isNotInstanceOf(Offer.Good.class);
    assertThat(opened(cart(1))).isNotSameAs(idle);
  }

  @Test
  void there_are_never_more_keepers_than_pods_fit_on_a_node() {
    Keeper first = opened(cart(0));
    await().until(() -> first.offer() instanceof Offer.Good);
    for (int i = 1; i <= 2_000; i++) {
      pass(Duration.ofMillis(100));
      opened(cart(i));
    }

    assertThat(first.offer()).isNotInstanceOf(Offer.Good.class);
  }

  @Test
  void a_refusal_is_asked_about_anew_when_the_pod_asks_and_an_outage_is_not() {
    answer = new Fetched.Refused("AccessDenied", "no");
    Keeper refused = opened(cart(1));
    await().until(() -> refused.status().refused());
    answer = new Fetched.Away("NoAnswer", "gone");
    Keeper away = opened(cart(1));
    await().until(() -> away.status().lastError().isPresent());

    assertThat(away).isNotSameAs(refused);
    assertThat(opened(cart(1))).isSameAs(away);
  }
}
