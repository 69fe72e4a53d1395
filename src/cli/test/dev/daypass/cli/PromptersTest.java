package dev.daypass.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.cli.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How a person is asked where standard streams are somebody else's: `credential-process --prompt`.
class PromptersTest {
  private static final String ZENITY =
      """
      case "$*" in
        *--hide-text*) echo ' a secret password ' ;;
        *) echo 123456 ;;
      esac
      """;
  private static final String PINENTRY =
      """
      echo 'OK Pleased to meet you'
      while read -r command rest; do
        echo "$command $rest" >> "$DAYPASS_HOME/pinentry"
        case "$command $rest" in
          SETPROMPT*) prompt=$rest; echo OK ;;
          GETPIN*)
            case $prompt in
              Password:*) echo 'D 100%25 + a password' ;;
              *) echo 'D 123456' ;;
            esac
            echo OK ;;
          *) echo OK ;;
        esac
      done
      """;
  private static final String NO_SCREEN =
      "read -r line; echo 'OK'; echo 'ERR 83886340 Inappropriate ioctl for device <Pinentry>'";
  private static final String NO = "echo 'OK'; echo 'ERR 83886179 Operation cancelled <Pinentry>'";

  @TempDir Path home;
  @TempDir Path programs;
  private FakeApi api;
  private Program daypass;

  @BeforeEach
  void arrive() throws Exception {
    api = new FakeApi();
    api.roles = "[%s]".formatted(FakeApi.role("deploy", "Ships", true));
    daypass =
        new Program(home)
            .signedIn(api.url(), Instant.parse("2020-01-01T00:00:00Z"))
            .with("CI", "")
            .with("DISPLAY", ":99")
            .with("BROWSER", "")
            .with("DAYPASS_STORAGE", "insecure-file")
            .with("PATH", programs.toString());
    api.steps.addAll(List.of(FakeApi.mfa("t1", "\"d\""), FakeApi.signedIn()));
  }

  @AfterEach
  void leave() {
    api.close();
  }

  private void program(String name, String script) throws IOException {
    Path file = Files.writeString(programs.resolve(name), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private Outcome asked(String... ways) throws Exception {
    return daypass.run(
        Stream.concat(Stream.of("credential-process", "--role", "deploy"), Stream.of(ways))
            .toArray(String[]::new));
  }

  private static void signedIn(Outcome outcome) {
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("ASIAEXAMPLE");
  }

  @Test
  void windows_ask_for_password_and_code() throws Exception {
    program("zenity", ZENITY);

    signedIn(asked("--prompt", "gui"));

    assertThat(api.calls).anyMatch(call -> call.contains("\" a secret password \""));
    assertThat(api.calls).anyMatch(call -> call.contains("111122223333") && call.contains("alice"));
    assertThat(api.calls).anyMatch(call -> call.contains("123456") && call.contains("t1"));
    assertThat(home.resolve("config")).doesNotExist();
  }

  @Test
  void pinentry_is_asked_first_and_in_its_own_words() throws Exception {
    program("pinentry", PINENTRY);
    program("zenity", "exit 9");

    signedIn(asked("--prompt", "gui"));

    assertThat(api.calls).anyMatch(call -> call.contains("100% + a password"));
    assertThat(home.resolve("pinentry")).content().contains("SETTITLE Daypass", "GETPIN", "BYE");
  }

  @Test
  void a_program_that_cannot_show_a_window_makes_room_for_the_next() throws Exception {
    program("pinentry", NO_SCREEN);
    program("kdialog", ZENITY.replace("--hide-text", "--password"));

    signedIn(asked("--prompt", "tty,gui"));
  }

  @Test
  void who_closes_the_window_is_not_asked_in_another() throws Exception {
    program("pinentry", NO);
    program("zenity", ZENITY);

    Outcome outcome = asked("--prompt", "gui,browser");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).isEqualTo("daypass: Cancelled.\n");
    assertThat(api.calls).isEmpty();
  }

  @Test
  void a_window_asks_for_the_code_that_a_role_wants() throws Exception {
    daypass.signedIn(api.url());
    api.wantsCode = "123456";
    program("zenity", "echo \"$*\" >> \"$DAYPASS_HOME/asked\"; echo 123456");

    signedIn(asked("--prompt", "gui"));

    assertThat(home.resolve("asked"))
        .content()
        .contains("role/deploy wants your second factor, now.")
        .doesNotContain("--hide-text");
  }

  @Test
  void the_browser_is_the_last_resort() throws Exception {
    program("pinentry", NO_SCREEN);
    program("browse", "echo \"$1\" > \"$DAYPASS_HOME/opened\"");
    Process process =
        daypass
            .with("BROWSER", programs.resolve("browse").toString())
            .start("credential-process", "--role", "deploy", "--prompt");

    try {
      Instant late = Instant.now().plusSeconds(30);
      while (!Files.exists(home.resolve("opened")) && Instant.now().isBefore(late)) {
        Thread.sleep(100);
      }
      assertThat(home.resolve("opened")).content().contains("/authorize?");
    } finally {
      process.destroy();
    }
  }

  @Test
  void where_nobody_can_be_asked_one_line_says_so_at_once() throws Exception {
    Outcome none = asked("--prompt");
    assertThat(none.exitCode()).isEqualTo(4);
    assertThat(none.err().lines())
        .containsExactly("daypass: Your sign-in ended at 2020-01-01T00:00:00Z. Run: daypass login");

    program("pinentry", NO_SCREEN);
    assertThat(asked("--prompt").err()).isEqualTo(none.err());
    assertThat(asked("--no-prompt").err()).isEqualTo(none.err());
    assertThat(api.calls).isEmpty();
  }

  @Test
  void in_ci_there_is_nobody() throws Exception {
    program("zenity", ZENITY);
    daypass = daypass.with("CI", "true");

    assertThat(asked("--prompt", "gui").exitCode()).isEqualTo(4);
  }

  @Test
  void a_login_by_window_is_a_login() throws Exception {
    program("zenity", ZENITY);

    Outcome login = daypass.run("login", "--gui", "--account", "111122223333", "--user", "bob");

    assertThat(login.exitCode()).as(login.err()).isZero();
    assertThat(home.resolve("config")).content().contains("login_flow = gui");
    program("zenity", "exit 9");
    Outcome refused = daypass.run("login", "--gui", "--account", "1", "--user", "bob");
    assertThat(refused.exitCode()).isEqualTo(4);
    assertThat(refused.err().lines())
        .containsExactly("daypass: No window can be shown here to ask you. Run: daypass login");
    assertThat(daypass.with("DISPLAY", "").run("login", "--gui").err().lines())
        .containsExactly(
            "daypass: No program shows windows here: there is no screen, or none of pinentry, osascript, zenity, kdialog.");
  }

  @Test
  void ways_that_there_are_not_are_refused() throws Exception {
    for (String ways : List.of("x", "tty,", "TTY", "tty;gui")) {
      assertThat(asked("--prompt", ways).exitCode()).as(ways).isEqualTo(2);
    }
    Surroundings around = new Surroundings(Map.of(), "Linux", home);
    assertThatThrownBy(() -> Prompters.of("tty,smoke", around))
        .hasMessage("`smoke` is no way to ask. There are tty, gui and browser.");
    assertThat(asked("--prompt", "tty", "--no-prompt").exitCode()).isEqualTo(2);
  }
}
