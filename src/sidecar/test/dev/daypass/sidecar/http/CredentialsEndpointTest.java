package dev.daypass.sidecar.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daypass.client.sources.Fetched;
import dev.daypass.sidecar.address.Addresses;
import dev.daypass.sidecar.http.Callers.Found;
import dev.daypass.sidecar.keeping.Keeper;
import dev.daypass.sidecar.keeping.Offer;
import dev.daypass.sidecar.telling.Metrics;
import dev.daypass.wire.Secret;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CredentialsEndpointTest {
  private static final Asked ASKED =
      new Asked(
          "GET",
          "/v1/credentials",
          Map.of("host", List.of("127.0.0.1:9911"), "authorization", List.of("token")));

  private static CredentialsEndpoint endpoint(Callers callers) {
    return new CredentialsEndpoint(
        new Gate(Addresses.parse("127.0.0.1:9911")),
        callers,
        new Handout(TestKeepers.CLOCK, new Metrics("1")));
  }

  @Test
  void who_asks_thousands_of_times_a_second_is_told_to_wait() {
    try (Keeper keeper = TestKeepers.of(TestKeepers::fresh)) {
      await().until(() -> keeper.offer() instanceof Offer.Good);
      CredentialsEndpoint endpoint = endpoint(_ -> new Found.Opens(keeper));

      Reply last = endpoint.apply(ASKED);
      for (int i = 0; i < 1_000_000 && last.status() == 200; i++) {
        last = endpoint.apply(ASKED);
      }

      assertThat(last.status()).isEqualTo(429);
      assertThat(last.headers()).containsEntry("Retry-After", "1");
      assertThat(last.body()).doesNotContain("ASIA1");
    }
  }

  @Test
  void too_many_new_callers_are_told_to_wait() {
    Reply reply = endpoint(_ -> new Found.TooMany()).apply(ASKED);

    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.headers()).containsEntry("Retry-After", "1");
  }

  @Test
  void a_pod_without_a_role_is_refused_as_that() {
    Reply reply = endpoint(_ -> new Found.NoRole()).apply(ASKED);

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.body()).contains("NoRole");
  }

  @Test
  void what_the_broker_refuses_is_refused_and_what_it_cannot_be_asked_is_for_later() {
    try (Keeper refused = TestKeepers.of(() -> new Fetched.Refused("InvalidIdentityToken", "no"));
        Keeper away = TestKeepers.of(() -> new Fetched.Away("NoAnswer", "gone"))) {
      await().until(() -> refused.status().refused());
      await().until(() -> away.status().lastError().isPresent());

      Reply no = endpoint(_ -> new Found.Opens(refused)).apply(ASKED);
      Reply later = endpoint(_ -> new Found.Opens(away)).apply(ASKED);

      assertThat(no.status()).isEqualTo(403);
      assertThat(no.body()).contains("InvalidIdentityToken");
      assertThat(no.headers()).doesNotContainKey("Retry-After");
      assertThat(later.status()).isEqualTo(503);
      assertThat(later.headers()).containsEntry("Retry-After", "1");
    }
  }

  @Test
  void others_are_asked_where_a_token_is_none_of_the_first_ones() {
    try (Keeper keeper = TestKeepers.of(TestKeepers::fresh)) {
      Callers nothing = _ -> new Found.Nothing();
      Callers opens = _ -> new Found.Opens(keeper);

      assertThat(nothing.or(opens).of(Secret.of("x"))).isInstanceOf(Found.Opens.class);
      assertThat(opens.or(nothing).of(Secret.of("x"))).isInstanceOf(Found.Opens.class);
      assertThat(nothing.or(nothing).of(Secret.of("x"))).isInstanceOf(Found.Nothing.class);
    }
  }
}
