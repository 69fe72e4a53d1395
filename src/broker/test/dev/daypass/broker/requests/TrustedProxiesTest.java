package dev.daypass.broker.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.broker.requests.TrustedProxies.Client;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
  private static final String PROXY = "10.1.2.3";

  private final TrustedProxies proxies = trusting("10.0.0.0/8", "fd00::/8");

  private static TrustedProxies trusting(String... networks) {
    return new TrustedProxies(() -> Optional.of(List.of(networks)));
  }

  private Client by(String peer, String forwarded) {
    return proxies.of(peer, false, List.of(forwarded), List.of("https"));
  }

  @Test
  void who_is_no_proxy_is_believed_nothing() {
    assertThat(by("192.0.2.1", "10.9.9.9")).isEqualTo(new Client("192.0.2.1", false));
    assertThat(proxies.of("192.0.2.1", true, List.of("10.9.9.9"), List.of("http")))
        .isEqualTo(new Client("192.0.2.1", true));
  }

  @Test
  void nobody_is_a_proxy_where_none_is_named() {
    TrustedProxies none = new TrustedProxies(Optional::empty);

    assertThat(none.of(PROXY, false, List.of("192.0.2.1"), List.of("https")))
        .isEqualTo(new Client(PROXY, false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "192.0.2.1                         | 192.0.2.1",
        // What the client said of itself stands before what the proxy saw.
        "203.0.113.5, 192.0.2.1            | 192.0.2.1",
        "10.0.0.1, 192.0.2.1               | 192.0.2.1",
        "junk, 192.0.2.1                   | 192.0.2.1",
        // A proxy before the proxy.
        "203.0.113.5, 192.0.2.1, 10.4.4.4  | 192.0.2.1",
        "192.0.2.1,fd00::7                 | 192.0.2.1",
        "2001:db8::1                       | 2001:db8::1",
        "::ffff:10.4.4.4                   | ::ffff:10.4.4.4",
        // Somebody in the proxies' own network.
        "10.4.4.4                          | 10.4.4.4",
        "10.5.5.5, 10.4.4.4                | 10.5.5.5"
      })
  void the_client_is_the_last_that_is_no_proxy(String forwarded, String client) {
    assertThat(by(PROXY, forwarded).address()).isEqualTo(client);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unknown",
        "192.0.2.1, unknown",
        "192.0.2.1:443",
        "192.0.2.1,",
        "",
        "192.0.2.0/24",
        "a.example"
      })
  void what_cannot_be_read_is_no_address(String forwarded) {
    assertThat(by(PROXY, forwarded).address()).isEmpty();
  }

  @Test
  void lines_are_one_list() {
    assertThat(
            proxies
                .of(PROXY, false, List.of("203.0.113.5", "192.0.2.1, 10.4.4.4"), List.of())
                .address())
        .isEqualTo("192.0.2.1");
  }

  @Test
  void a_proxy_that_says_nothing_is_the_client() {
    assertThat(proxies.of(PROXY, false, List.of(), List.of())).isEqualTo(new Client(PROXY, false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https|true",
        "HTTPS|true",
        "https, https|true",
        "http|false",
        "https, http|false",
        "''|false",
        "wss|false"
      })
  void the_whole_road_must_have_been_encrypted(String protocol, boolean secure) {
    assertThat(proxies.of(PROXY, true, List.of("192.0.2.1"), List.of(protocol)).secure())
        .isEqualTo(secure);
  }

  @Test
  void a_proxy_that_does_not_say_how_it_was_called_says_nothing_of_encryption() {
    assertThat(proxies.of(PROXY, true, List.of("192.0.2.1"), List.of()).secure()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/33", "a.example", "10.0.0.0/8 10.1.0.0/16", ""})
  void what_is_no_network_stops_the_start(String network) {
    assertThatThrownBy(() -> trusting(network))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("daypass.trusted-proxies");
  }
}
