package dev.daypass.sidecar.telling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.client.Credentials;
import dev.daypass.client.sources.Fetched;
import dev.daypass.wire.Secret;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class LogTest {
  private static final Fetched FRESH =
      new Fetched.Fresh(
          new Credentials(
              "ASIAEXAMPLE",
              Secret.of("s"),
              Secret.of("t"),
              Instant.parse("2099-01-01T00:00:00Z"),
              "arn"));

  private static String told(boolean quiet) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Log log =
        new Log(new PrintStream(out, true, StandardCharsets.UTF_8), InstantSource.system(), quiet);
    log.fetched("app", FRESH, Duration.ofMillis(3));
    log.fetched("app", new Fetched.Refused("AccessDenied", "no"), Duration.ofMillis(3));
    log.revoked("app");
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void every_event_is_a_line() {
    assertThat(told(false).lines()).hasSize(3);
    assertThat(told(false)).contains("\"refreshed\"", "…MPLE").doesNotContain("ASIAEXAMPLE");
  }

  @Test
  void what_went_wrong_is_all_that_a_quiet_one_tells() {
    assertThat(told(true)).contains("\"refused\"", "\"revoked\"").doesNotContain("refreshed");
    assertThat(told(true).lines()).hasSize(2);
  }
}
