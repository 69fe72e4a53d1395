package dev.daypass.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static final URI ONE = URI.create("https://one.example.com");
  private static final URI OTHER = URI.create("https://other.example.com");

  @TempDir Path folder;

  private Settings settings() {
    return new Settings(folder.resolve("daypass"));
  }

  private String text() throws IOException {
    return Files.readString(folder.resolve("daypass/config"));
  }

  private void write(String text) throws IOException {
    Files.createDirectories(folder.resolve("daypass"));
    Files.writeString(folder.resolve("daypass/config"), text);
  }

  @Test
  void nothing_is_set_at_first() {
    assertThat(settings().get("storage")).isEmpty();
    assertThat(settings().get(ONE, "login_flow")).isEmpty();
  }

  @Test
  void what_is_set_is_kept_apart_for_each_broker() throws IOException {
    settings().set(ONE, "login_flow", "device");
    settings().set(OTHER, "login_flow", "tty");
    settings().set("storage", "keyring");
    settings().set(ONE, "login_flow", "browser");

    assertThat(settings().get(ONE, "login_flow")).contains("browser");
    assertThat(settings().get(OTHER, "login_flow")).contains("tty");
    assertThat(settings().get("storage")).contains("keyring");
    assertThat(settings().get("login_flow")).isEmpty();
    assertThat(settings().get(ONE, "storage")).isEmpty();
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("daypass/config"))))
        .isEqualTo("rw-------");
  }

  @Test
  void what_a_person_wrote_stays() throws IOException {
    write(
        "# mine\n; too\nunknown = x = y\n\n[https://one.example.com]\n  login_flow=device  \n# end\n");

    assertThat(settings().get("unknown")).contains("x = y");
    assertThat(settings().get(ONE, "login_flow")).contains("device");
    settings().set(ONE, "login_flow", "tty");
    settings().set("storage", "keyring");

    assertThat(text())
        .isEqualTo(
            "storage = keyring\n# mine\n; too\nunknown = x = y\n\n[https://one.example.com]\nlogin_flow = tty\n# end\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"storage keyring", "STORAGE = x", "[open", "= x", "a b = c"})
  void a_line_that_says_nothing_is_refused(String line) throws IOException {
    write("# fine\n" + line + "\n");

    assertThatThrownBy(() -> settings().get("storage"))
        .isInstanceOf(Stop.class)
        .hasMessageContaining("line 2");
    assertThatThrownBy(() -> settings().set("storage", "keyring")).isInstanceOf(Stop.class);
    assertThat(text()).isEqualTo("# fine\n" + line + "\n");
  }
}
