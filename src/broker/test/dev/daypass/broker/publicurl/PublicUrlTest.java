package dev.daypass.broker.publicurl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Under which URLs the broker can be known, and with which it does not start.
class PublicUrlTest {
  @ParameterizedTest
  @CsvSource({
    "http://localhost, localhost, http://localhost",
    "http://localhost:8080, localhost, http://localhost:8080",
    "https://daypass.example.com, daypass.example.com, https://daypass.example.com",
    "https://Daypass.Example.com:8443/, daypass.example.com, https://daypass.example.com:8443"
  })
  void a_name_over_tls_or_this_machine(String url, String host, String origin) {
    var known = new PublicUrl(() -> URI.create(url));

    assertThat(known.host()).isEqualTo(host);
    assertThat(known.origin()).isEqualTo(origin);
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
    assertThatThrownBy(() -> new PublicUrl(() -> URI.create(url)))
        .isInstanceOf(RuntimeException.class);
  }
}
