package dev.daypass.broker.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.broker.embedded.EmbeddedServers;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/// Two packaged brokers over one PostgreSQL and one Redis, with a user who may assume a role, a
/// role that may assume another, and an administrator who has signed in.
final class TwoBrokers implements AutoCloseable {
  static final String ACCOUNT = BrokerProcess.ACCOUNT;
  static final String FIRST = "arn:aws:iam::" + ACCOUNT + ":role/first";
  static final String SECOND = "arn:aws:iam::" + ACCOUNT + ":role/second";

  private final EmbeddedServers servers;
  private final BrokerProcess one;
  private final BrokerProcess two;
  private final Cli cli;
  private final AwsCredentials user;

  TwoBrokers(Path folder, Map<String, String> more) throws Exception {
    servers = EmbeddedServers.start(folder.resolve("servers"));
    Map<String, String> settings = BrokerProcess.over(servers, folder.resolve("unused"));
    settings.putAll(more);
    one = BrokerProcess.start(settings);
    two = BrokerProcess.start(settings);
    cli = new Cli(folder.resolve("home"));
    user = people();
    signIn();
  }

  private AwsCredentials people() {
    try (IamClient iam = BrokerProcessIT.iam(one)) {
      iam.createLoginProfile(
          r -> r.userName("admin").password("a password").passwordResetRequired(true));
      iam.createUser(r -> r.userName("alice"));
      iam.createRole(
          r ->
              r.roleName("first")
                  .assumeRolePolicyDocument(trusting("arn:aws:iam::" + ACCOUNT + ":user/alice")));
      iam.createRole(r -> r.roleName("second").assumeRolePolicyDocument(trusting(FIRST)));
      var key = iam.createAccessKey(r -> r.userName("alice")).accessKey();
      return AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey());
    }
  }

  private static String trusting(String arn) {
    return """
    {"Version": "2012-10-17", "Statement": {
      "Effect": "Allow", "Principal": {"AWS": "%s"}, "Action": "sts:AssumeRole"}}
    """
        .formatted(arn);
  }

  private void signIn() throws Exception {
    Cli.Outcome login =
        cli.run(
            "a password\nanother password\n",
            "login",
            "--stdin",
            "--server",
            server(0).toString(),
            "--account",
            ACCOUNT,
            "--user",
            "admin");
    assertThat(login.exitCode()).as(login.output()).isZero();
  }

  /// The command, with the administrator signed in.
  Cli cli() {
    return cli;
  }

  Path sealingKeys() {
    return Path.of(servers.settings().get("daypass.sealing.key-file"));
  }

  /// The address of the first broker or the second.
  URI server(int which) {
    return URI.create("http://127.0.0.1:" + (which % 2 == 0 ? one : two).port());
  }

  StsClient asUser(int which) {
    return sts(which, user);
  }

  StsClient as(int which, Credentials session) {
    return sts(
        which,
        AwsSessionCredentials.create(
            session.accessKeyId(), session.secretAccessKey(), session.sessionToken()));
  }

  private StsClient sts(int which, AwsCredentials credentials) {
    return StsClient.builder()
        .endpointOverride(server(which))
        .region(Region.EU_WEST_1)
        .httpClient(UrlConnectionHttpClient.create())
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        .overrideConfiguration(c -> c.retryStrategy(r -> r.maxAttempts(1)))
        .build();
  }

  static Credentials assume(StsClient as, String role) {
    return as.assumeRole(r -> r.roleArn(role).roleSessionName("s1")).credentials();
  }

  @Override
  public void close() throws Exception {
    one.close();
    two.close();
    servers.close();
  }
}
