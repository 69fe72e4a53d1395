package dev.daypass.broker.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnsafeSettingsTest {
  private final Map<String, String> settings = new HashMap<>();

  private List<String> found() {
    return UnsafeSettings.among(property -> Optional.ofNullable(settings.get(property)));
  }

  private void onlyFinding(String text) {
    assertThat(found()).singleElement().asString().contains(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "::1", "127.8.0.1"})
  void a_broker_of_this_computer_alone_may_have_any(String host) {
    settings.put("quarkus.http.host", host);
    settings.put("daypass.bootstrap.secret-access-key", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");

    assertThat(found()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.7", "no.such.host.invalid"})
  void plain_http_for_other_computers_must_be_declared(String host) {
    settings.put("quarkus.http.host", host);
    onlyFinding("DAYPASS_PLAIN_HTTP=behind-tls");
    settings.put("daypass.plain-http", "loopback");
    onlyFinding("DAYPASS_PLAIN_HTTP=behind-tls");

    for (String declared : List.of("behind-tls", "anywhere")) {
      settings.put("daypass.plain-http", declared);
      assertThat(found()).isEmpty();
    }
  }

  @Test
  void a_certificate_is_not_enough_where_plain_http_is_beside_it() {
    settings.put("quarkus.http.host", "0.0.0.0");
    settings.put("quarkus.http.ssl.certificate.files", "/tls.crt");
    onlyFinding("QUARKUS_HTTP_INSECURE_REQUESTS=disabled");

    for (String closed : List.of("disabled", "redirect")) {
      settings.put("quarkus.http.insecure-requests", closed);
      assertThat(found()).isEmpty();
    }
  }

  @Test
  void closing_plain_http_without_a_certificate_opens_nothing() {
    settings.put("quarkus.http.host", "0.0.0.0");
    settings.put("quarkus.http.insecure-requests", "disabled");

    onlyFinding("Give it a certificate");
  }

  @Test
  void a_key_that_everybody_knows_is_refused() {
    settings.put("quarkus.http.host", "0.0.0.0");
    settings.put("daypass.plain-http", "anywhere");
    settings.put("daypass.bootstrap.secret-access-key", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");

    onlyFinding("DAYPASS_BOOTSTRAP_SECRET_ACCESS_KEY");
  }

  @Test
  void a_database_elsewhere_needs_a_sealing_key_that_was_chosen() {
    settings.put("quarkus.http.host", "0.0.0.0");
    settings.put("daypass.plain-http", "behind-tls");
    settings.put("quarkus.datasource.reactive.url", "postgresql://db/daypass");
    onlyFinding("DAYPASS_SEALING_KEY_FILE");

    settings.put("daypass.sealing.key-file", "/etc/daypass/sealing-key.json");
    assertThat(found()).isEmpty();
  }

  @Test
  void certificates_that_nobody_vouches_for_are_not_asked_of_clients() {
    settings.put("daypass.client-certificates", "required");
    onlyFinding("QUARKUS_HTTP_SSL_CERTIFICATE_TRUST_STORE_FILES");

    settings.put("quarkus.http.ssl.certificate.trust-store-files", "/ca.crt");
    assertThat(found()).isEmpty();
  }
}
