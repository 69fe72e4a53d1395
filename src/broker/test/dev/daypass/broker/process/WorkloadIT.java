package dev.daypass.broker.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The AWS CLI, boto3 and the SDK for JavaScript, unchanged, take credentials in each way that
/// `daypass` gives them. Which of these is not here is said, and skipped.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkloadIT {
  private static final String SESSION = "arn:aws:sts::111122223333:assumed-role/app/workload";
  private static final String BOTO3 =
      "import boto3, os; print(boto3.client('sts', endpoint_url=os.environ['DAYPASS_URL']).get_caller_identity()['Arn'])";

  @TempDir(cleanup = CleanupMode.NEVER)
  static Path folder;

  private BrokerProcess broker;
  private Process sidecar;
  private int port;
  private int metadataPort;

  /// Where a program finds them.
  enum Way {
    CONTAINER,
    METADATA,
    FILE,
    PROCESS
  }

  @BeforeAll
  void begin() throws Exception {
    broker = BrokerProcess.start(BrokerProcess.settings(folder));
    try (var iam = BrokerProcessIT.iam(broker)) {
      iam.createRole(
          r ->
              r.roleName("app")
                  .assumeRolePolicyDocument(
                      """
                      {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sts:AssumeRole",
                        "Principal": {"AWS": "arn:aws:iam::111122223333:user/admin"}}}
                      """));
      iam.createLoginProfile(r -> r.userName("admin").password("correct horse battery"));
    }
    port = BrokerProcess.freePort();
    metadataPort = BrokerProcess.freePort();
    serve();
    signIn();
    await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(file()));
  }

  private void serve() throws IOException {
    sidecar =
        new Cli(folder.resolve("served"))
            .start(
                Map.of(
                    "AWS_ACCESS_KEY_ID", BrokerProcessIT.KEY,
                    "AWS_SECRET_ACCESS_KEY", BrokerProcessIT.SECRET),
                "serve",
                "--server",
                url(),
                "--role",
                "arn:aws:iam::111122223333:role/app",
                "--session-name",
                "workload",
                "--token-file",
                token().toString(),
                "--credentials-file",
                file().toString(),
                "--listen",
                "127.0.0.1:" + port,
                "--metadata-listen",
                "127.0.0.1:" + metadataPort);
  }

  /// For `credential_process`, which a person's profile has.
  private void signIn() throws Exception {
    Cli.Outcome login =
        new Cli(folder.resolve("person"))
            .run(
                "correct horse battery\n",
                "login",
                "--stdin",
                "--server",
                url(),
                "--account",
                BrokerProcess.ACCOUNT,
                "--user",
                "admin");
    assertThat(login.exitCode()).as(login.output()).isZero();
    Path program = Files.createDirectories(folder.resolve("bin")).resolve("daypass");
    Files.writeString(
        program, "#!/bin/sh\nexec '" + String.join("' '", Cli.command()) + "' \"$@\"\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(
        folder.resolve("config"),
        "[default]\ncredential_process = %s credential-process --role app --session-name workload --timeout 60s\n"
            .formatted(program));
  }

  @AfterAll
  void end() throws Exception {
    if (sidecar != null) {
      sidecar.destroy();
      sidecar.waitFor(10, TimeUnit.SECONDS);
    }
    broker.close();
  }

  private String url() {
    return "http://127.0.0.1:" + broker.port();
  }

  private Path token() {
    return folder.resolve("app.token");
  }

  private Path file() {
    return folder.resolve("aws/credentials");
  }

  private Map<String, String> environment(Way way) throws IOException {
    String none = folder.resolve("none").toString();
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "AWS_CONFIG_FILE",
                none,
                "AWS_SHARED_CREDENTIALS_FILE",
                none,
                "AWS_EC2_METADATA_DISABLED",
                "true",
                "AWS_REGION",
                "us-east-1",
                "AWS_DEFAULT_REGION",
                "us-east-1",
                "DAYPASS_URL",
                url(),
                "DAYPASS_HOME",
                folder.resolve("person").toString()));
    switch (way) {
      case CONTAINER -> {
        environment.put(
            "AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:" + port + "/v1/credentials");
        environment.put("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", token().toString());
        // The AWS CLI 2.9 of Debian 12 knows no file; who knows it prefers it.
        environment.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", Files.readString(token()));
      }
      case METADATA -> {
        environment.put("AWS_EC2_METADATA_DISABLED", "false");
        environment.put(
            "AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://127.0.0.1:" + metadataPort + "/");
      }
      case FILE -> environment.put("AWS_SHARED_CREDENTIALS_FILE", file().toString());
      case PROCESS -> environment.put("AWS_CONFIG_FILE", folder.resolve("config").toString());
    }
    return environment;
  }

  private record Outcome(int exitCode, String output) {}

  private Outcome run(Map<String, String> environment, List<String> command) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(new ArrayList<>(command))
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
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

  private boolean runs(String... command) throws Exception {
    return run(Map.of(), List.of(command)).exitCode() == 0;
  }

  @ParameterizedTest
  @EnumSource
  void boto3_takes_them(Way way) throws Exception {
    assumeTrue(runs("python3", "-c", "import boto3"), "SKIP: there is no boto3 here");

    assertThat(run(environment(way), List.of("python3", "-c", BOTO3)).output()).contains(SESSION);
  }

  @ParameterizedTest
  @EnumSource
  void the_aws_cli_takes_them(Way way) throws Exception {
    assumeTrue(runs("aws", "--version"), "SKIP: there is no AWS CLI here");

    assertThat(
            run(
                    environment(way),
                    List.of("aws", "--endpoint-url", url(), "sts", "get-caller-identity"))
                .output())
        .contains(SESSION);
  }

  @Test
  void the_sdk_for_javascript_takes_them() throws Exception {
    assumeTrue(runs("npm", "--version"), "SKIP: there is no Node.js here");
    for (String file : List.of("package.json", "package-lock.json", "workload.mjs")) {
      Files.copy(Path.of("../e2e").resolve(file), folder.resolve(file));
    }
    assumeTrue(
        runs("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"),
        "SKIP: npm cannot install the SDK");

    for (Way way : Way.values()) {
      assertThat(run(environment(way), List.of("node", "workload.mjs")).output())
          .as(way.name())
          .contains(SESSION);
    }
  }
}
