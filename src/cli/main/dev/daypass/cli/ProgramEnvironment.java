package dev.daypass.cli;

import dev.daypass.client.Credentials;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The variables by which programs are given credentials, and a broker to use them at.
///
/// @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html">AWS SDKs
///   and Tools settings reference</a>
final class ProgramEnvironment {
  private static final String REGION = "AWS_REGION";
  private static final String USUAL_REGION = "us-east-1";

  /// What would speak against the credentials that are given.
  static final List<String> OTHERS =
      List.of(
          "AWS_PROFILE",
          "AWS_DEFAULT_PROFILE",
          "AWS_SECURITY_TOKEN",
          "AWS_CREDENTIAL_FILE",
          "AWS_WEB_IDENTITY_TOKEN_FILE",
          "AWS_ROLE_ARN",
          "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");

  private static final List<String> OF_CREDENTIALS =
      List.of(
          "AWS_ACCESS_KEY_ID",
          "AWS_SECRET_ACCESS_KEY",
          "AWS_SESSION_TOKEN",
          "AWS_CREDENTIAL_EXPIRATION",
          "AWS_SESSION_EXPIRATION");

  /// All that is ever set here, but for the region.
  static final List<String> OURS =
      java.util.stream.Stream.concat(
              OF_CREDENTIALS.stream(),
              java.util.stream.Stream.of("AWS_ENDPOINT_URL_IAM", "AWS_ENDPOINT_URL_STS"))
          .toList();

  private ProgramEnvironment() {}

  /// With the credentials themselves. The expiration has two names: the AWS CLI's, and that which
  /// prompts show.
  ///
  /// @param now what is set already
  static Map<String, String> of(Credentials credentials, URI server, Map<String, String> now) {
    Map<String, String> variables = at(server, now);
    variables.put("AWS_ACCESS_KEY_ID", credentials.accessKeyId());
    variables.put("AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey().revealText());
    variables.put("AWS_SESSION_TOKEN", credentials.sessionToken().revealText());
    variables.put("AWS_CREDENTIAL_EXPIRATION", credentials.expiration().toString());
    variables.put("AWS_SESSION_EXPIRATION", credentials.expiration().toString());
    return variables;
  }

  /// Without credentials: where they are used. boto3 knows the region by another name than the
  /// rest.
  private static Map<String, String> at(URI server, Map<String, String> now) {
    String region = now.getOrDefault(REGION, now.getOrDefault("AWS_DEFAULT_REGION", USUAL_REGION));
    return new TreeMap<>(
        Map.of(
            "AWS_ENDPOINT_URL_STS",
            server.toString(),
            "AWS_ENDPOINT_URL_IAM",
            server.toString(),
            REGION,
            region,
            "AWS_DEFAULT_REGION",
            region));
  }

  /// With a place to fetch them from, again and again, in place of those that end.
  ///
  /// @param tokenFile what to show there
  static Map<String, String> of(
      URI endpoint, String tokenFile, URI server, Map<String, String> now) {
    Map<String, String> variables = at(server, now);
    variables.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", endpoint.toString());
    variables.put("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", tokenFile);
    return variables;
  }

  /// Takes away what would be used before what is given.
  static void clear(Map<String, String> environment) {
    OTHERS.forEach(environment::remove);
    OF_CREDENTIALS.forEach(environment::remove);
  }
}
