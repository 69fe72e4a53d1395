package dev.daypass.guard;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardSettingsTest {
  private static GuardSettings at(String broker) {
    return GuardSettings.of(URI.create(broker), () -> TestBroker.GUARD, "orders", "eu-west-1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://daypass.example.com",
        "http://10.0.0.1:8080",
        "http://127.0.0.1.example.com",
        "http://localhost.example.com",
        "ftp://localhost",
        "https://daypass.example.com/path"
      })
  void a_broker_that_cannot_be_trusted_is_refused(String broker) {
    assertThatThrownBy(() -> at(broker)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://daypass.example.com", "http://localhost:8080/", "http://[::1]:80"})
  void a_broker_over_tls_or_on_this_machine_is_taken(String broker) {
    assertThatCode(() -> at(broker)).doesNotThrowAnyException();
  }

  @Test
  void a_limit_has_its_bounds() {
    GuardSettings usual = at("https://daypass.example.com");

    for (long seconds : new long[] {0, 1, 301}) {
      assertThatThrownBy(() -> usual.withGrace(Duration.ofSeconds(seconds)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> usual.withMost(0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> usual.withMost(1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> usual.withLongestBody(Integer.MAX_VALUE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                usual.withBearer(
                    new BearerIssuer("i", Set.of("a"), URI.create("http://example.com/keys"))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new BearerIssuer("i", Set.of("sigv4"), URI.create("https://example.com/keys")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
