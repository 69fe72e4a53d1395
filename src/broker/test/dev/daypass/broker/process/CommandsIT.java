package dev.daypass.broker.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.daypass.broker.process.Cli.Outcome;
import dev.daypass.wire.Base32;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.iam.IamClient;

/// What people do with `daypass` once they have signed in, against the packaged broker.
class CommandsIT {
  private static final String PASSWORD = "correct horse battery";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ROLE = "arn:aws:iam::111122223333:role/deploy";

  @TempDir(cleanup = CleanupMode.NEVER)
  static Path folder;

  private static BrokerProcess broker;
  private static IamClient iam;
  private static int people;

  @TempDir Path home;
  private Cli cli;
  private String name;
  private String seed;

  @BeforeAll
  static void begin() throws Exception {
    broker = BrokerProcess.start(BrokerProcess.settings(folder));
    iam = BrokerProcessIT.iam(broker);
    iam.createRole(
        r ->
            r.roleName("deploy")
                .assumeRolePolicyDocument(
                    """
                    {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sts:AssumeRole",
                      "Principal": {"AWS": "arn:aws:iam::111122223333:root"}}}
                    """));
  }

  @AfterAll
  static void end() throws Exception {
    iam.close();
    broker.close();
  }

  /// Somebody who signed in with a second factor, and may do much.
  @BeforeEach
  void arrive() throws Exception {
    name = "alice" + people++;
    cli = new Cli(home);
    iam.createUser(r -> r.userName(name));
    iam.createLoginProfile(r -> r.userName(name).password(PASSWORD));
    iam.putUserPolicy(
        r ->
            r.userName(name)
                .policyName("self")
                .policyDocument(
                    """
                    {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Resource": "*", "Action":
                      ["sts:AssumeRole", "iam:*", "cloudtrail:LookupEvents"]}}
                    """));
    var device = iam.createVirtualMFADevice(r -> r.virtualMFADeviceName(name)).virtualMFADevice();
    seed = device.base32StringSeed().asUtf8String();
    String before = code(seed, -1);
    String now = code(seed, 0);
    iam.enableMFADevice(
        r ->
            r.userName(name)
                .serialNumber(device.serialNumber())
                .authenticationCode1(before)
                .authenticationCode2(now));
    signIn(PASSWORD + "\n" + code(seed, 1) + "\n");
  }

  private void signIn(String typed) throws Exception {
    Outcome login =
        cli.run(
            typed,
            "login",
            "--server",
            "http://127.0.0.1:" + broker.port(),
            "--stdin",
            "--account",
            BrokerProcess.ACCOUNT,
            "--user",
            name);
    assertThat(login.exitCode()).as(login.output()).isZero();
  }

  private static String code(String seed, int step) throws Exception {
    return new TimeBasedOneTimePasswordGenerator()
        .generateOneTimePasswordString(
            new SecretKeySpec(Base32.decode(seed), "RAW"),
            Instant.now().plusSeconds(30L * step),
            Locale.ROOT);
  }

  private Outcome run(String... arguments) throws Exception {
    return cli.run("", arguments);
  }

  private JsonNode json(String... arguments) throws Exception {
    return JSON.readTree(run(arguments).output());
  }

  private static Outcome python(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("python3"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(key -> key.startsWith("AWS_"));
    builder.environment().remove("CI");
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Outcome(process.waitFor(), output);
    } catch (IOException _) {
      return new Outcome(-1, "");
    }
  }

  @Test
  void a_device_is_enrolled_at_the_terminal_listed_and_removed() throws Exception {
    assumeTrue(python(Map.of(), "-c", "import pty").exitCode() == 0, "SKIP: no python3 here");
    assertThat(run("mfa", "list", "--json").output())
        .contains(":mfa/" + name)
        .doesNotContain("spare");

    List<String> add = new ArrayList<>(List.of("test-resources/cli/enrol.py"));
    add.addAll(Cli.command());
    add.addAll(List.of("mfa", "add", "totp", "--name", name + "-spare"));
    Outcome enrolled =
        python(
            Map.of("DAYPASS_HOME", home.toString(), "TERM", "xterm", "LANG", "C.UTF-8"),
            add.toArray(String[]::new));

    assertThat(enrolled.exitCode()).as(enrolled.output()).isZero();
    String serial = "arn:aws:iam::111122223333:mfa/" + name + "-spare";
    assertThat(enrolled.output()).contains("█").contains(serial);
    assertThat(run("mfa", "list").output()).contains(serial + "  since ");

    assertThat(run("mfa", "remove", serial).output()).contains("is removed.");
    assertThat(iam.listMFADevices(r -> r.userName(name)).mfaDevices())
        .extracting(is -> is.serialNumber())
        .containsExactly("arn:aws:iam::111122223333:mfa/" + name);
    assertThat(run("whoami").exitCode()).isEqualTo(4);
  }

  /// A code that was not used yet, however lately another was.
  private String freshCode() throws Exception {
    Thread.sleep(Duration.ofSeconds(31 - Instant.now().getEpochSecond() % 30));
    return code(seed, 1);
  }

  @Test
  void a_device_is_tested_and_a_role_is_shown_a_fresh_code_by_a_program() throws Exception {
    iam.createRole(
        r ->
            r.roleName("fresh")
                .assumeRolePolicyDocument(
                    """
                    {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sts:AssumeRole",
                      "Principal": {"AWS": "arn:aws:iam::111122223333:user/%s"},
                      "Condition": {"NumericLessThan": {"aws:MultiFactorAuthAge": "1"}}}}
                    """
                        .formatted(name)));
    String code = freshCode();

    Outcome works = cli.run(code, "mfa", "test", "--stdin");
    Outcome again = cli.run(code, "mfa", "test", "--stdin");

    assertThat(works.exitCode()).as(works.output()).isZero();
    assertThat(works.output()).contains(":mfa/" + name + " works.");
    assertThat(again.exitCode()).isEqualTo(1);
    assertThat(cli.run(Map.of("CI", "true"), "", "assume", "fresh").exitCode()).isEqualTo(4);
    Outcome assumed = run("assume", "fresh", "--json", "--mfa-process", "/bin/echo " + freshCode());
    assertThat(assumed.exitCode()).as(assumed.output()).isZero();
    assertThat(assumed.output()).contains("assumed-role/fresh/" + name);
  }

  @Test
  void a_kind_that_there_is_none_of_is_not_enrolled() throws Exception {
    Outcome refused = run("mfa", "add", "sms");

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.output()).contains("neither totp nor passkey");
  }

  @Test
  void a_password_is_changed_and_the_former_one_opens_nothing() throws Exception {
    Outcome wrong = cli.run("not it\nanother horse battery\n", "password", "change", "--stdin");
    assertThat(wrong.exitCode()).as(wrong.output()).isNotZero();

    Outcome changed =
        cli.run(PASSWORD + "\nanother horse battery\n", "password", "change", "--stdin");

    assertThat(changed.exitCode()).as(changed.output()).isZero();
    assertThat(run("whoami").exitCode()).isEqualTo(4);
    Outcome former =
        cli.run(
            PASSWORD + "\n",
            "login",
            "--stdin",
            "--account",
            BrokerProcess.ACCOUNT,
            "--user",
            name,
            "--server",
            "http://127.0.0.1:" + broker.port());
    assertThat(former.exitCode()).isNotZero();
  }

  @Test
  void what_would_be_allowed_is_told_and_why() throws Exception {
    Outcome allowed = run("explain", "--action", "iam:ListUsers");
    JsonNode denied = json("explain", "--action", "s3:GetObject", "--role", "deploy", "--json");

    assertThat(allowed.exitCode()).isZero();
    assertThat(allowed.output()).contains("allowed: iam:ListUsers on *").contains("self");
    assertThat(denied.path("decision").asText()).isEqualTo("implicitDeny");
    assertThat(denied.path("principal").asText()).isEqualTo(ROLE);
    assertThat(run("explain", "--action", "s3:GetObject", "--role", "deploy").exitCode())
        .isEqualTo(5);
  }

  @Test
  void a_refusal_is_found_again_by_its_request_id() throws Exception {
    JsonNode refused = json("assume", "arn:aws:iam::111122223333:role/none", "--json");
    String id = refused.path("error").path("requestId").asText();
    assertThat(refused.path("error").path("code").asText()).isEqualTo("AccessDenied");

    Outcome explained = run("explain", id);

    assertThat(explained.output())
        .contains("AssumeRole at sts.amazonaws.com")
        .contains("user/" + name)
        .contains("AccessDenied");
    assertThat(explained.exitCode()).isEqualTo(5);
    assertThat(run("explain", "00000000-0000-0000-0000-000000000000").output())
        .contains("The trail has no request");
  }

  @Test
  void boto3_uses_the_profile_that_configure_writes() throws Exception {
    assumeTrue(python(Map.of(), "-c", "import boto3").exitCode() == 0, "SKIP: no boto3 here");
    Path config = home.resolve("aws-config");
    Path bin = Files.createDirectories(home.resolve("bin"));
    Files.writeString(
        bin.resolve("daypass"),
        "#!/bin/sh\nexec '" + String.join("' '", Cli.command()) + "' \"$@\"\n");
    Files.setPosixFilePermissions(
        bin.resolve("daypass"), PosixFilePermissions.fromString("rwxr-xr-x"));
    Outcome configured =
        cli.run(Map.of("AWS_CONFIG_FILE", config.toString()), "", "configure", "deploy");
    assertThat(configured.exitCode()).as(configured.output()).isZero();

    Outcome asked =
        python(
            Map.of(
                "AWS_CONFIG_FILE", config.toString(),
                "AWS_SHARED_CREDENTIALS_FILE", home.resolve("none").toString(),
                "DAYPASS_HOME", home.toString(),
                "PATH", bin + ":" + System.getenv("PATH")),
            "-c",
            "import boto3; print(boto3.Session(profile_name='deploy').client('sts').get_caller_identity()['Arn'])");

    assertThat(asked.output()).contains("assumed-role/deploy/" + name);
  }

  @Test
  void the_doctor_finds_nothing_that_has_failed() throws Exception {
    Outcome well = cli.run(Map.of("HOME", home.toString()), "", "doctor");

    assertThat(well.exitCode()).as(well.output()).isZero();
    assertThat(well.output()).contains("It answers, in ", "clock agrees with it", "user/" + name);
  }

  @Test
  void a_program_with_an_agents_session_cannot_change_anything_and_loses_it_at_its_end()
      throws Exception {
    iam.putRolePolicy(
        r ->
            r.roleName("deploy")
                .policyName("all")
                .policyDocument(
                    """
                    {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "iam:*", "Resource": "*"}}
                    """));
    Outcome untagged = run("exec", "--agent", "robot", "deploy", "--", "true");
    assertThat(untagged.exitCode()).isEqualTo(5);
    assertThat(untagged.output()).contains("sts:TagSession");

    Outcome listed =
        run("exec", "--read-only", "--revoke-on-exit", "deploy", "--", "sh", "-c", "env");

    String key = listed.output().replaceAll("(?s).*AWS_ACCESS_KEY_ID=(\\S+).*", "$1");
    assertThat(run("sessions", "list").output().lines())
        .noneMatch(line -> line.contains(key) && line.contains("until"));
  }
}
