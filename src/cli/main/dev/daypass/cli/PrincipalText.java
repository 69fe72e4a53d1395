package dev.daypass.cli;

import dev.daypass.policy.Principal;
import java.util.Map;

/// A principal as people write it: an ARN, the name of a service such as `ec2.amazonaws.com`, or
/// `anonymous`.
final class PrincipalText {
  private static final int FIELDS = 6;

  private PrincipalText() {}

  static Principal parse(String text) {
    if (text.equals("anonymous")) {
      return new Principal.Anonymous();
    }
    if (text.matches("[a-z0-9.-]+\\.amazonaws\\.com")) {
      return new Principal.Service(text);
    }
    String[] fields = text.split(":", FIELDS);
    if (fields.length < FIELDS || !fields[0].equals("arn") || !fields[4].matches("\\d{12}")) {
      throw unknown(text);
    }
    return ofArn(text, fields[4], fields[5]);
  }

  private static Principal ofArn(String arn, String account, String resource) {
    String[] path = resource.split("/");
    String last = path[path.length - 1];
    if (path[0].equals("assumed-role") && path.length != 3) {
      throw unknown(arn);
    }
    return switch (path[0]) {
      case "root" -> new Principal.Root(account);
      case "user" -> new Principal.User(arn, "AIDAEXAMPLEEXAMPLE00", last, account, Map.of());
      case "assumed-role" ->
          new Principal.AssumedRole(
              "arn:aws:iam::%s:role/%s".formatted(account, path[1]),
              "AROAEXAMPLEEXAMPLE00",
              path[1],
              last,
              account,
              Map.of());
      case "role" ->
          new Principal.AssumedRole(
              arn, "AROAEXAMPLEEXAMPLE00", last, "session", account, Map.of());
      case "federated-user" ->
          new Principal.FederatedUser(
              last,
              "arn:aws:iam::%s:user/%s".formatted(account, last),
              "AIDAEXAMPLEEXAMPLE00",
              account,
              Map.of());
      case "oidc-provider", "saml-provider" -> new Principal.Federated(arn);
      default -> throw unknown(arn);
    };
  }

  private static Stop unknown(String text) {
    return new Stop(ExitCode.USAGE, "`" + text + "` is no principal");
  }
}
