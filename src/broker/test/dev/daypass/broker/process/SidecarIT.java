package dev.daypass.broker.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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
  private Process sidecar;
  private int port;
  private int statusPort;

  @BeforeEach
  void start() throws Exception {
    broker = BrokerProcess.start(BrokerProcess.settings(folder));
    BrokerProcessIT.iam(broker).createRole(r -> r.roleName("app").assumeRolePolicyDocument(TRUST));
    port = BrokerProcess.freePort();
    statusPort = BrokerProcess.freePort();
    ProcessBuilder builder =
        new ProcessBuilder(
            System.getProperty("java.home") + "/bin/java",
            "@" + Path.of("../cli/serve.options").toAbsolutePath(),
            "-jar",
            Path.of("../cli/target/daypass.jar").toAbsolutePath().toString(),
            "serve",
            "--server",
            endpoint(),
            "--role",
            ROLE,
            "--session-name",
            "it",
            "--token-file",
            token().toString(),
            "--credentials-file",
            file().toString(),
            "--credentials-profile",
            "daypass",
            "--listen",
            "127.0.0.1:" + port,
            "--status-listen",
            "127.0.0.1:" + statusPort);
    builder.environment().put("DAYPASS_HOME", folder.resolve("home").toString());
    builder.environment().put("AWS_ACCESS_KEY_ID", BrokerProcessIT.KEY);
    builder.environment().put("AWS_SECRET_ACCESS_KEY", BrokerProcessIT.SECRET);
    sidecar = builder.redirectErrorStream(true).redirectOutput(log().toFile()).start();
    await().atMost(Duration.ofSeconds(60)).until(() -> status("/readyz") == 200);
  }

  @AfterEach
  void end() throws Exception {
    sidecar.destroy();
    sidecar.waitFor(10, TimeUnit.SECONDS);
    broker.close();
  }

  private String endpoint() {
    return "http://127.0.0.1:" + broker.port();
  }

  private Path token() {
    return folder.resolve("tokens").resolve("app.token");
  }

  private Path file() {
    return folder.resolve("aws").resolve("credentials");
  }

  private Path log() {
    return folder.resolve("sidecar.log");
  }

  private String uri() {
    return "http://127.0.0.1:" + port + "/v1/credentials";
  }

  private int status(String path) {
    try {
      return ask("http://127.0.0.1:" + statusPort + path, "none").statusCode();
    } catch (IOException _) {
      return 0;
    }
  }

  private static HttpResponse<String> ask(String url, String token) throws IOException {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create(url)).header("Authorization", token).build(),
              HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void the_java_sdk_takes_its_credentials_from_it() throws Exception {
    System.setProperty(SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_FULL_URI.property(), uri());
    System.setProperty(
        SdkSystemSetting.AWS_CONTAINER_AUTHORIZATION_TOKEN.property(), Files.readString(token()));
    try (StsClient sts =
        StsClient.builder()
            .endpointOverride(URI.create(endpoint()))
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
            .endpointOverride(URI.create(endpoint()))
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
            + " endpoint_url='%s').get_caller_identity()['Arn'])".formatted(endpoint());
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
                    "AWS_CONTAINER_CREDENTIALS_FULL_URI", uri(),
                    "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", token().toString())))
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
    String former = Files.readString(token());
    broker.kill();

    assertThat(ask(uri(), former).statusCode()).isEqualTo(200);
    new ProcessBuilder("kill", "-HUP", Long.toString(sidecar.pid())).start().waitFor();
    await().until(() -> !Files.readString(token()).equals(former));
    assertThat(ask(uri(), Files.readString(token())).statusCode()).isEqualTo(200);
    assertThat(status("/livez")).isEqualTo(200);
    assertThat(Files.readString(log())).doesNotContain(former, Files.readString(token()));
  }
}
