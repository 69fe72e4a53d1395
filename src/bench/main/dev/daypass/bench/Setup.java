package dev.daypass.bench;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Who calls in the measurements: a user and the role that trusts it.
final class Setup {
  static final String KEY_ID = "AKIABENCHEXAMPLE0001";
  static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
  static final String ACCOUNT = "111122223333";

  static final String REGION = "us-east-1";

  /// A service behind a proxy.
  static final String HOST = "orders.example.com";

  static final String INVOKE = "execute-api:Invoke";
  static final String RESOURCE =
      "arn:aws:execute-api:%s:%s:orders/live/GET".formatted(REGION, ACCOUNT);

  /// A user's key, and a role it may assume.
  record Caller(String keyId, String secret, String arn, String roleArn) {}

  private Setup() {}

  static Caller prepare(Load load, int port) throws Exception {
    iam(load, port, "Action=CreateUser&UserName=alice");
    String key = iam(load, port, "Action=CreateAccessKey&UserName=alice");
    String policy =
        """
        {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "%s",
         "Resource": "%s/orders/*"}}
        """
            .formatted(INVOKE, RESOURCE);
    iam(
        load,
        port,
        "Action=PutUserPolicy&UserName=alice&PolicyName=orders&PolicyDocument="
            + Signing.encode(policy));
    String trust =
        """
        {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sts:AssumeRole",
         "Principal": {"AWS": "arn:aws:iam::%s:user/alice"}}}
        """
            .formatted(ACCOUNT);
    String role =
        iam(
            load,
            port,
            "Action=CreateRole&RoleName=bench&AssumeRolePolicyDocument=" + Signing.encode(trust));
    return new Caller(
        text(key, "AccessKeyId"),
        text(key, "SecretAccessKey"),
        "arn:aws:iam::%s:user/alice".formatted(ACCOUNT),
        text(role, "Arn"));
  }

  private static String iam(Load load, int port, String body) throws Exception {
    return load.send(
            port, new Signing(port).sign(KEY_ID, SECRET, "iam", body + "&Version=2010-05-08"))
        .toCompletionStage()
        .toCompletableFuture()
        .get();
  }

  /// The text of the first element of this name.
  static String text(String xml, String element) {
    Matcher matcher = Pattern.compile("<" + element + ">([^<]*)<").matcher(xml);
    if (!matcher.find()) {
      throw new IllegalStateException("no " + element + " in " + xml);
    }
    return matcher.group(1);
  }
}
