package dev.daypass.sidecar;

import static dev.daypass.sidecar.TestSidecar.APP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.daypass.client.aws.ProfileFile;
import dev.daypass.client.aws.ProfileText;
import dev.daypass.sidecar.FakeBroker.Misfortune;
import dev.daypass.sidecar.SidecarConfig.From;
import dev.daypass.sidecar.SidecarConfig.Role;
import dev.daypass.sidecar.SidecarConfig.To;
import dev.daypass.sidecar.files.ProfilePlace;
import dev.daypass.wire.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsFileTest {
  private static final String OTHER = "arn:aws:iam::111122223333:role/other";
  private static final String ID = "aws_access_key_id";
  private static final String MINE = "# mine\r\n[work]\r\naws_access_key_id=AKIAMINE\r\n";

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("aws/credentials");
  }

  private Role role(String arn, String profile, boolean replace) {
    Role role = TestSidecar.role(arn, new From.Key("AKIAEXAMPLE", Secret.of("secret")), folder);
    return new Role(
        role.name(),
        role.request(),
        role.from(),
        new To(role.to().tokenFile(), Optional.of(new ProfilePlace(file, profile, replace))));
  }

  private TestSidecar start(FakeBroker broker, Role... roles) throws IOException {
    return TestSidecar.of(broker, folder, List.of(roles), List.of());
  }

  private TestSidecar start(FakeBroker broker) throws IOException {
    return start(broker, role(APP, "default", false));
  }

  private ProfileText content() throws IOException {
    return ProfileFile.at(file).read();
  }

  private Optional<String> id(String profile) throws IOException {
    return content().value(profile, ID);
  }

  private void write(String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static String left(Instant until) {
    return "[default]\ndaypass_managed = true\naws_access_key_id = ASIAFORMER\nx_security_token_expires = %s\n"
        .formatted(until);
  }

  @Test
  void a_file_has_what_the_aws_cli_reads() throws Exception {
    try (FakeBroker broker = FakeBroker.start();
        TestSidecar sidecar = start(broker)) {
      await().until(() -> sidecar.status("/startupz").status() == 200);

      assertThat(content().value("default", ID)).hasValue("ASIA0000000000000001");
      assertThat(content().value("default", "aws_secret_access_key")).hasValue("s");
      assertThat(content().value("default", "aws_session_token")).hasValue("t");
      assertThat(
              Instant.parse(content().value("default", "x_security_token_expires").orElseThrow()))
          .isAfter(Instant.now());
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(sidecar.log()).contains("\"file written\"").doesNotContain("ASIA00");
    }
  }

  @Test
  void other_profiles_stay_byte_for_byte() throws Exception {
    write(MINE);
    try (FakeBroker broker = FakeBroker.start().lifetime(Duration.ofSeconds(2));
        TestSidecar _ = start(broker)) {
      await().until(() -> broker.given() > 1 && id("default").isPresent());

      assertThat(Files.readString(file)).startsWith(MINE + "\r\n[default]\r\n");
    }
  }

  @Test
  void a_file_is_as_fresh_as_what_is_served() throws Exception {
    try (FakeBroker broker = FakeBroker.start().lifetime(Duration.ofSeconds(2));
        TestSidecar _ = start(broker)) {
      await().until(() -> broker.given() > 2);

      await().until(() -> id("default").filter(broker::takes).isPresent());
      assertThat(content().sections()).containsExactly("default");
    }
  }

  @Test
  void two_roles_have_two_profiles_of_one_file() throws Exception {
    try (FakeBroker broker = FakeBroker.start();
        TestSidecar _ = start(broker, role(APP, "app", false), role(OTHER, "other", false))) {
      await().until(() -> id("app").isPresent() && id("other").isPresent());

      assertThat(id("app")).isNotEqualTo(id("other"));
    }
  }

  @Test
  void two_roles_cannot_have_one_profile() throws Exception {
    try (FakeBroker broker = FakeBroker.start()) {
      assertThatThrownBy(() -> start(broker, role(APP, "app", false), role(OTHER, "app", false)))
          .isInstanceOf(InvalidConfig.class)
          .hasMessageContaining("two roles have the profile `app`");
    }
  }

  @Test
  void what_is_revoked_is_taken_out_and_nothing_else_is() throws Exception {
    write(MINE);
    try (FakeBroker broker = FakeBroker.start();
        TestSidecar sidecar = start(broker)) {
      await().until(() -> id("default").isPresent());
      broker.misfortune(APP, Misfortune.refusing("AccessDenied"));

      broker.revoke(id("default").orElseThrow());
      await().until(() -> !content().has("default"));

      assertThat(Files.readString(file)).isEqualTo(MINE + "\r\n");
      assertThat(sidecar.log()).contains("\"removed from file\"");

      broker.luck(APP);
      await().until(() -> id("default").isPresent());
    }
  }

  @Test
  void what_has_expired_is_taken_out_and_not_a_moment_sooner() throws Exception {
    try (FakeBroker broker = FakeBroker.start().lifetime(Duration.ofSeconds(3));
        TestSidecar _ = start(broker)) {
      await().until(() -> id("default").isPresent());
      broker.stop();

      await().until(() -> !content().has("default"));

      assertThat(broker.takes("ASIA%016d".formatted(broker.given()))).isFalse();
    }
  }

  @Test
  void what_is_good_stays_when_it_is_stopped() throws Exception {
    try (FakeBroker broker = FakeBroker.start()) {
      TestSidecar sidecar = start(broker);
      await().until(() -> id("default").isPresent());

      sidecar.close();

      assertThat(id("default").filter(broker::takes)).isPresent();
    }
  }

  @Test
  void what_was_good_before_a_restart_is_left_while_the_broker_is_away() throws Exception {
    write(left(Instant.now().plusSeconds(2)));
    try (FakeBroker broker = FakeBroker.start()) {
      broker.misfortune(APP, Misfortune.refusing("AccessDenied"));
      try (TestSidecar sidecar = start(broker)) {
        await().until(() -> sidecar.status("/readyz").body().contains("AccessDenied"));
        assertThat(id("default")).hasValue("ASIAFORMER");
        assertThat(sidecar.status("/startupz").status()).isEqualTo(503);
      }
    }
  }

  @Test
  void what_expired_before_a_start_is_taken_out_at_once() throws Exception {
    write(left(Instant.now().minusSeconds(1)));
    try (FakeBroker broker = FakeBroker.start()) {
      broker.misfortune(APP, Misfortune.refusing("AccessDenied"));
      try (TestSidecar _ = start(broker)) {
        await().until(() -> !content().has("default"));
      }
    }
  }

  @Test
  void somebody_elses_profile_is_refused_at_the_start() throws Exception {
    write("[default]\naws_access_key_id = AKIAMINE\n");
    try (FakeBroker broker = FakeBroker.start()) {
      assertThatThrownBy(() -> start(broker))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("profile `default` that is not kept by daypass");
      assertThat(file).hasContent("[default]\naws_access_key_id = AKIAMINE\n");
    }
  }

  @Test
  void somebody_elses_profile_is_replaced_where_that_is_allowed_and_only_by_credentials()
      throws Exception {
    write("[default]\naws_access_key_id = AKIAMINE\n");
    try (FakeBroker broker = FakeBroker.start()) {
      broker.misfortune(APP, Misfortune.refusing("AccessDenied"));
      try (TestSidecar sidecar = start(broker, role(APP, "default", true))) {
        await().until(() -> sidecar.status("/readyz").body().contains("AccessDenied"));
        assertThat(id("default")).hasValue("AKIAMINE");

        broker.luck(APP);
        await().until(() -> id("default").filter(broker::takes).isPresent());
      }
    }
  }

  @Test
  void what_somebody_else_writes_meanwhile_is_theirs() throws Exception {
    try (FakeBroker broker = FakeBroker.start().lifetime(Duration.ofSeconds(3));
        TestSidecar sidecar = start(broker)) {
      await().until(() -> id("default").isPresent());

      write("[default]\naws_access_key_id = AKIAMINE\n");
      await().until(() -> sidecar.log().contains("\"file not written\""));

      assertThat(file).hasContent("[default]\naws_access_key_id = AKIAMINE\n");
    }
  }

  @Test
  void a_disk_that_fails_disturbs_nobody_and_is_tried_again() throws Exception {
    Path home = file.getParent();
    Files.writeString(home, "no folder");
    try (FakeBroker broker = FakeBroker.start();
        TestSidecar sidecar =
            start(
                broker,
                role(APP, "default", false),
                TestSidecar.role(
                    OTHER, new From.Key("AKIAEXAMPLE", Secret.of("secret")), folder))) {
      await().until(() -> sidecar.log().contains("\"file not written\""));

      assertThat(sidecar.ask("app").status()).isEqualTo(200);
      assertThat(sidecar.ask("other").status()).isEqualTo(200);
      assertThat(sidecar.status("/readyz").body())
          .isEqualTo("app has no good credentials (CredentialsFileNotWritten)\n");
      assertThat(sidecar.status("/metrics").body())
          .contains("credentials_file_total{role=\"app\",result=\"failed\"}");

      Files.delete(home);
      await().until(() -> sidecar.status("/readyz").status() == 200);
      assertThat(id("default")).isPresent();
    }
  }

  @Test
  void a_file_that_cannot_be_read_is_refused_at_the_start() throws Exception {
    write("[default\n");
    try (FakeBroker broker = FakeBroker.start()) {
      assertThatThrownBy(() -> start(broker))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("line 1 has no `]`");
    }
  }
}
