package dev.daypass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.cli.Program.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// `--quiet`: data and errors, and no word more.
class QuietTest {
  @TempDir Path home;
  private FakeApi api;
  private Program daypass;

  @BeforeEach
  void arrive() throws Exception {
    api = new FakeApi();
    api.roles = "[%s]".formatted(FakeApi.role("deploy", "Ships", false));
    daypass = new Program(home).signedIn(api.url());
  }

  @AfterEach
  void leave() {
    api.close();
  }

  private static void known(CommandLine command) {
    assertThat(command.getCommandSpec().optionsMap())
        .as(command.getCommandSpec().qualifiedName())
        .containsKey("--quiet");
    command.getSubcommands().values().forEach(QuietTest::known);
  }

  @Test
  void every_command_knows_it() {
    known(Daypass.commandLine());
  }

  @Test
  void notes_are_left_out_and_data_is_not() throws Exception {
    Outcome said = daypass.run("assume", "deploy");
    assertThat(said.err()).contains("role/deploy until");
    assertThat(said.out()).contains("AWS_ACCESS_KEY_ID");

    Outcome quiet = daypass.run("assume", "deploy", "--quiet");

    assertThat(quiet.err()).isEmpty();
    assertThat(quiet.out()).contains("AWS_ACCESS_KEY_ID");
  }

  @Test
  void it_can_stand_before_the_command() throws Exception {
    assertThat(daypass.run("--quiet", "env", "deploy", "--shell", "bash").err()).isEmpty();
    assertThat(daypass.run("--quiet", "mfa", "recovery-codes").err()).isEmpty();
  }

  @Test
  void a_program_s_own_option_is_the_program_s() throws Exception {
    Outcome outcome = daypass.run("exec", "deploy", "--", "echo", "--quiet");

    assertThat(outcome.out()).isEqualTo("--quiet\n");
  }

  @Test
  void a_sign_in_says_nothing() throws Exception {
    api.steps.add(FakeApi.signedIn());
    Process login =
        daypass.start(
            "login",
            "--quiet",
            "--stdin",
            "--insecure-storage",
            "--server",
            api.url(),
            "--account",
            "111122223333",
            "--user",
            "alice");
    try (var in = login.outputWriter()) {
      in.write("a password\n");
    }

    assertThat(login.waitFor()).isZero();
    assertThat(home.resolve("err")).isEmptyFile();
    assertThat(home.resolve("out")).isEmptyFile();
  }

  @Test
  void what_one_has_to_know_to_sign_in_is_said_and_nothing_else() throws Exception {
    Outcome outcome =
        daypass.run("login", "--device", "--quiet", "--insecure-storage", "--server", api.url());

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.err().lines())
        .containsExactly(
            "On any device, open  %s/device".formatted(api.url()),
            "and type the code    BCDF-GHJK",
            "Allow it only where the page shows the same code.");
  }

  @Test
  void errors_are_told_all_the_same() throws Exception {
    Outcome unknown = daypass.run("assume", "nobody", "--quiet");
    assertThat(unknown.exitCode()).isEqualTo(5);
    assertThat(unknown.err()).contains("There is no role `nobody`");
    assertThat(daypass.run("assume", "--quiet", "--nonsense").err()).contains("--nonsense");

    api.refusesToEnd = true;
    assertThat(daypass.run("exec", "--quiet", "--revoke-on-exit", "deploy", "--", "true").err())
        .contains("daypass: The session was not ended");
  }

  @Test
  void credentials_of_before_are_told_as_such() throws Exception {
    api.expiration = Instant.now().plus(Duration.ofMinutes(9)).toString();
    daypass.run("assume", "deploy");
    api.close();

    assertThat(daypass.run("assume", "deploy", "--quiet").err().lines())
        .singleElement()
        .asString()
        .contains("using them");
  }
}
