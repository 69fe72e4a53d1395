package dev.daypass.broker.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import dev.daypass.wire.Base32;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;

/// IAM as code, with the packaged broker and the packaged command.
class ApplyIT {
  private static final Path AWS_ACCOUNT =
      Path.of("../cli/test-resources/account-authorization-details.json").toAbsolutePath();

  @TempDir(cleanup = CleanupMode.NEVER)
  Path folder;

  private Path files(String text) throws Exception {
    Path files = Files.createDirectories(folder.resolve("iam"));
    Files.writeString(files.resolve("people.yaml"), text);
    return files;
  }

  private Map<String, String> settings(Path files) {
    return BrokerProcess.settings(folder, Map.of("DAYPASS_BOOTSTRAP_FILES", files.toString()));
  }

  private static String code(String seed, int step) throws Exception {
    return new TimeBasedOneTimePasswordGenerator()
        .generateOneTimePasswordString(
            new SecretKeySpec(Base32.decode(seed), "RAW"),
            Instant.now().plusSeconds(30L * step),
            Locale.ROOT);
  }

  /// The administrator, signed in with a device.
  private Cli signedIn(BrokerProcess broker, IamClient iam) throws Exception {
    iam.createLoginProfile(
        r -> r.userName("admin").password("a password").passwordResetRequired(true));
    var device =
        iam.createVirtualMFADevice(r -> r.virtualMFADeviceName("admin")).virtualMFADevice();
    String seed = device.base32StringSeed().asUtf8String();
    String before = code(seed, -1);
    String now = code(seed, 0);
    iam.enableMFADevice(
        r ->
            r.userName("admin")
                .serialNumber(device.serialNumber())
                .authenticationCode1(before)
                .authenticationCode2(now));
    Cli cli = new Cli(folder.resolve("home"));
    Cli.Outcome login =
        cli.run(
            "a password\n" + code(seed, 1) + "\nanother password\n",
            "login",
            "--stdin",
            "--server",
            "http://127.0.0.1:" + broker.port(),
            "--account",
            "111122223333",
            "--user",
            "admin");
    assertThat(login.exitCode()).as(login.output()).isZero();
    return cli;
  }

  @Test
  void files_make_the_account_at_the_first_start_and_ever_after() throws Exception {
    Path files = files("groups:\n  developers: {managedPolicies: [reports]}\n");
    Files.writeString(
        files.resolve("policies.yml"),
        """
        policies:
          reports:
            document:
              Version: 2012-10-17
              Statement: [{Effect: Allow, Action: "s3:GetObject", Resource: "*"}]
        """);
    try (BrokerProcess broker = BrokerProcess.start(settings(files));
        IamClient iam = BrokerProcessIT.iam(broker)) {
      assertThat(iam.listAttachedGroupPolicies(r -> r.groupName("developers")).attachedPolicies())
          .hasSize(1);
      Cli cli = signedIn(broker, iam);
      String place = files.toString();

      assertThat(cli.run("", "apply", "-f", place)).isEqualTo(new Cli.Outcome(0, "No changes.\n"));

      files(
          "groups:\n  developers: {managedPolicies: []}\nusers:\n  alice: {groups: [developers]}\n");
      assertThat(cli.run("", "apply", "-f", place, "--dry-run").output())
          .contains("+ user alice\n", "+ user alice: group developers\n", "3 changes, not made.");
      assertThat(cli.run("", "apply", "-f", place).output()).endsWith("3 changes made.\n");
      assertThat(cli.run("", "apply", "-f", place, "--json").output())
          .isEqualTo("{\"applied\":true,\"changes\":[]}\n");

      files("users: {alice: {groups: [nobody]}, bob: {}}");
      Cli.Outcome refused = cli.run("", "apply", "-f", place);
      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused.output()).contains("[+ user alice: group nobody]", "cannot be found");
      assertThat(exists(iam, "bob")).isFalse();
      assertThat(cli.run("", "apply", "-f", place, "--dry-run").exitCode()).isEqualTo(1);

      files("users:\n  alice: {pasword: x}\n");
      Cli.Outcome malformed = cli.run("", "apply", "-f", place);
      assertThat(malformed.exitCode()).isEqualTo(2);
      assertThat(malformed.output()).contains("people.yaml:2:20: `pasword` is not known here");

      files("{}");
      assertThat(cli.run("", "apply", "-f", place, "--prune").output())
          .contains("- user alice: group developers\n", "- user alice\n", "- group developers\n")
          .doesNotContain("reports", "admin");
      assertThat(exists(iam, "admin")).isTrue();
      assertThat(exists(iam, "alice")).isFalse();

      imported(cli, iam);
    }
  }

  private static void imported(Cli cli, IamClient iam) throws Exception {
    String file = AWS_ACCOUNT.toString();

    Cli.Outcome rehearsal = cli.run("", "import", file, "--dry-run");
    Cli.Outcome done = cli.run("", "import", file);

    assertThat(rehearsal.exitCode()).as(rehearsal.output()).isZero();
    assertThat(done.exitCode()).as(done.output()).isZero();
    assertThat(done.output())
        .contains(
            "! role AWSServiceRoleForAutoScaling: it is linked to a service of AWS\n",
            "+ user alice\n",
            "+ role deploy\n",
            "+ user alice: inline policy own-bucket\n")
        .doesNotContain("+ role partner");
    assertThat(iam.getUser(r -> r.userName("alice")).user().permissionsBoundary())
        .hasFieldOrPropertyWithValue(
            "permissionsBoundaryArn", "arn:aws:iam::111122223333:policy/developer-boundary");
    assertThat(cli.run("", "import", file).output()).endsWith("No changes.\n");
  }

  private static boolean exists(IamClient iam, String user) {
    try {
      iam.getUser(r -> r.userName(user));
      return true;
    } catch (NoSuchEntityException _) {
      return false;
    }
  }

  @Test
  void files_that_cannot_be_applied_stop_the_first_start_and_leave_nothing() throws Exception {
    Path files = files("users: {bob: {groups: [nobody]}}");
    BrokerProcess refused = BrokerProcess.launch(settings(files), BrokerProcess.freePort());

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.output())
        .contains("[+ user bob: group nobody]")
        .doesNotContain("/enrol?token=");

    files(example());
    try (BrokerProcess broker = BrokerProcess.start(settings(files));
        IamClient iam = BrokerProcessIT.iam(broker)) {
      assertThat(broker.output()).contains("/enrol?token=");
      assertThat(exists(iam, "bob")).isFalse();
      assertThat(exists(iam, "alice")).isTrue();
      assertThat(iam.listAccountAliases().accountAliases()).containsExactly("example");
    }
  }

  /// The file that docs/as-code.md shows.
  private static String example() throws Exception {
    String page = Files.readString(Path.of("../../docs/as-code.md"));
    return page.split("```yaml\n", 2)[1].split("```", 2)[0];
  }
}
