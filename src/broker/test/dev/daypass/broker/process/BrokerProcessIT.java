package dev.daypass.broker.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daypass.broker.embedded.EmbeddedServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.iam.model.User;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.StsException;

/// The packaged broker as an operator meets it: started, stopped, killed, doubled.
class BrokerProcessIT {
  static final String KEY = "AKIAADMINEXAMPLE0001";
  static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

  @TempDir(cleanup = CleanupMode.NEVER)
  Path folder;

  private Map<String, String> settings() {
    return BrokerProcess.settings(folder);
  }

  static IamClient iam(BrokerProcess broker) {
    return IamClient.builder()
        .endpointOverride(URI.create("http://127.0.0.1:" + broker.port()))
        .region(Region.AWS_GLOBAL)
        .httpClient(UrlConnectionHttpClient.create())
        .credentialsProvider(credentials(KEY, SECRET))
        .overrideConfiguration(c -> c.retryStrategy(r -> r.maxAttempts(1)))
        .build();
  }

  private static StsClient sts(BrokerProcess broker, String key, String secret) {
    return StsClient.builder()
        .endpointOverride(URI.create("http://127.0.0.1:" + broker.port()))
        .region(Region.EU_WEST_1)
        .httpClient(UrlConnectionHttpClient.create())
        .credentialsProvider(credentials(key, secret))
        .overrideConfiguration(c -> c.retryStrategy(r -> r.maxAttempts(1)))
        .build();
  }

  private static StaticCredentialsProvider credentials(String key, String secret) {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create(key, secret));
  }

  @Test
  void the_first_start_says_what_to_do_and_the_second_does_not() throws Exception {
    try (BrokerProcess broker = BrokerProcess.start(settings())) {
      assertThat(broker.output())
          .contains("http://localhost:" + broker.port() + "/enrol?token=", "111122223333")
          .doesNotContain(SECRET);
      sts(broker, KEY, SECRET).getCallerIdentity();
    }
    try (BrokerProcess broker = BrokerProcess.start(settings())) {
      assertThat(broker.output()).doesNotContain("/enrol?token=");
      assertThat(sts(broker, KEY, SECRET).getCallerIdentity().arn())
          .isEqualTo("arn:aws:iam::111122223333:user/admin");
    }
    assertThat(serversOn(folder)).isEmpty();
  }

  @Test
  void an_administrator_who_has_lost_everything_begins_anew() throws Exception {
    BrokerProcess.start(settings()).close();
    Map<String, String> settings = settings();
    settings.put("DAYPASS_RECOVER_ADMIN", "carol");
    try (BrokerProcess broker = BrokerProcess.start(settings)) {
      Matcher link = Pattern.compile("(/enrol\\?token=\\S+)").matcher(broker.output());
      assertThat(link.find()).as(broker.output()).isTrue();

      assertThat(page(broker, link.group(1)))
          .contains("You are <strong>carol</strong> in account <strong>111122223333</strong>");
      assertThat(iam(broker).listAttachedUserPolicies(r -> r.userName("carol")).attachedPolicies())
          .extracting(policy -> policy.policyName())
          .containsExactly("AdministratorAccess");
    }
  }

  @Test
  void a_setting_that_is_none_stops_the_start() throws Exception {
    BrokerProcess misspelt =
        BrokerProcess.launch(
            BrokerProcess.settings(folder, Map.of("DAYPASS_PUBLIC_URI", "https://a.example")),
            BrokerProcess.freePort());

    assertThat(misspelt.exitCode()).isEqualTo(1);
    assertThat(misspelt.output())
        .isEqualToIgnoringNewLines(
            "daypass: no settings of the broker: DAYPASS_PUBLIC_URI. docs/settings.md has those there are.");
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void settings_that_put_others_in_danger_stop_the_start() throws Exception {
    Map<String, String> settings =
        new HashMap<>(
            BrokerProcess.settings(
                folder,
                Map.of(
                    "DAYPASS_HOST",
                    "0.0.0.0",
                    "QUARKUS_DATASOURCE_REACTIVE_URL",
                    "postgresql://127.0.0.1:1/daypass")));
    settings.remove("DAYPASS_SEALING_KEY_FILE");
    BrokerProcess unsafe = BrokerProcess.launch(settings, BrokerProcess.freePort());

    assertThat(unsafe.exitCode()).isEqualTo(1);
    assertThat(unsafe.output())
        .contains("DAYPASS_PLAIN_HTTP=behind-tls", "DAYPASS_SEALING_KEY_FILE");
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void what_is_no_name_is_no_administrator() throws Exception {
    Map<String, String> settings = settings();
    settings.put("DAYPASS_RECOVER_ADMIN", "a/b");
    BrokerProcess refused = BrokerProcess.launch(settings, BrokerProcess.freePort());

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.output()).contains("DAYPASS_RECOVER_ADMIN must be a user's name");
  }

  private static String page(BrokerProcess broker, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + broker.port() + path)).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  /// Processes whose command line names the folder.
  private static List<String> serversOn(Path folder) {
    return ProcessHandle.allProcesses()
        .flatMap(process -> process.info().commandLine().stream())
        .filter(line -> line.contains(folder.toString()))
        .toList();
  }

  @Test
  void a_second_process_on_the_same_data_is_refused() throws Exception {
    try (BrokerProcess first = BrokerProcess.start(settings())) {
      BrokerProcess second = BrokerProcess.launch(settings(), BrokerProcess.freePort());

      assertThat(second.exitCode()).isEqualTo(1);
      assertThat(second.output()).contains("is in use by another Daypass process", "DAYPASS_DATA");
      sts(first, KEY, SECRET).getCallerIdentity();
    }
  }

  @Test
  void a_taken_port_is_refused() throws Exception {
    try (var taken = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      BrokerProcess broker = BrokerProcess.launch(settings(), taken.getLocalPort());

      assertThat(broker.exitCode()).isEqualTo(1);
      assertThat(broker.output())
          .contains("port " + taken.getLocalPort() + " on 127.0.0.1 is taken", "DAYPASS_PORT");
    }
  }

  @Test
  void a_kill_loses_nothing_that_was_acknowledged() throws Exception {
    List<String> acknowledged = new ArrayList<>();
    BrokerProcess broker = BrokerProcess.start(settings());
    IamClient iam = iam(broker);
    Thread killer =
        new Thread(
            () -> {
              try {
                Thread.sleep(1_500);
                broker.kill();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    killer.start();
    try {
      for (int i = 0; i < 100_000; i++) {
        String name = "user-" + i;
        iam.createUser(r -> r.userName(name));
        acknowledged.add(name);
      }
    } catch (SdkException _) {
      // The kill.
    }
    killer.join();

    try (BrokerProcess again = BrokerProcess.start(settings())) {
      List<String> present =
          iam(again).listUsersPaginator().users().stream().map(User::userName).toList();

      assertThat(acknowledged).hasSizeGreaterThan(5);
      assertThat(present).containsAll(acknowledged);
      // One more may have been made and not acknowledged; half a one cannot be.
      assertThat(present).hasSizeBetween(acknowledged.size() + 1, acknowledged.size() + 2);
    }
  }

  @Test
  void two_brokers_over_one_database_agree_within_two_seconds() throws Exception {
    try (EmbeddedServers servers = EmbeddedServers.start(folder.resolve("servers"));
        BrokerProcess one = BrokerProcess.start(over(servers));
        BrokerProcess two = BrokerProcess.start(over(servers))) {
      IamClient iam = iam(one);
      iam.createUser(r -> r.userName("alice"));
      var key = iam.createAccessKey(r -> r.userName("alice")).accessKey();
      StsClient onTwo = sts(two, key.accessKeyId(), key.secretAccessKey());

      // What was made on one is there on the other at once, whatever was asked there before.
      assertThat(onTwo.getCallerIdentity().arn()).endsWith(":user/alice");
      String trust =
          "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::111122223333:user/alice\"},\"Action\":\"sts:AssumeRole\"}}";
      for (int i = 0; i < 20; i++) {
        String role = "role-" + i;
        String arn = "arn:aws:iam::111122223333:role/" + role;
        assertThat(refused(() -> assume(onTwo, arn))).isTrue();
        iam.createRole(r -> r.roleName(role).assumeRolePolicyDocument(trust));
        assume(onTwo, arn);
      }

      iam.updateAccessKey(
          r -> r.userName("alice").accessKeyId(key.accessKeyId()).status(StatusType.INACTIVE));
      await().atMost(Duration.ofSeconds(2)).until(() -> refused(onTwo::getCallerIdentity));
    }
  }

  private static void assume(StsClient sts, String role) {
    sts.assumeRole(r -> r.roleArn(role).roleSessionName("s1"));
  }

  private static boolean refused(Runnable call) {
    try {
      call.run();
      return false;
    } catch (StsException | IamException refusal) {
      return refusal.statusCode() == 403;
    }
  }

  private Map<String, String> over(EmbeddedServers servers) {
    return BrokerProcess.over(servers, folder.resolve("unused"));
  }

  @Test
  void daypass_signs_in_and_stock_sdks_use_what_it_gives() throws Exception {
    try (BrokerProcess broker = BrokerProcess.start(settings())) {
      iam(broker)
          .createLoginProfile(
              r -> r.userName("admin").password("a password").passwordResetRequired(true));
      iam(broker)
          .createRole(
              r ->
                  r.roleName("deploy")
                      .assumeRolePolicyDocument(
                          "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::111122223333:user/admin\"},\"Action\":\"sts:AssumeRole\"}}"));

      Cli cli = new Cli(folder.resolve("home"));
      assertThat(cli.run("", "roles").exitCode()).isEqualTo(4);
      Cli.Outcome login =
          cli.run(
              "a password\nanother password\n",
              "login",
              "--stdin",
              "--server",
              "http://127.0.0.1:" + broker.port(),
              "--account",
              "111122223333",
              "--user",
              "admin");

      assertThat(login.exitCode()).as(login.output()).isZero();
      assertThat(cli.run("", "roles").output()).contains("deploy");
      assertThat(cli.run("", "credential-process", "--role", "deploy").output())
          .contains("\"Version\":1", "\"AccessKeyId\":\"ASIA");
      assertThat(cli.run("", "exec", "deploy", "--", "sh", "-c", "exit 7").exitCode()).isEqualTo(7);
      assertThat(cli.run("", "exec", "deploy", "--", "env").output())
          .contains("AWS_SESSION_TOKEN=", "AWS_ENDPOINT_URL_STS=");
      assertThat(cli.run("", "assume", "nosuchrole").exitCode()).isEqualTo(5);
      assertThat(cli.run("", "dance").exitCode()).isEqualTo(2);
      assertThat(cli.run("", "logout").exitCode()).isZero();
      assertThat(cli.run("", "whoami").exitCode()).isEqualTo(4);
    }
  }

  @Test
  void daypass_says_when_there_is_no_broker() throws Exception {
    Cli.Outcome outcome =
        new Cli(folder.resolve("home"))
            .run(
                "secret\n",
                "login",
                "--stdin",
                "--server",
                "http://127.0.0.1:" + BrokerProcess.freePort(),
                "--account",
                "111122223333",
                "--user",
                "admin");

    assertThat(outcome.exitCode()).isEqualTo(6);
    assertThat(outcome.output()).contains("Cannot reach", "connection refused");
  }

  @Test
  void the_data_folder_is_its_owners_alone() throws Exception {
    try (BrokerProcess broker = BrokerProcess.start(settings())) {
      assertThat(broker.port()).isPositive();
      Path data = folder.resolve("data");

      assertThat(Files.getPosixFilePermissions(data)).hasSize(3);
      assertThat(Files.getPosixFilePermissions(data.resolve("sealing-key.json"))).hasSize(2);
      assertThat(Files.getPosixFilePermissions(data.resolve("postgres-password"))).hasSize(2);
    }
  }
}
