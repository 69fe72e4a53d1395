package dev.daypass.broker;

import dev.daypass.broker.Wire.Key;
import dev.daypass.broker.Wire.Reply;
import java.net.http.HttpRequest;
import java.util.UUID;

/// Providers, roles that trust them, and unsigned calls with tokens.
final class Federated {
  private final Wire wire;
  private final People people;

  Federated(Wire wire) {
    this.wire = wire;
    this.people = new People(wire);
  }

  /// The ARN of the issuer's provider, made where it is not there.
  String provider(String issuer) {
    Reply made =
        wire.iam(
            Key.ADMIN,
            "CreateOpenIDConnectProvider",
            "Url",
            issuer,
            "ClientIDList.member.1",
            "sts.amazonaws.com");
    if (!made.code().equals("EntityAlreadyExists")) {
      People.ok(made);
    }
    return "arn:aws:iam::" + People.ACCOUNT + ":oidc-provider/" + issuer.substring(8);
  }

  /// A role that trusts the issuer's provider where these conditions hold.
  String role(String issuer, String conditions) {
    return role(issuer, conditions, "\"sts:AssumeRoleWithWebIdentity\"");
  }

  String role(String issuer, String conditions, String actions) {
    return people.role(
        """
        {"Effect": "Allow", "Principal": {"Federated": "%s"}, "Action": [%s], "Condition": {%s}}
        """
            .formatted(provider(issuer), actions, conditions));
  }

  Reply assume(String role, String token, String... parameters) {
    StringBuilder body =
        new StringBuilder(
            "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleSessionName=job");
    body.append("&RoleArn=").append(Wire.encode(role));
    body.append("&WebIdentityToken=").append(Wire.encode(token));
    for (int i = 0; i < parameters.length; i += 2) {
      body.append('&').append(parameters[i]).append('=').append(Wire.encode(parameters[i + 1]));
    }
    return wire.send(
        HttpRequest.newBuilder(wire.server())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("User-Agent", "job/" + UUID.randomUUID())
            .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
  }
}
