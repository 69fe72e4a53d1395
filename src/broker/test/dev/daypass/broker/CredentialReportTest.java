package dev.daypass.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.broker.People.Person;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.CredentialReportExpiredException;
import software.amazon.awssdk.services.iam.model.ReportStateType;

/// The report that auditors ask for first.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class CredentialReportTest {
  @TestHTTPResource URI server;
  private IamClient iam;
  private People people;

  @BeforeEach
  void begin() {
    Wire wire = new Wire(server.getPort());
    people = new People(wire);
    iam = Sdk.iam(wire.server());
    TestClock.forward(Duration.ofHours(5));
  }

  private Map<String, Map<String, String>> report() {
    assertThat(iam.generateCredentialReport().state()).isEqualTo(ReportStateType.COMPLETE);
    List<String> lines = iam.getCredentialReport().content().asUtf8String().lines().toList();
    String[] columns = lines.getFirst().split(",");
    Map<String, Map<String, String>> byUser = new HashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",");
      assertThat(cells).as(line).hasSameSizeAs(columns);
      Map<String, String> row = new HashMap<>();
      for (int i = 0; i < columns.length; i++) {
        row.put(columns[i], cells[i]);
      }
      byUser.put(cells[0], row);
    }
    return byUser;
  }

  @Test
  void a_user_with_a_password_a_device_and_a_key() {
    Person person = people.user();
    iam.createLoginProfile(r -> r.userName(person.name()).password("a password nobody guesses"));
    people.device(person);

    Map<String, String> row = report().get(person.name());

    assertThat(row)
        .containsEntry("arn", person.arn())
        .containsEntry("password_enabled", "true")
        .containsEntry("password_last_used", "no_information")
        .containsEntry("password_next_rotation", "N/A")
        .containsEntry("mfa_active", "true")
        .containsEntry("access_key_1_active", "true")
        .containsEntry("access_key_1_last_used_date", "N/A")
        .containsEntry("access_key_2_active", "false")
        .containsEntry("access_key_2_last_rotated", "N/A")
        .containsEntry("cert_1_active", "false");
    assertThat(row.get("password_last_changed"))
        .isGreaterThanOrEqualTo(row.get("user_creation_time"))
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\+00:00");
  }

  @Test
  void the_root_comes_first_and_has_nothing() {
    Map<String, String> root = report().get("<root_account>");

    assertThat(root)
        .containsEntry("arn", "arn:aws:iam::" + People.ACCOUNT + ":root")
        .containsEntry("password_enabled", "not_supported")
        .containsEntry("access_key_1_active", "false");
  }

  @Test
  void the_last_use_of_a_key_and_the_next_change_of_a_password() {
    Person person = people.user();
    iam.createLoginProfile(r -> r.userName(person.name()).password("a password nobody guesses"));
    iam.updateAccountPasswordPolicy(r -> r.maxPasswordAge(90).minimumPasswordLength(8));
    try {
      Map<String, Map<String, String>> report = report();
      Map<String, String> admin = report.get("admin");

      assertThat(admin.get("access_key_1_last_used_service")).isEqualTo("iam");
      assertThat(admin.get("access_key_1_last_used_region")).isNotEqualTo("N/A");
      assertThat(report.get(person.name()).get("password_next_rotation")).contains("T");
    } finally {
      iam.deleteAccountPasswordPolicy();
    }
  }

  @Test
  void a_name_with_a_comma_stays_in_its_column() {
    String name = "comma,name-" + UUID.randomUUID();
    iam.createUser(r -> r.userName(name));

    iam.generateCredentialReport();

    assertThat(iam.getCredentialReport().content().asUtf8String()).contains("\"" + name + "\",");
    iam.deleteUser(r -> r.userName(name));
  }

  @Test
  void a_report_is_made_again_after_four_hours_and_not_shown_any_longer() {
    var first = report();
    String name = people.user().name();
    assertThat(report()).hasSameSizeAs(first).doesNotContainKey(name);

    TestClock.forward(Duration.ofHours(4));

    assertThatThrownBy(() -> iam.getCredentialReport())
        .isInstanceOf(CredentialReportExpiredException.class);
    assertThat(report()).containsKey(name);
  }
}
