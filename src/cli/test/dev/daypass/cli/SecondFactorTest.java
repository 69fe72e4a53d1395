package dev.daypass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.cli.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `--mfa` and `--mfa-process`, with nobody at the terminal.
class SecondFactorTest {
  @TempDir Path home;
  private FakeApi api;
  private Program daypass;

  @BeforeEach
  void arrive() throws Exception {
    api = new FakeApi();
    api.roles =
        "[%s, %s]"
            .formatted(
                FakeApi.role("deploy", "Ships", true), FakeApi.role("readonly", "Looks", false));
    daypass = new Program(home);
  }

  @AfterEach
  void leave() {
    api.close();
  }

  private String program(String script) throws IOException {
    Path file = Files.writeString(home.resolve("codes"), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return file.toString();
  }

  private Outcome login(String typed, String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("login", "--insecure-storage", "--server", api.url()));
    arguments.addAll(List.of("--account", "111122223333", "--user", "alice"));
    arguments.addAll(List.of(more));
    Process process = daypass.start(arguments.toArray(String[]::new));
    try (var in = process.outputWriter()) {
      in.write(typed);
    }
    return new Outcome(
        process.waitFor(),
        Files.readString(home.resolve("out")),
        Files.readString(home.resolve("err")));
  }

  private void refused(String reason, String... arguments) throws Exception {
    Outcome outcome = login("", arguments);
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.err().lines()).containsExactly("daypass: " + reason);
    assertThat(api.calls).isEmpty();
  }

  @Test
  void a_choice_that_cannot_be_is_refused_in_one_line() throws Exception {
    refused("`sms` is no second factor. There are webauthn, totp and recovery.", "--mfa", "sms");
    refused("A passkey takes a browser: leave out --tty.", "--mfa", "webauthn", "--tty");
    refused("A passkey takes a browser: leave out --stdin.", "--mfa", "webauthn", "--stdin");
    refused(
        "In a browser you choose on its page: --mfa totp is for --tty, --gui and --stdin.",
        "--mfa",
        "totp",
        "--device");
    refused(
        "In a browser you choose on its page: --mfa recovery is for --tty, --gui and --stdin.",
        "--mfa",
        "recovery",
        "--browser");
    refused(
        "--mfa-process prints codes: it goes with --mfa totp.",
        "--stdin",
        "--mfa",
        "recovery",
        "--mfa-process",
        "true");
  }

  @Test
  void a_passkey_takes_a_browser_whatever_was_remembered() throws Exception {
    daypass.file("config", "[%s]\nlogin_flow = tty\n".formatted(api.url()));

    Outcome outcome = login("", "--mfa", "webauthn");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.err()).contains("and type the code    BCDF-GHJK");
  }

  @Test
  void a_recovery_code_is_taken_where_there_is_a_device() throws Exception {
    api.steps.addAll(List.of(FakeApi.mfa("t1", "\"d\""), FakeApi.signedIn()));

    Outcome outcome = login("p\n123456\nabcd-efgh\n", "--stdin", "--mfa", "recovery");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(api.calls.getLast()).startsWith("/api/sign-in/recovery ").contains("abcd-efgh");
  }

  @Test
  void a_recovery_code_is_no_code() throws Exception {
    api.steps.addAll(List.of(FakeApi.mfa("t1", "\"d\""), FakeApi.signedIn()));

    Outcome outcome = login("p\nabcd-efgh\n123456\n", "--stdin", "--mfa", "totp");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(api.calls.getLast()).startsWith("/api/sign-in/mfa ").contains("123456");
  }

  @Test
  void who_has_no_device_for_codes_is_told_so() throws Exception {
    api.steps.add(FakeApi.mfa("t1", ""));

    Outcome outcome = login("p\n123456\n", "--stdin", "--mfa", "totp");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).contains("You have no device that shows codes.");
  }

  @Test
  void who_has_no_second_factor_is_not_signed_in_by_another() throws Exception {
    api.steps.addAll(List.of(FakeApi.signedIn().replace("true", "false"), "{}"));

    Outcome outcome = login("p\n", "--stdin", "--mfa", "totp");

    assertThat(outcome.exitCode()).isEqualTo(4);
    assertThat(outcome.err()).contains("You have no second factor yet");
    assertThat(api.calls).hasSize(2).last().asString().isEqualTo("/api/sign-in ");
    assertThat(home.resolve("sign-in.json")).doesNotExist();
  }

  @Test
  void a_program_prints_the_code_and_its_words_go_to_the_person() throws Exception {
    api.steps.addAll(List.of(FakeApi.mfa("t1", "\"d\""), FakeApi.signedIn()));
    String program = program("echo 'Touch your key' >&2; echo 123456");

    Outcome outcome = login("p\n", "--stdin", "--mfa-process", program, "--mfa-serial", "d");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(api.calls.getLast()).startsWith("/api/sign-in/mfa ").contains("123456", "\"d\"");
    assertThat(api.agents.getLast()).isEqualTo("daypass mfa_method=process");
    assertThat(api.agents.getFirst()).doesNotContain("mfa_method");
    assertThat(outcome.err()).contains("Touch your key").doesNotContain("123456");
  }

  @Test
  void a_program_without_a_code_ends_the_sign_in() throws Exception {
    api.steps.add(FakeApi.mfa("t1", "\"d\""));

    Outcome outcome = login("p\n", "--stdin", "--mfa-process", program("exit 1"));

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).contains("codes failed (exit 1).");
    assertThat(home.resolve("sign-in.json")).doesNotExist();
  }

  @Test
  void a_role_that_wants_a_fresh_second_factor_is_shown_the_program_s() throws Exception {
    daypass.signedIn(api.url());
    api.wantsCode = "123456";
    String program = program("echo 123456");

    for (String command : List.of("assume deploy", "credential-process --role deploy")) {
      List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
      arguments.addAll(List.of("--mfa-process", program));
      Outcome outcome = daypass.run(arguments.toArray(String[]::new));
      assertThat(outcome.exitCode()).as(outcome.err()).isZero();
      assertThat(outcome.out()).contains("ASIAEXAMPLE");
      daypass.run("logout");
      daypass.signedIn(api.url());
    }
    Outcome exec =
        daypass.run(
            "exec",
            "--mfa-process",
            program,
            "deploy",
            "--",
            "sh",
            "-c",
            "echo $AWS_ACCESS_KEY_ID");
    assertThat(exec.out()).isEqualTo("ASIAEXAMPLE\n");
  }

  @Test
  void a_role_that_wants_one_is_refused_where_nobody_can_be_asked() throws Exception {
    daypass.signedIn(api.url());
    api.wantsCode = "123456";

    Outcome outcome = daypass.run("assume", "deploy");

    assertThat(outcome.exitCode()).isEqualTo(4);
    assertThat(outcome.err().lines())
        .containsExactly(
            "daypass: arn:aws:iam::111122223333:role/deploy wants your second factor, now. Run: daypass login");
  }

  @Test
  void a_refusal_for_another_reason_stays_one() throws Exception {
    daypass.signedIn(api.url());
    api.wantsCode = "123456";

    Outcome outcome = daypass.run("assume", "readonly", "--mfa-process", program("echo 123456"));

    assertThat(outcome.exitCode()).isEqualTo(5);
    assertThat(api.calls).noneMatch(call -> call.contains("tokenCode"));
  }
}
