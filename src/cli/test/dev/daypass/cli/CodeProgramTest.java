package dev.daypass.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A program that is asked for codes, and may do as it likes.
class CodeProgramTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-27T00:00:12Z"), ZoneOffset.UTC);

  @TempDir Path folder;
  private final StringWriter said = new StringWriter();
  private final List<Duration> waited = new ArrayList<>();

  private CodeProgram program(String script) throws IOException {
    Path file = Files.writeString(folder.resolve("codes"), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return asked(file + " -s  daypass");
  }

  private CodeProgram asked(String command) {
    return new CodeProgram(
        command, CLOCK, new Prose(new PrintWriter(said, true), false), waited::add);
  }

  private static String whyNot(CodeProgram program) {
    try {
      return "it is " + program.code("");
    } catch (Stop stop) {
      assertThat(stop.exitCode()).isEqualTo(1);
      return String.valueOf(stop.getMessage());
    }
  }

  @Test
  void what_it_prints_is_the_code() throws Exception {
    assertThat(program("echo 123456").code("")).isEqualTo("123456");
    assertThat(program("printf 123456").code("")).isEqualTo("123456");
    assertThat(program("[ \"$1 $2\" = '-s daypass' ] && echo 123456").code("")).isEqualTo("123456");
  }

  @Test
  void no_shell_reads_the_command() {
    assertThat(whyNot(asked("/bin/echo 123456; touch /tmp/x")))
        .isEqualTo("There is no code: /bin/echo printed no code of six digits.");
    assertThat(whyNot(asked("/bin/echo $(echo 123456)"))).contains("no code of six digits");
  }

  @Test
  void what_is_no_code_is_not_sent_and_not_told() throws Exception {
    for (String printed : List.of("", "12345", "1234567", "code: 123456", "123456\n654321")) {
      assertThat(whyNot(program("printf '%s' '" + printed + "'")))
          .endsWith("printed no code of six digits.")
          .doesNotContain("123456");
    }
  }

  @Test
  void one_that_fails_or_is_not_there_gives_none() throws Exception {
    assertThat(whyNot(program("echo 123456; exit 3"))).endsWith("failed (exit 3).");
    assertThat(whyNot(asked("/nowhere/codes"))).endsWith("cannot be started.");
    assertThatThrownBy(() -> asked("  ")).isInstanceOf(Stop.class);
  }

  @Test
  void one_that_never_stops_talking_is_ended() throws Exception {
    assertThat(whyNot(program("while :; do echo 123456; done")))
        .endsWith("says more than it should.");
  }

  @Test
  void it_reads_nothing_that_is_meant_for_us() throws Exception {
    assertThat(program("read line; echo \"${line:-123456}\"").code("")).isEqualTo("123456");
  }

  @Test
  void a_code_that_does_not_do_is_waited_out_once() throws Exception {
    CodeProgram program = program("echo 123456");
    program.code("");

    program.refused("It was used. ");

    assertThat(waited).containsExactly(Duration.ofSeconds(18));
    assertThat(said.toString())
        .isEqualTo("It was used. Waiting 18 s for the next code (Ctrl-C to stop).\n");
    assertThat(whyNot(program)).endsWith("printed the same code again.");
    assertThatThrownBy(() -> program.refused("It is wrong. ")).hasMessage("It is wrong.");
  }
}
