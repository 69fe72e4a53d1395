package dev.daypass.broker.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.JWTClaimsSet;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Providers as they are configured.
class UpstreamsTest {
  private final Map<String, String> settings =
      new HashMap<>(
          Map.of(
              "daypass.upstream.keycloak.issuer",
              "https://keycloak.example.com/realms/acme",
              "daypass.upstream.keycloak.client-id",
              "daypass",
              "daypass.upstream.keycloak.account",
              "111122223333"));

  private Upstreams read() {
    UpstreamConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(UpstreamConfig.class)
            .withSources(new PropertiesConfigSource(settings, "test", 100))
            .build()
            .getConfigMapping(UpstreamConfig.class);
    return new Upstreams(config);
  }

  private static JWTClaimsSet claims() {
    return new JWTClaimsSet.Builder().claim("amr", List.of("mfa", "otp")).claim("acr", "2").build();
  }

  @Test
  void a_provider_has_what_is_usual_where_nothing_is_said() {
    Upstream upstream = read().find("keycloak").orElseThrow();

    assertThat(upstream.scopes()).isEqualTo("openid");
    assertThat(upstream.userClaim()).isEqualTo("sub");
    assertThat(upstream.label()).isEqualTo("keycloak");
    assertThat(upstream.secret()).isEmpty();
    assertThat(upstream.provesSecondFactor(claims())).isFalse();
    assertThat(read().find("other")).isEmpty();
  }

  @Test
  void a_token_is_of_its_issuer_and_for_its_client() {
    Upstream upstream = read().find("keycloak").orElseThrow();

    assertThat(upstream.issued(token(upstream.issuer(), "daypass"))).isTrue();
    assertThat(upstream.issued(token(upstream.issuer(), "another"))).isFalse();
    assertThat(upstream.issued(token(upstream.issuer() + "/", "daypass"))).isFalse();
    assertThat(upstream.issued(claims())).isFalse();
  }

  private static JWTClaimsSet token(String issuer, String audience) {
    return new JWTClaimsSet.Builder().issuer(issuer).audience(audience).build();
  }

  @Test
  void a_secret_comes_from_a_file_and_is_told_nobody(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("secret"), "of the file\n");
    settings.put("daypass.upstream.keycloak.client-secret-file", file.toString());

    Upstream upstream = read().find("keycloak").orElseThrow();

    assertThat(upstream.secret().orElseThrow().revealText()).isEqualTo("of the file");
    assertThat(upstream.toString()).doesNotContain("of the file");
  }

  @ParameterizedTest
  @CsvSource({
    "issuer, http://keycloak.example.com/realms/acme",
    "issuer, http://127.0.0.1.example.com",
    "issuer, http://localhost@example.com",
    "issuer, https://keycloak.example.com/../acme",
    "account, 1111",
    "scopes, profile email",
    "client-secret-file, /absent",
  })
  void what_is_not_right_stops_the_start(String key, String value) {
    settings.put("daypass.upstream.keycloak." + key, value);

    assertThatThrownBy(this::read)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("daypass.upstream.keycloak: ");
  }

  @Test
  void one_secret_is_enough() {
    settings.put("daypass.upstream.keycloak.client-secret", "x");
    settings.put("daypass.upstream.keycloak.client-secret-file", "/absent");

    assertThatThrownBy(this::read).hasMessageContaining("cannot both be there");
  }
}
