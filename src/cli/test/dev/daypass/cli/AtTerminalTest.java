package dev.daypass.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.daypass.client.Profile;
import dev.daypass.client.SignIn;
import dev.daypass.client.store.Programs;
import dev.daypass.client.store.Stores;
import dev.daypass.wire.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `daypass` at a terminal, with a person who types. It takes python3, which can make one; where
/// there is none, this is skipped.
class AtTerminalTest {
  private static final String DOWN = "\u001b[B";
  private static final String UP = "\u001bOA";
  private static final String ESCAPE = "\u001b";
  private static final String CTRL_C = "\u0003";
  private static final String ENTER = "\r";

  @TempDir static Path scripts;
  private static Path terminal;

  @TempDir Path home;
  private FakeApi api;
  private final List<List<String>> steps = new ArrayList<>();
  private final List<String> environment = new ArrayList<>(List.of("TERM=xterm"));

  @BeforeAll
  static void begin() throws Exception {
    boolean python =
        Programs.here().find("python3").isPresent() && Programs.here().find("stty").isPresent();
    assumeTrue(python, "there is no python3 or no stty here");
    terminal = scripts.resolve("terminal.py");
    try (InputStream script = AtTerminalTest.class.getResourceAsStream("terminal.py")) {
      Files.copy(java.util.Objects.requireNonNull(script), terminal);
    }
  }

  @BeforeEach
  void arrive() throws IOException {
    api = new FakeApi();
  }

  @AfterEach
  void leave() {
    api.close();
  }

  private record Outcome(int exitCode, String shown) {}

  private AtTerminalTest expect(String text) {
    steps.add(List.of("expect", text));
    return this;
  }

  private AtTerminalTest type(String text) {
    steps.add(List.of("type", text));
    return this;
  }

  private Outcome run(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of("python3", terminal.toString(), JSON.std.asString(steps), "env", "-u", "CI"));
    command.addAll(environment);
    command.add("DAYPASS_HOME=" + home);
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    command.add("dev.daypass.cli.Daypass");
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String shown = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), shown);
  }

  private void signedIn() throws IOException {
    Stores stores = new Stores(home, new Programs(""), new Asking(Optional.empty(), false));
    new Profile(home, stores)
        .keep(
            new SignIn(
                URI.create(api.url()),
                Secret.of("the-token"),
                Instant.parse("2099-01-01T00:00:00Z"),
                "arn:aws:iam::111122223333:user/alice",
                true),
            stores.insecureFile());
    api.roles =
        "[%s, %s, %s]"
            .formatted(
                FakeApi.role("admin", "Everything\\u001b[2J, rarely", true),
                FakeApi.role("deploy", "Ships", false),
                FakeApi.role("readonly", "Looks", false));
  }

  private Outcome loggedIn(String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of("login", "--tty", "--insecure-storage", "--server", api.url(), "--account"));
    arguments.addAll(List.of("111122223333", "--user", "alice"));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  @Test
  void a_person_types_password_and_code() throws Exception {
    api.steps.addAll(List.of(FakeApi.mfa("t1", "\"d\""), FakeApi.signedIn()));
    expect("Password: ").type("a secret password\n").expect("recovery code: ").type("123456\n");

    Outcome outcome = loggedIn();

    assertThat(outcome.exitCode()).as(outcome.shown()).isZero();
    assertThat(outcome.shown())
        .contains("Signed in as arn:aws:iam::111122223333:user/alice with a second factor")
        .contains("[echo on]")
        .doesNotContain("a secret password");
    assertThat(api.calls).anyMatch(call -> call.contains("a secret password"));
    assertThat(Files.readString(home.resolve("config"))).contains("login_flow = tty");
  }

  @Test
  void a_code_that_was_used_is_asked_for_again_and_not_sent_twice() throws Exception {
    api.steps.addAll(
        List.of(FakeApi.mfa("t1", "\"d\""), FakeApi.refused("t2"), FakeApi.signedIn()));
    expect("Password: ").type("p\n").expect("code: ").type("123456\n");
    expect("A code works once; the next comes in ").expect("code: ").type("123456\n");
    expect("That is the same code.").expect("code: ").type("12345\n");
    expect("A code has six digits.").expect("code: ").type("654 321\n");

    Outcome outcome = loggedIn();

    assertThat(outcome.exitCode()).as(outcome.shown()).isZero();
    assertThat(api.calls.stream().filter(call -> call.startsWith("/api/sign-in/mfa")))
        .hasSize(2)
        .last()
        .asString()
        .contains("654321", "t2");
  }

  @Test
  void a_recovery_code_lets_in_who_has_lost_the_device() throws Exception {
    api.steps.addAll(List.of(FakeApi.mfa("t1", ""), FakeApi.signedIn()));
    expect("Password: ").type("p\n").expect("daypass login --browser").expect("Recovery code: ");
    type("abcd-efgh-ijkl-mnop-qrst-uvwx\n");

    Outcome outcome = loggedIn();

    assertThat(outcome.exitCode()).as(outcome.shown()).isZero();
    assertThat(api.calls.getLast())
        .startsWith("/api/sign-in/recovery ")
        .contains("abcd-efgh-ijkl-mnop-qrst-uvwx", "t1");
  }

  @Test
  void ctrl_c_at_the_password_gives_the_terminal_back() throws Exception {
    expect("Password: ").type("half a pass").type(CTRL_C);

    Outcome outcome = loggedIn();

    assertThat(outcome.exitCode()).isEqualTo(130);
    assertThat(outcome.shown()).contains("[echo on]").doesNotContain("half a pass");
    assertThat(home.resolve("sign-in.json")).doesNotExist();
  }

  @Test
  void the_passphrase_of_the_encrypted_file_is_asked_for() throws Exception {
    api.steps.add(FakeApi.signedIn());
    expect("Choose its passphrase: ").type("correct horse\n").expect("Again: ");
    type("correct horse\n").expect("Password: ").type("p\n");

    Outcome login =
        run(
            "login",
            "--tty",
            "--storage",
            "encrypted-file",
            "--server",
            api.url(),
            "--account",
            "111122223333",
            "--user",
            "alice");

    assertThat(login.exitCode()).as(login.shown()).isZero();
    assertThat(login.shown()).contains("encrypted with your passphrase");
    steps.clear();
    expect("Passphrase of the vault: ").type("correct horse\n");
    Outcome roles = run("roles");
    assertThat(roles.exitCode()).as(roles.shown()).isZero();
    assertThat(roles.shown()).doesNotContain("correct horse");
  }

  @Test
  void who_waits_for_a_browser_can_have_a_code_for_another_device() throws Exception {
    expect("/authorize?").expect("Press c to copy it, d for a code").expect("4:5").type("c");
    expect("\u001b]52;c;aHR0cDovLzEyNy4wLjAuMTo").type("xd");
    expect("and type the code    BCDF-GHJK").expect("9:5");

    Outcome outcome = run("login", "--no-browser", "--insecure-storage", "--server", api.url());

    assertThat(outcome.exitCode()).as(outcome.shown()).isZero();
    assertThat(outcome.shown()).contains("Signed in as ", "[echo on]");
  }

  @Test
  void no_time_is_counted_where_quiet_is_wanted() throws Exception {
    Outcome outcome =
        run("login", "--device", "--quiet", "--insecure-storage", "--server", api.url());

    assertThat(outcome.exitCode()).as(outcome.shown()).isZero();
    assertThat(outcome.shown()).contains("BCDF-GHJK").doesNotContain("Waiting for", "Signed in");
  }

  @Test
  void ctrl_c_while_waiting_for_a_browser_gives_the_terminal_back() throws Exception {
    expect("4:5").type(CTRL_C);

    Outcome outcome = run("login", "--no-browser", "--insecure-storage", "--server", api.url());

    assertThat(outcome.exitCode()).isEqualTo(130);
    assertThat(outcome.shown()).contains("[echo on]");
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void a_role_is_picked_by_a_part_of_its_name() throws Exception {
    signedIn();
    expect("Role > ").expect("3 of 3").type("rdo").expect("1 of 3").type(ENTER);

    Outcome outcome = run("assume", "--json");

    assertThat(outcome.exitCode()).as(outcome.shown()).isZero();
    assertThat(outcome.shown())
        .contains("ASIAEXAMPLE", "role/readonly until", "[echo on]")
        .contains("111122223333/admin", "MFA", "90m", "Looks")
        .doesNotContain("Everything\u001b[2J");
  }

  @Test
  void a_role_is_picked_with_arrows_and_comes_first_the_next_time() throws Exception {
    signedIn();
    expect("3 of 3").type(DOWN).type("\u000e").type(UP).type("\u0010").type(DOWN).type(ENTER);
    assertThat(run("assume").shown()).contains("role/deploy until");
    steps.clear();
    expect("> 111122223333/deploy").type(ENTER);

    Outcome outcome = run("exec", "--", "sh", "-c", "exit 7");

    assertThat(outcome.exitCode()).as(outcome.shown()).isEqualTo(7);
  }

  @Test
  void who_would_not_pick_gets_nothing() throws Exception {
    signedIn();
    expect("3 of 3").type(ESCAPE);

    Outcome outcome = run("assume");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.shown()).contains("Cancelled.", "[echo on]");
    assertThat(api.calls).noneMatch(call -> call.startsWith("/api/sessions"));
  }

  @Test
  void ctrl_c_while_picking_gives_the_terminal_back() throws Exception {
    signedIn();
    expect("3 of 3").type(CTRL_C);

    Outcome outcome = run("assume");

    assertThat(outcome.exitCode()).isEqualTo(130);
    assertThat(outcome.shown()).contains("[echo on]");
  }

  @Test
  void what_matches_nothing_is_not_picked() throws Exception {
    signedIn();
    expect("3 of 3").type("xyz").expect("0 of 3").type(ENTER).type("\u0015").expect("3 of 3");
    type("x\u007fde").expect("1 of 3").type(ENTER);

    assertThat(run("assume").shown()).contains("role/deploy until");
  }

  @Test
  void a_dumb_terminal_shows_numbers() throws Exception {
    signedIn();
    environment.set(0, "TERM=dumb");
    expect("  2  111122223333/deploy").expect("Role (1-3): ").type("9\n");
    expect("There is no such number.").expect("Role (1-3): ").type("2\n");

    Outcome outcome = run("assume");

    assertThat(outcome.shown()).contains("role/deploy until").doesNotContain("\u001b");
  }

  @Test
  void colours_are_left_out_where_they_are_not_welcome() throws Exception {
    signedIn();
    environment.add("NO_COLOR=1");
    expect("3 of 3").type(ENTER);

    assertThat(run("assume").shown()).doesNotContain("\u001b[1m");

    steps.clear();
    environment.removeLast();
    expect("3 of 3").type(ENTER);
    assertThat(run("assume").shown()).contains("\u001b[1m> ");
  }

  @Test
  void nobody_is_asked_where_nobody_is() throws Exception {
    signedIn();
    environment.add("CI=true");

    Outcome outcome = run("assume");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.shown()).contains("Which role? Name it.");
  }

  @Test
  void words_of_a_command_are_told_from_a_role() throws Exception {
    signedIn();

    assertThat(run("exec", "deploy", "--", "sh", "-c", "exit 3").exitCode()).isEqualTo(3);
    assertThat(run("exec", "deploy", "false").exitCode()).isEqualTo(1);
    assertThat(run("exec", "deploy", "--").exitCode()).isEqualTo(2);
    assertThat(run("exec", "deploy").exitCode()).isEqualTo(2);
  }

  @Test
  void a_code_is_tried_until_it_is_right() throws Exception {
    signedIn();
    api.steps.add(FakeApi.error("AccessDenied", "The code is wrong. "));
    api.steps.add(FakeApi.works("arn:aws:iam::111122223333:mfa/alice"));
    expect("Code: ").type("12345\n").expect("A code has six digits.");
    expect("Code: ").type("123456\n").expect("The code is wrong. A code works once; the next");
    expect("Code: ").type("123456\n").expect("That is the same code.");
    expect("Code: ").type("654321\n");

    Outcome outcome = run("mfa", "test");

    assertThat(outcome.exitCode()).as(outcome.shown()).isZero();
    assertThat(outcome.shown()).contains("mfa/alice works.", "This code is used up");
    assertThat(api.calls.stream().filter(call -> call.startsWith("/api/mfa/check"))).hasSize(2);
  }

  @Test
  void a_role_that_wants_a_fresh_second_factor_is_shown_a_code() throws Exception {
    signedIn();
    api.wantsCode = "654321";
    expect("role/admin wants your second factor, now.").expect("Code: ").type("123456\n");
    expect("It wants a second factor. A code works once").expect("Code: ").type("654321\n");

    Outcome outcome = run("assume", "admin");

    assertThat(outcome.exitCode()).as(outcome.shown()).isZero();
    assertThat(outcome.shown()).contains("role/admin until");
  }

  @Test
  void the_second_factor_that_was_chosen_is_asked_for() throws Exception {
    api.steps.addAll(List.of(FakeApi.mfa("t1", "\"d\""), FakeApi.signedIn()));
    expect("Password: ").type("p\n").expect("Recovery code: ").type("123456\n");
    expect("A recovery code is longer.").expect("Recovery code: ").type("abcd-efgh\n");

    Outcome outcome = loggedIn("--mfa", "recovery");

    assertThat(outcome.exitCode()).as(outcome.shown()).isZero();
  }

  @Test
  void credentials_for_a_program_sign_in_at_the_terminal() throws Exception {
    api.steps.addAll(List.of(FakeApi.mfa("t1", "\"d\""), FakeApi.signedIn()));
    api.roles = "[%s]".formatted(FakeApi.role("deploy", "Ships", false));
    environment.add("DAYPASS_STORAGE=insecure-file");
    environment.add("DAYPASS_SERVER=" + api.url());
    expect("Account: ").type("111122223333\n").expect("Name: ").type("alice\n");
    expect("Password: ").type("p\n").expect("code: ").type("123456\n");

    Outcome outcome = run("credential-process", "--role", "deploy", "--prompt");

    assertThat(outcome.exitCode()).as(outcome.shown()).isZero();
    assertThat(outcome.shown()).contains("ASIAEXAMPLE");
  }

  private Outcome loggedInByDevice(String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("login", "--device", "--insecure-storage", "--server", api.url()));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  @Test
  void who_has_waited_for_long_is_called_where_the_terminal_can() throws Exception {
    api.thinks = Duration.ofSeconds(6);
    environment.add("TERM_PROGRAM=WezTerm");

    assertThat(loggedInByDevice().shown()).contains("\u001b]9;Daypass: you are signed in.\u0007");
    assertThat(loggedInByDevice("--quiet").shown()).doesNotContain("\u001b]9;");
    environment.add("NO_COLOR=1");
    assertThat(loggedInByDevice().shown()).doesNotContain("\u001b]9;");
  }

  @Test
  void who_has_hardly_waited_is_not_called() throws Exception {
    environment.add("TERM_PROGRAM=WezTerm");

    assertThat(loggedInByDevice().shown()).contains("Signed in").doesNotContain("\u001b]9;");
  }

  @Test
  void who_watches_is_called_once_before_the_end() throws Exception {
    api.roles = "[]";
    environment.add("TERM_PROGRAM=iTerm.app");
    new Program(home).signedIn(api.url(), Instant.now().plusSeconds(4));

    Outcome outcome = run("status", "--watch");

    assertThat(outcome.exitCode()).isEqualTo(4);
    assertThat(outcome.shown())
        .containsOnlyOnce("\u001b]9;Daypass: your sign-in: 0 min left.\u0007");
    new Program(home).signedIn(api.url(), Instant.now().plusSeconds(2));
    assertThat(run("status", "--watch", "--quiet").shown()).doesNotContain("\u001b]9;");
  }

  @Test
  void who_has_to_touch_a_key_is_called() throws Exception {
    api.steps.addAll(List.of(FakeApi.mfa("t1", "\"d\""), FakeApi.signedIn()));
    environment.add("TERM_PROGRAM=WezTerm");
    Path program = Files.writeString(scripts.resolve("ykman"), "#!/bin/sh\nsleep 3; echo 123456\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    expect("Password: ").type("p\n");

    Outcome outcome = loggedIn("--mfa-process", program.toString());

    assertThat(outcome.exitCode()).as(outcome.shown()).isZero();
    assertThat(outcome.shown()).contains("\u001b]9;Daypass: ykman waits for you.\u0007");
  }
}
