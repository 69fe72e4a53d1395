package dev.daypass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.daypass.cli.Program.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What programs get from `daypass` when nobody is there, and the broker may not be either.
class CredentialsTest {
  private static final String DEPLOY = "arn:aws:iam::111122223333:role/deploy";

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

  private Outcome credentials(String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("credential-process", "--role", "deploy"));
    arguments.addAll(List.of(more));
    return daypass.run(arguments.toArray(String[]::new));
  }

  private long opened() {
    return api.calls.stream().filter(call -> call.startsWith("/api/sessions")).count();
  }

  @Test
  void credentials_come_from_what_is_kept_without_a_word_to_the_broker() throws Exception {
    Outcome first = credentials();
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(JSON.std.mapFrom(first.out()))
        .containsEntry("Version", 1)
        .containsEntry("AccessKeyId", "ASIAEXAMPLE");
    int calls = api.calls.size();

    assertThat(credentials().out()).isEqualTo(first.out());

    assertThat(api.calls).hasSize(calls);
  }

  @Test
  void credentials_that_are_about_to_end_are_used_while_the_broker_is_away() throws Exception {
    api.expiration = Instant.now().plus(Duration.ofMinutes(9)).toString();
    Outcome first = credentials();
    api.close();

    Outcome second = credentials();

    assertThat(second.exitCode()).isZero();
    assertThat(second.out()).isEqualTo(first.out());
    assertThat(second.err()).contains("connection refused").contains("good for 8 min");
  }

  @Test
  void credentials_that_have_ended_are_not() throws Exception {
    api.expiration = Instant.now().minusSeconds(1).toString();
    credentials();
    api.close();

    Outcome second = credentials();

    assertThat(second.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(second.out()).isEmpty();
  }

  @Test
  void a_refusal_is_not_hidden_by_credentials_of_before() throws Exception {
    api.expiration = Instant.now().plus(Duration.ofMinutes(9)).toString();
    credentials();
    api.refusal = "{\"error\": {\"code\": \"AccessDenied\", \"message\": \"Not any more.\"}}";

    Outcome second = credentials();

    assertThat(second.exitCode()).isEqualTo(ExitCode.DENIED);
    assertThat(second.out()).isEmpty();
    assertThat(second.err()).contains("Not any more.");
  }

  @Test
  void a_broker_that_does_not_answer_is_not_waited_for() throws Exception {
    api.thinks = Duration.ofSeconds(60);

    Outcome slow = credentials("--timeout", "1s");

    assertThat(slow.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(slow.err()).contains("nothing within 1000 ms");
  }

  @Test
  void programs_that_start_at_once_share_one_session() throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      processes.add(daypass.start("credential-process", "--role", "deploy", "--timeout", "60s"));
    }
    for (Process process : processes) {
      assertThat(process.waitFor()).isZero();
    }
    assertThat(opened()).isEqualTo(1);
  }

  @Test
  void sessions_that_differ_in_what_they_may_do_are_not_mistaken_for_each_other() throws Exception {
    credentials();
    credentials("--read-only");
    credentials("--tag", "team=blue");
    credentials("--policy-arn", "arn:aws:iam::aws:policy/SecurityAudit");

    assertThat(opened()).isEqualTo(4);
  }

  @Test
  void an_agent_gets_less_for_a_shorter_while_under_a_name_of_its_own() throws Exception {
    credentials("--agent", "robot");

    Map<String, Object> wanted = wanted();
    assertThat(wanted)
        .containsEntry("roleArn", DEPLOY)
        .containsEntry("sessionName", "alice+robot")
        .containsEntry("durationSeconds", 900)
        .containsEntry("policyArns", List.of("arn:aws:iam::aws:policy/ReadOnlyAccess"))
        .containsEntry("tags", Map.of("agent", "robot"));
  }

  private Map<String, Object> wanted() throws Exception {
    String call = api.calls.getLast();
    return JSON.std.mapFrom(call.substring(call.indexOf('{')));
  }

  @Test
  void an_agent_with_a_policy_of_its_own_is_not_read_only_and_its_name_is_checked()
      throws Exception {
    Path policy = daypass.file("policy.json", "{}");
    credentials("--agent", "robot", "--policy", policy.toString(), "--duration", "20m");

    assertThat(wanted())
        .containsEntry("policy", "{}")
        .containsEntry("durationSeconds", 1200)
        .doesNotContainKey("policyArns");
    assertThat(credentials("--agent", "a robot").exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(credentials("--policy", "/nowhere").err()).contains("/nowhere cannot be read.");
  }

  @Test
  void whoever_is_not_signed_in_is_told_how_and_programs_are_told_as_json() throws Exception {
    daypass.signedIn(api.url(), Instant.parse("2020-01-01T00:00:00Z"));

    Outcome plain = credentials("--prompt");
    Outcome json = daypass.run("roles", "--json");

    assertThat(plain.exitCode()).isEqualTo(ExitCode.SIGN_IN);
    assertThat(plain.err())
        .isEqualTo(
            "daypass: Your sign-in ended at 2020-01-01T00:00:00Z. Run: daypass login"
                + System.lineSeparator());
    assertThat(json.exitCode()).isEqualTo(ExitCode.SIGN_IN);
    assertThat(JSON.std.mapFrom(json.out()).get("error"))
        .isEqualTo(
            Map.of(
                "code", "SignInRequired",
                "message", "Your sign-in ended at 2020-01-01T00:00:00Z.",
                "retryable", false,
                "hint", "daypass login"));
    assertThat(json.err()).isEmpty();
  }

  @Test
  void wrong_usage_is_json_too_where_json_was_asked_for() throws Exception {
    Outcome wrong = daypass.run("roles", "--json", "--nonsense");

    assertThat(wrong.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(JSON.std.mapFrom(wrong.out()).get("error").toString()).contains("InvalidUsage");
    assertThat(daypass.run("roles", "--nonsense").err())
        .contains("Unknown option")
        .contains("Try 'daypass roles --help'.");
  }
}
