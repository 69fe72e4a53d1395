package dev.daypass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SurroundingsTest {
  @TempDir Path root;

  private Surroundings at(String system, Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("PATH", root.resolve("bin").toString());
    return new Surroundings(all, system, root);
  }

  private String program(String name) throws IOException {
    Path file = Files.writeString(Files.createDirectories(root.resolve("bin")).resolve(name), "");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return file.toString();
  }

  @Test
  void a_desktop_has_a_browser() throws IOException {
    String opener = program("xdg-open");

    for (String screen : List.of("DISPLAY", "WAYLAND_DISPLAY")) {
      Surroundings desktop = at("Linux", Map.of(screen, ":0"));
      assertThat(desktop.browser()).contains(List.of(opener));
      assertThat(desktop.usualFlow()).isEqualTo(LoginFlow.BROWSER);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"CI", "SSH_CONNECTION", "SSH_TTY", "container", "KUBERNETES_SERVICE_HOST"})
  void who_is_somewhere_else_types_a_code(String sign) throws IOException {
    program("xdg-open");

    assertThat(at("Linux", Map.of("DISPLAY", ":0", sign, "x")).usualFlow())
        .isEqualTo(LoginFlow.DEVICE);
    assertThat(at("Linux", Map.of("DISPLAY", ":0", sign, "")).usualFlow())
        .isEqualTo(LoginFlow.BROWSER);
  }

  @Test
  void a_container_is_somewhere_else() throws IOException {
    program("xdg-open");
    Files.writeString(root.resolve(".dockerenv"), "");

    assertThat(at("Linux", Map.of("DISPLAY", ":0")).usualFlow()).isEqualTo(LoginFlow.DEVICE);
  }

  @Test
  void without_a_screen_or_a_program_there_is_no_browser() throws IOException {
    assertThat(at("Linux", Map.of("DISPLAY", ":0")).usualFlow()).isEqualTo(LoginFlow.DEVICE);
    program("xdg-open");
    assertThat(at("Linux", Map.of()).usualFlow()).isEqualTo(LoginFlow.DEVICE);
    assertThat(at("Linux", Map.of("DISPLAY", "")).browser()).isEmpty();
  }

  @Test
  void macs_and_windows_open_their_own() throws IOException {
    String mac = program("open");
    String explorer = program("explorer.exe");

    assertThat(at("Mac OS X", Map.of()).browser()).contains(List.of(mac));
    assertThat(at("Windows 11", Map.of()).browser()).contains(List.of(explorer));
  }

  @Test
  void linux_within_windows_opens_that_of_windows() throws IOException {
    Map<String, String> wsl = Map.of("WSL_DISTRO_NAME", "Ubuntu");
    String explorer = program("explorer.exe");
    assertThat(at("Linux", wsl).browser()).contains(List.of(explorer));
    assertThat(at("Linux", wsl).usualFlow()).isEqualTo(LoginFlow.BROWSER);

    String view = program("wslview");
    assertThat(at("Linux", wsl).browser()).contains(List.of(view));
  }

  @Test
  void a_browser_that_is_named_is_taken() {
    assertThat(at("Linux", Map.of("BROWSER", "firefox -P work:links")).browser())
        .contains(List.of("firefox", "-P", "work"));
  }

  @Test
  void a_tool_is_named_after_its_computer() throws IOException {
    assertThat(at("Linux", Map.of()).toolName()).isEqualTo("daypass");
    assertThat(at("Linux", Map.of("HOSTNAME", "a<b>\u202e.c")).toolName())
        .isEqualTo("daypass on ab.c");
    Files.createDirectories(root.resolve("proc/sys/kernel"));
    Files.writeString(root.resolve("proc/sys/kernel/hostname"), "x".repeat(200) + "\n");
    assertThat(at("Linux", Map.of()).toolName()).hasSize(11 + 60);
  }

  @Test
  void a_terminal_says_what_it_can_show() {
    assertThat(at("Linux", Map.of("TERM", "xterm")).colour()).isTrue();
    assertThat(at("Linux", Map.of("TERM", "xterm", "NO_COLOR", "1")).colour()).isFalse();
    assertThat(at("Linux", Map.of("TERM", "dumb")).colour()).isFalse();
    assertThat(at("Linux", Map.of()).dumb()).isTrue();
    assertThat(at("Linux", Map.of("LANG", "en_GB.utf8")).unicode()).isTrue();
    assertThat(at("Linux", Map.of("LANG", "en_GB.UTF-8", "LC_ALL", "C")).unicode()).isFalse();
    assertThat(at("Linux", Map.of()).unicode()).isFalse();
  }

  @Test
  void terminals_that_are_known_to_call_people_are_asked_to() {
    for (String program : List.of("iTerm.app", "WezTerm", "ghostty")) {
      assertThat(at("Linux", Map.of("TERM", "xterm-256color", "TERM_PROGRAM", program)).notifies())
          .as(program)
          .isTrue();
    }
    for (String terminal : List.of("xterm-kitty", "xterm-ghostty", "foot", "foot-extra")) {
      assertThat(at("Linux", Map.of("TERM", terminal)).notifies()).as(terminal).isTrue();
    }
  }

  @Test
  void others_are_not_nor_where_it_is_not_welcome() {
    assertThat(at("Linux", Map.of()).notifies()).isFalse();
    assertThat(at("Linux", Map.of("TERM", "xterm-256color")).notifies()).isFalse();
    assertThat(at("Linux", Map.of("TERM", "xterm", "TERM_PROGRAM", "Apple_Terminal")).notifies())
        .isFalse();
    for (String variable : List.of("NO_COLOR", "CI", "TMUX", "STY")) {
      assertThat(at("Linux", Map.of("TERM", "xterm-kitty", variable, "1")).notifies())
          .as(variable)
          .isFalse();
    }
    assertThat(at("Linux", Map.of("TERM", "dumb", "TERM_PROGRAM", "WezTerm")).notifies()).isFalse();
  }
}
