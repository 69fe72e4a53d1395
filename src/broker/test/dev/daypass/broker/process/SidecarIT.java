package dev.daypass.broker.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;

/// `daypass serve` in a process of its own, over the packaged broker, with stock clients that take
/// their credentials from it.
class SidecarIT {
  private static final String ROLE = "arn:aws:iam::111122223333:role/app";
  private static final String SESSION = "arn:aws:sts::111122223333:assumed-role/app/it";
  private static final String TRUST =
      "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::111122223333:user/admin\"},\"Action\":\"sts:AssumeRole\"}}";

  @TempDir(cleanup = CleanupMode.NEVER)
  Path folder;

  private BrokerProcess broker;
  private SidecarProcess sidecar;

  @BeforeEach
  void start() throws Exception {
    broker = BrokerProcess.start(BrokerProcess.settings(folder));
    BrokerProcessIT.iam(broker).createRole(r -> r.roleName("app").assumeRolePolicyDocument(TRUST));
    sidecar =
        SidecarProcess.start(
            folder,
            broker.url(),
            ROLE,
            Map.of(),
            "--credentials-file",
            file().toString(),
            "--credentials-profile",
            "daypass");
  }

  @AfterEach
  void end() throws Exception {
    sidecar.close();
    broker.close();
  }

  private Path file() {
    return folder.resolve("aws").resolve("credentials");
  }

  @Test
  void the_java_sdk_takes_its_credentials_from_it() throws Exception {
    System.setProperty(
        SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_FULL_URI.property(), sidecar.uri());
    System.setProperty(
        SdkSystemSetting.AWS_CONTAINER_AUTHORIZATION_TOKEN.property(),
        Files.readString(sidecar.token()));
    try (StsClient sts =
        StsClient.builder()
            .endpointOverride(broker.url())
            .region(Region.EU_WEST_1)
            .httpClient(UrlConnectionHttpClient.create())
            .credentialsProvider(ContainerCredentialsProvider.create())
            .build()) {
      assertThat(sts.getCallerIdentity().arn()).isEqualTo(SESSION);
    } finally {
      System.clearProperty(SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_FULL_URI.property());
      System.clearProperty(SdkSystemSetting.AWS_CONTAINER_AUTHORIZATION_TOKEN.property());
    }
  }

  @Test
  void the_java_sdk_takes_its_credentials_from_the_file() throws Exception {
    ProfileFile credentials =
        ProfileFile.builder().content(file()).type(ProfileFile.Type.CREDENTIALS).build();
    try (StsClient sts =
        StsClient.builder()
            .endpointOverride(broker.url())
            .region(Region.EU_WEST_1)
            .httpClient(UrlConnectionHttpClient.create())
            .credentialsProvider(
                ProfileCredentialsProvider.builder()
                    .profileFile(credentials)
                    .profileName("daypass")
                    .build())
            .build()) {
      assertThat(sts.getCallerIdentity().arn()).isEqualTo(SESSION);
    }
  }

  private String boto3(Map<String, String> environment) throws Exception {
    String script =
        "import boto3; print(boto3.client('sts', region_name='eu-west-1',"
            + " endpoint_url='%s').get_caller_identity()['Arn'])".formatted(broker.url());
    assumeTrue(
        run(List.of("python3", "-c", "import boto3"), environment).isPresent(),
        "SKIP: there is no python3 with boto3 here");
    return run(List.of("python3", "-c", script), environment).orElse("");
  }

  @Test
  void boto3_takes_its_credentials_from_it() throws Exception {
    assertThat(
            boto3(
                Map.of(
                    "AWS_CONTAINER_CREDENTIALS_FULL_URI", sidecar.uri(),
                    "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", sidecar.token().toString())))
        .contains(SESSION);
  }

  @Test
  void boto3_takes_its_credentials_from_the_file() throws Exception {
    assertThat(
            boto3(
                Map.of("AWS_SHARED_CREDENTIALS_FILE", file().toString(), "AWS_PROFILE", "daypass")))
        .contains(SESSION);
  }

  private static Optional<String> run(List<String> command, Map<String, String> environment)
      throws Exception {
    ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command)).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? Optional.of(output) : Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  @Test
  void it_outlives_the_broker_and_changes_its_tokens_on_a_hangup() throws Exception {
    String former = Files.readString(sidecar.token());
    broker.kill();

    assertThat(sidecar.ask(former).statusCode()).isEqualTo(200);
    sidecar.hangUp();
    await().until(() -> !Files.readString(sidecar.token()).equals(former));
    assertThat(sidecar.ask(Files.readString(sidecar.token())).statusCode()).isEqualTo(200);
    assertThat(sidecar.status("/livez")).isEqualTo(200);
    assertThat(sidecar.log()).doesNotContain(former, Files.readString(sidecar.token()));
  }
}
