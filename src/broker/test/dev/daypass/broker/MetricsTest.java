package dev.daypass.broker;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.broker.Wire.Key;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is measured of calls, and that what alerts, dashboard and docs name is measured.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class MetricsTest {
  private static final Pattern NAME = Pattern.compile("\\bdaypass_[a-z_]*[a-z]");

  @TestHTTPResource URI server;
  private Wire wire;

  @BeforeEach
  void begin() {
    wire = new Wire(server.getPort());
  }

  private static String metrics() {
    return given().get("/q/metrics").then().statusCode(200).extract().asString();
  }

  @Test
  void calls_are_counted_by_action_and_error() {
    wire.sts(Key.ADMIN, "GetCallerIdentity");
    wire.iam(Key.ADMIN, "GetUser", "UserName", "nobody-of-this-name");

    assertThat(metrics())
        .contains(
            "daypass_calls_seconds_count{action=\"GetCallerIdentity\",error=\"None\",service=\"sts\"}",
            "daypass_calls_seconds_count{action=\"GetUser\",error=\"NoSuchEntity\",service=\"iam\"}",
            "le=\"0.02\"");
  }

  @Test
  void who_calls_cannot_make_labels() {
    wire.iam(Key.ADMIN, "MakeALabelOfMe");
    wire.sts(Key.ADMIN, "");

    assertThat(metrics())
        .doesNotContain("MakeALabelOfMe")
        .contains("daypass_calls_seconds_count{action=\"Unknown\",");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "k8s/components/monitoring/prometheus-rule.yaml",
        "k8s/components/monitoring/dashboard.json",
        "docs/observability.md"
      })
  void what_is_looked_at_is_measured(String file) throws IOException {
    wire.sts(Key.ADMIN, "GetCallerIdentity");
    String metrics = metrics();

    assertThat(
            NAME.matcher(Files.readString(Path.of("../..", file)))
                .results()
                .map(MatchResult::group))
        .isNotEmpty()
        .allSatisfy(name -> assertThat(metrics).contains(name));
  }
}
