package dev.daypass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.daypass.cli.Program.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Programs that `daypass` starts or fills the environment of.
class ExecTest {
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

  private Outcome exec(String... words) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("exec"));
    arguments.addAll(List.of(words));
    return daypass.run(arguments.toArray(String[]::new));
  }

  @Test
  void a_program_has_the_credentials_and_nothing_that_speaks_against_them() throws Exception {
    daypass =
        daypass
            .with("AWS_PROFILE", "other")
            .with("AWS_ROLE_ARN", "other")
            .with("AWS_DEFAULT_REGION", "eu-central-1");

    Outcome ran = exec("deploy", "--", "env");

    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out().lines())
        .contains(
            "AWS_ACCESS_KEY_ID=ASIAEXAMPLE",
            "AWS_SESSION_TOKEN=t",
            "AWS_CREDENTIAL_EXPIRATION=2099-01-01T00:00:00Z",
            "AWS_SESSION_EXPIRATION=2099-01-01T00:00:00Z",
            "AWS_REGION=eu-central-1",
            "AWS_DEFAULT_REGION=eu-central-1",
            "AWS_ENDPOINT_URL_STS=" + api.url());
    assertThat(ran.out()).doesNotContain("AWS_PROFILE", "AWS_ROLE_ARN");
  }

  @Test
  void it_exits_as_the_program_does() throws Exception {
    assertThat(exec("deploy", "--", "sh", "-c", "exit 42").exitCode()).isEqualTo(42);
    assertThat(exec("deploy", "--", "sh", "-c", "kill -9 $$").exitCode()).isEqualTo(128 + 9);
    assertThat(exec("deploy", "--", "/no/such/program").exitCode()).isEqualTo(127);
    Path text = daypass.file("text", "no program");
    assertThat(exec("deploy", "--", text.toString()).exitCode()).isEqualTo(126);
  }

  @Test
  void a_program_is_told_to_stop_when_daypass_is() throws Exception {
    Path ready = home.resolve("ready");
    Process process =
        daypass.start(
            "exec",
            "deploy",
            "--",
            "sh",
            "-c",
            "trap 'exit 7' TERM; touch " + ready + "; while true; do sleep 0.1; done");
    while (!Files.exists(ready)) {
      assertThat(process.isAlive()).isTrue();
      Thread.sleep(20);
    }

    process.destroy();

    assertThat(process.waitFor()).isEqualTo(7);
  }

  @Test
  void a_session_that_is_to_end_with_the_program_is_its_own_and_ends() throws Exception {
    exec("deploy", "--", "true");

    Outcome ran = exec("--revoke-on-exit", "deploy", "--", "sh", "-c", "exit 3");

    assertThat(ran.exitCode()).isEqualTo(3);
    assertThat(api.calls.stream().filter(call -> call.startsWith("/api/sessions {"))).hasSize(2);
    assertThat(api.calls.getLast()).isEqualTo("/api/sessions/ASIAEXAMPLE ");
  }

  @Test
  void a_session_that_cannot_be_ended_is_told_of_and_the_exit_code_stays() throws Exception {
    api.refusesToEnd = true;
    Outcome refused = exec("--revoke-on-exit", "deploy", "--", "sh", "-c", "exit 3");

    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.err()).contains("was not ended").contains("2099-01-01T00:00:00Z");
  }

  @Test
  void a_program_can_be_given_a_place_to_fetch_credentials_from() throws Exception {
    Outcome ran =
        exec(
            "--server",
            "--agent",
            "robot",
            "deploy",
            "--",
            "sh",
            "-c",
            "env; curl -sS --retry 20 --retry-delay 1 -H \"Authorization: $(cat $AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE)\" $AWS_CONTAINER_CREDENTIALS_FULL_URI");

    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("\"AccessKeyId\"").contains("ASIAEXAMPLE");
    assertThat(ran.out()).doesNotContain("AWS_ACCESS_KEY_ID=");
    assertThat(api.calls.stream().filter(call -> call.startsWith("/api/sessions {")))
        .hasSize(1)
        .allMatch(call -> call.contains("alice+robot") && call.contains("ReadOnlyAccess"));
    String token =
        ran.out()
            .lines()
            .filter(line -> line.startsWith("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE="))
            .findFirst()
            .orElseThrow();
    assertThat(Path.of(token.substring(token.indexOf('=') + 1)).getParent()).doesNotExist();
  }

  @Test
  void one_session_to_end_and_many_are_not_asked_for_at_once() throws Exception {
    assertThat(exec("--server", "--revoke-on-exit", "deploy", "--", "true").exitCode())
        .isEqualTo(ExitCode.USAGE);
  }

  @Test
  void each_shell_gets_what_it_understands() throws Exception {
    Map<String, String> lines =
        Map.of(
            "bash", "export AWS_SESSION_TOKEN='t'",
            "zsh", "unset AWS_PROFILE",
            "fish", "set -gx AWS_SESSION_TOKEN 't'",
            "pwsh", "$Env:AWS_SESSION_TOKEN = 't'",
            "cmd", "set \"AWS_SESSION_TOKEN=t\"",
            "nu", "$env.AWS_SESSION_TOKEN = 't'",
            "dotenv", "AWS_SESSION_TOKEN=t");
    for (var line : lines.entrySet()) {
      assertThat(daypass.run("env", "deploy", "--shell", line.getKey()).out().lines())
          .contains(line.getValue());
    }
    assertThat(JSON.std.mapFrom(daypass.run("env", "deploy", "--shell", "json").out()))
        .containsEntry("AWS_SESSION_TOKEN", "t");
    assertThat(JSON.std.mapFrom(daypass.run("env", "deploy", "--shell", "process").out()))
        .containsEntry("Version", 1);
    assertThat(daypass.run("env", "deploy", "--shell", "tcsh").exitCode())
        .isEqualTo(ExitCode.USAGE);
  }

  @Test
  void a_shell_can_evaluate_it_and_take_it_away_again() throws Exception {
    daypass.file("set.sh", daypass.run("env", "deploy", "--shell", "bash").out());
    daypass.file("unset.sh", daypass.run("env", "--unset", "--shell", "bash").out());
    Process bash =
        new ProcessBuilder(
                "bash",
                "-uc",
                "AWS_PROFILE=x; . ./set.sh; echo ${AWS_PROFILE-none} $AWS_ACCESS_KEY_ID; . ./unset.sh; env | grep -v ^AWS_CA_BUNDLE | grep -c ^AWS_")
            .directory(home.toFile())
            .start();

    assertThat(new String(bash.getInputStream().readAllBytes()).lines())
        .containsExactly("none ASIAEXAMPLE", "0");
    assertThat(daypass.run("env", "--unset", "--shell", "dotenv").exitCode())
        .isEqualTo(ExitCode.USAGE);
  }

  @Test
  void the_status_tells_what_there_is_without_asking_anybody() throws Exception {
    exec("deploy", "--", "true");
    int calls = api.calls.size();

    Outcome shown = daypass.run("status");
    Map<String, Object> json = JSON.std.mapFrom(daypass.run("status", "--json").out());

    assertThat(shown.exitCode()).isZero();
    assertThat(shown.out())
        .contains("user/alice", api.url(), "until    2099-01-01T00:00:00Z (", "secrets.json")
        .contains("role/deploy  ")
        .doesNotContain("the-token");
    assertThat(json)
        .containsEntry("signedIn", true)
        .containsEntry(
            "roles",
            List.of(
                Map.of(
                    "arn", "arn:aws:iam::111122223333:role/deploy",
                    "expiration", "2099-01-01T00:00:00Z")));
    assertThat(api.calls).hasSize(calls);
  }

  @Test
  void the_status_says_by_its_exit_code_whether_enough_is_left() throws Exception {
    daypass.signedIn(api.url(), Instant.now().plusSeconds(300));

    assertThat(daypass.run("status", "--check", "4m").exitCode()).isZero();
    assertThat(daypass.run("status", "--check", "10m").exitCode()).isEqualTo(ExitCode.SIGN_IN);

    daypass.signedIn(api.url(), Instant.now().plusSeconds(10));
    Outcome watched = daypass.run("status", "--watch");
    assertThat(watched.exitCode()).isEqualTo(ExitCode.SIGN_IN);
    assertThat(watched.out()).contains("alice 0 min left").contains("alice ended");
    daypass.run("logout", "--local-only");
    assertThat(daypass.run("status").out()).contains("You are not signed in.");
  }

  @Test
  void shells_are_told_the_commands_there_are() throws Exception {
    assertThat(daypass.run("completion", "bash").out()).contains("complete -F").contains("exec");
    assertThat(daypass.run("completion", "fish").out())
        .contains("-n '__fish_use_subcommand' -a exec")
        .contains("-n '__fish_seen_subcommand_from exec' -l revoke-on-exit -d");
    assertThat(daypass.run("completion", "pwsh").out())
        .contains("'sessions' = 'list revoke")
        .contains("Register-ArgumentCompleter");
    assertThat(daypass.run("completion", "tcsh").exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(JSON.std.mapFrom(daypass.run("version", "--json").out())).containsKey("version");
  }
}
