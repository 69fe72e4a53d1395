package dev.daypass.broker.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import dev.daypass.wire.Base32;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.iam.IamClient;

/// The AWS SDK for JavaScript and a browser, against the packaged broker: the stories of `src/e2e`.
/// They take Node.js 20 with npm, and the second one Chromium; where these are missing it says so
/// and is skipped.
class BrowserIT {
  private static final Path STORIES = Path.of("../e2e");
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final String PASSWORD = "correct horse battery";

  @TempDir static Path folder;
  private static BrokerProcess broker;
  private static Map<String, String> told;

  private record Outcome(int exitCode, String output) {}

  @BeforeAll
  static void begin() throws Exception {
    assumeTrue(nodeVersion() >= 20, "there is no Node.js 20 here");
    try (Stream<Path> files = Files.list(STORIES)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    Outcome installed = run(List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"));
    assumeTrue(installed.exitCode() == 0, "npm cannot install the stories' libraries");
    broker = BrokerProcess.start(BrokerProcess.settings(folder));
    told = people();
  }

  @AfterAll
  static void end() throws Exception {
    if (broker != null) {
      broker.close();
    }
  }

  private static int nodeVersion() {
    try {
      String version = run(List.of("node", "--version")).output().strip();
      return Integer.parseInt(version.replaceAll("v(\\d+)\\..*", "$1"));
    } catch (IOException | InterruptedException | NumberFormatException _) {
      return 0;
    }
  }

  private static Outcome run(List<String> command) throws IOException, InterruptedException {
    return run(command, Map.of());
  }

  private static Outcome run(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes());
    return new Outcome(process.waitFor(), output);
  }

  /// Somebody with a password and an app, who may assume a role and look after the account.
  private static Map<String, String> people() throws Exception {
    try (IamClient iam = BrokerProcessIT.iam(broker)) {
      iam.createUser(r -> r.userName("alice"));
      iam.createLoginProfile(r -> r.userName("alice").password(PASSWORD));
      iam.putUserPolicy(
          r ->
              r.userName("alice")
                  .policyName("self")
                  .policyDocument(
                      """
                      {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Resource": "*", "Action":
                        ["sts:AssumeRole", "iam:*", "daypass:*", "cloudtrail:LookupEvents"]}}
                      """));
      iam.createRole(
          r ->
              r.roleName("deploy")
                  .assumeRolePolicyDocument(
                      """
                      {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sts:AssumeRole",
                        "Principal": {"AWS": "arn:aws:iam::111122223333:user/alice"}}}
                      """));
      var device =
          iam.createVirtualMFADevice(r -> r.virtualMFADeviceName("alice")).virtualMFADevice();
      String seed = device.base32StringSeed().asUtf8String();
      String used = code(seed, 0);
      String before = code(seed, -1);
      iam.enableMFADevice(
          r ->
              r.userName("alice")
                  .serialNumber(device.serialNumber())
                  .authenticationCode1(before)
                  .authenticationCode2(used));
      return new TreeMap<>(
          Map.of(
              "DAYPASS_URL",
              "http://localhost:" + broker.port(),
              "DAYPASS_ACCOUNT",
              BrokerProcess.ACCOUNT,
              "DAYPASS_USER",
              "alice",
              "DAYPASS_PASSWORD",
              PASSWORD,
              "DAYPASS_ROLE",
              "deploy",
              "DAYPASS_SEED",
              seed,
              "DAYPASS_USED_CODE",
              used,
              "DAYPASS_LINK",
              link()));
    }
  }

  private static String code(String seed, int step) throws Exception {
    return new TimeBasedOneTimePasswordGenerator()
        .generateOneTimePasswordString(
            new SecretKeySpec(Base32.decode(seed), "RAW"),
            Instant.now().plusSeconds(30L * step),
            Locale.ROOT);
  }

  private static String link() throws IOException {
    Matcher link =
        Pattern.compile("http://localhost:\\d+/enrol\\?token=\\S+").matcher(broker.output());
    assertThat(link.find()).isTrue();
    return link.group();
  }

  /// One after the other: a code is good once.
  @Test
  void the_sdk_for_javascript_renews_logins_and_a_browser_walks_the_pages() throws Exception {
    Outcome sdk = run(List.of("node", "sdk.mjs"), told);
    assertThat(sdk.exitCode()).as(sdk.output()).isZero();
    assertThat(sdk.output()).contains("login: arn:aws:sts::", "sso: arn:aws:sts::");

    assumeTrue(Files.isExecutable(CHROMIUM), "there is no Chromium here");
    told.put("DAYPASS_USED_CODE", code(told.get("DAYPASS_SEED"), 0));
    Outcome walk = run(List.of("node", "walk.mjs"), told);
    assertThat(walk.exitCode()).as(walk.output()).isZero();
  }
}
