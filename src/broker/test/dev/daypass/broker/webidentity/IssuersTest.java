package dev.daypass.broker.webidentity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What an operator says about issuers is checked when the broker starts.
class IssuersTest {
  private record Said(
      String url,
      Optional<Path> caFile,
      Optional<Path> jwksFile,
      Optional<String> jwks,
      Optional<List<String>> networks,
      Optional<List<String>> claims)
      implements WebIdentityConfig.Issuer {
    static Said of(String url) {
      return new Said(
          url,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }

    Said in(String network) {
      return new Said(url, caFile, jwksFile, jwks, Optional.of(List.of(network)), claims);
    }

    Said provenBy(Path authorities) {
      return new Said(url, Optional.of(authorities), jwksFile, jwks, networks, claims);
    }
  }

  private static Issuers issuers(Map<String, WebIdentityConfig.Issuer> said) {
    return new Issuers(() -> said);
  }

  @Test
  void settings_that_mean_nothing_stop_the_start() {
    Said proper = Said.of("https://issuer.example.com");

    for (Map<String, WebIdentityConfig.Issuer> wrong :
        List.<Map<String, WebIdentityConfig.Issuer>>of(
            Map.of("a", Said.of("http://issuer.example.com")),
            Map.of("a", Said.of("https://Issuer.example.com/../x")),
            Map.of("a", proper.in("10.0.0.0/33")),
            Map.of("a", proper.in("everywhere")),
            Map.of("a", proper.provenBy(Path.of("/nowhere/ca.pem"))))) {
      assertThatThrownBy(() -> issuers(wrong)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> issuers(Map.of("a", proper, "b", proper)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void networks_and_claims_are_the_named_issuers_alone() {
    Issuers issuers = issuers(Map.of("a", Said.of("https://issuer.example.com").in("10.0.0.0/8")));

    assertThat(issuers.networks("https://issuer.example.com")).hasSize(1);
    assertThat(issuers.networks("https://issuer.example.com/")).isEmpty();
    assertThat(issuers.claims("https://issuer.example.com")).isEmpty();
    assertThat(issuers.claims("https://token.actions.githubusercontent.com"))
        .contains("repository", "job_workflow_ref");
  }
}
