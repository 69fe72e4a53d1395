package dev.daypass.broker.passkeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.webauthn4j.data.client.Origin;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Where passkeys can be had, and where the broker does not start.
class RelyingPartyTest {
  @ParameterizedTest
  @CsvSource({
    "http://localhost, localhost, http://localhost",
    "http://localhost:8080, localhost, http://localhost:8080",
    "https://daypass.example.com, daypass.example.com, https://daypass.example.com",
    "https://Daypass.Example.com:8443/, daypass.example.com, https://daypass.example.com:8443"
  })
  void a_name_over_tls_or_this_machine(String url, String id, String origin) {
    var site = new RelyingParty(() -> URI.create(url));

    assertThat(site.id()).isEqualTo(id);
    assertThat(site.expecting(new byte[32]).getOriginPredicate().test(new Origin(origin))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://daypass.example.com",
        "https://daypass.example.com/path",
        "https://daypass.example.com/?a=b",
        "https://daypass.example.com/#a",
        "https://user@daypass.example.com",
        "https://127.0.0.1",
        "https://[::1]",
        "ftp://localhost",
        "localhost:8080",
        "https://",
        "/"
      })
  void anything_else_stops_the_start(String url) {
    assertThatThrownBy(() -> new RelyingParty(() -> URI.create(url)))
        .isInstanceOf(RuntimeException.class);
  }
}
