package dev.daypass.broker.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.daypass.broker.Sdk;
import dev.daypass.broker.TestClock;
import dev.daypass.broker.TestServers;
import dev.daypass.broker.Wire.Key;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/// AWS as one story sees it: its clients, new names, and what everybody needs to begin with.
final class Aws implements AutoCloseable {
  static final String ACCOUNT = TestServers.ACCOUNT;

  /// Holds what percent-encoding and XML could get wrong.
  static final String DOCUMENT =
      """
      {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:Get*",
        "Resource": "arn:aws:s3:::a+b/ü/~/<&>'%41/${aws:username}*"}]}
      """;

  private final URI server;
  private final Calls calls = new Calls();
  private final List<AutoCloseable> clients = new ArrayList<>();

  Aws(URI server) {
    this.server = server;
  }

  /// What the SDK was answered and refused, by action.
  private static final class Calls implements ExecutionInterceptor {
    private final Set<String> answered = ConcurrentHashMap.newKeySet();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
      answered.add(attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME));
    }

    @Override
    public void onExecutionFailure(
        Context.FailedExecution context, ExecutionAttributes attributes) {
      if (context.exception() instanceof AwsServiceException) {
        refused.add(attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME));
      }
    }
  }

  Set<String> answered() {
    return calls.answered;
  }

  Set<String> refused() {
    return calls.refused;
  }

  /// A client of any service: `aws.client(IamClient.builder(), Key.ADMIN)`.
  <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C extends AutoCloseable> C client(
      B builder, Key key) {
    builder.overrideConfiguration(c -> c.addExecutionInterceptor(calls));
    C client = Sdk.client(builder, server, key);
    clients.add(client);
    return client;
  }

  /// For the administrator.
  IamClient iam() {
    return iam(Key.ADMIN);
  }

  IamClient iam(Key key) {
    return client(IamClient.builder(), key);
  }

  StsClient sts() {
    return sts(Key.ADMIN);
  }

  StsClient sts(Key key) {
    return client(StsClient.builder(), key);
  }

  /// A name nobody had before, with letters of both cases.
  String name() {
    return "Story-" + UUID.randomUUID();
  }

  String user() {
    return iam().createUser(r -> r.userName(name())).user().userName();
  }

  String group() {
    return iam().createGroup(r -> r.groupName(name())).group().groupName();
  }

  /// A role that trusts its account.
  String role() {
    return iam()
        .createRole(r -> r.roleName(name()).assumeRolePolicyDocument(trust(":root")))
        .role()
        .roleName();
  }

  /// The ARN of a managed policy.
  String policy() {
    return iam().createPolicy(r -> r.policyName(name()).policyDocument(DOCUMENT)).policy().arn();
  }

  Key key(String user) {
    return key(iam().createAccessKey(r -> r.userName(user)).accessKey());
  }

  static Key key(AccessKey made) {
    return new Key(made.accessKeyId(), made.secretAccessKey(), Optional.empty());
  }

  static Key key(Credentials session) {
    return new Key(
        session.accessKeyId(), session.secretAccessKey(), Optional.of(session.sessionToken()));
  }

  /// Gives a user a policy with one statement.
  void allow(String user, String action, String resource) {
    String document =
        """
        {"Version": "2012-10-17", "Statement":
          [{"Effect": "Allow", "Action": "%s", "Resource": "%s"}]}
        """
            .formatted(action, resource);
    iam().putUserPolicy(r -> r.userName(user).policyName(name()).policyDocument(document));
  }

  /// The ARN of something in the account: `user/name`.
  static String arn(String resource) {
    return "arn:aws:iam::" + ACCOUNT + ":" + resource;
  }

  /// A trust policy for `:root` or `:user/name` of the account.
  static String trust(String who) {
    return """
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["sts:AssumeRole", "sts:SetSourceIdentity"],
      "Principal": {"AWS": "arn:aws:iam::%s%s"}}]}
    """
        .formatted(ACCOUNT, who);
  }

  static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  /// A document as its author wrote it: IAM answers it percent-encoded (RFC 3986), without `+`.
  static String decoded(String document) {
    assertThat(document).matches("[A-Za-z0-9._~%-]+");
    return URLDecoder.decode(document, StandardCharsets.UTF_8);
  }

  /// That something was just made, at the broker's time.
  static void assertRecent(Instant date) {
    Instant now = new TestClock().instant();
    assertThat(date).isBetween(now.minus(Duration.ofMinutes(1)), now.plusSeconds(1));
  }

  /// The refusal of a call, typed as the SDK types it, with this code and in these words.
  static void assertRefused(
      Class<? extends AwsServiceException> type, String code, String words, ThrowingCallable call) {
    AwsServiceException refusal = catchThrowableOfType(type, call);
    assertThat(refusal).as("a %s", code).isNotNull();
    assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code);
    assertThat(refusal.awsErrorDetails().errorMessage()).contains(words);
    assertThat(refusal.requestId()).isNotBlank();
  }

  /// That what is named is not there.
  static void assertUnknown(String words, ThrowingCallable... calls) {
    for (ThrowingCallable call : calls) {
      assertRefused(NoSuchEntityException.class, "NoSuchEntity", words, call);
    }
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable client : clients) {
      client.close();
    }
  }
}
