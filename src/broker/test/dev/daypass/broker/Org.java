package dev.daypass.broker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.daypass.broker.Wire.Key;
import dev.daypass.broker.Wire.Reply;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/// Calls to Organizations as AWS's clients make them, and what it takes to have something to ask.
final class Org {
  private static final ObjectMapper JSON = new ObjectMapper();

  static final String FULL = "p-FullAWSAccess";
  static final String SCP = "SERVICE_CONTROL_POLICY";
  static final String RCP = "RESOURCE_CONTROL_POLICY";

  private final Wire wire;

  Org(Wire wire) {
    this.wire = wire;
  }

  /// What came back: `OK`, or the error's name.
  record Told(int status, JsonNode body) {
    String code() {
      return status == 200 ? "OK" : body.get("__type").asText();
    }

    String message() {
      return body.get("Message").asText();
    }

    String reason() {
      return body.path("Reason").asText();
    }

    String text(String pointer) {
      return body.at(pointer).asText();
    }
  }

  /// @param members names and values in turn
  Told call(Key key, String action, Object... members) {
    Map<String, Object> body = new LinkedHashMap<>();
    for (int i = 0; i < members.length; i += 2) {
      body.put((String) members[i], members[i + 1]);
    }
    try {
      return raw(key, action, JSON.writeValueAsString(body));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  Told raw(Key key, String action, String body) {
    return told(wire.send(wire.signedJson(key, action, body)));
  }

  static Told told(Reply reply) {
    try {
      return new Told(reply.status(), JSON.readTree(reply.body()));
    } catch (JsonProcessingException e) {
      throw new AssertionError(reply.body(), e);
    }
  }

  Told admin(String action, Object... members) {
    return call(Key.ADMIN, action, members);
  }

  /// The same, where anything but success is a mistake in the test.
  Told ok(Key key, String action, Object... members) {
    Told told = call(key, action, members);
    if (told.status() != 200) {
      throw new AssertionError(action + ": " + told.body());
    }
    return told;
  }

  Told ok(String action, Object... members) {
    return ok(Key.ADMIN, action, members);
  }

  /// The root of the administrator's organization, where service control policies are in force: all
  /// tests share it.
  String root() {
    String made = admin("CreateOrganization", "FeatureSet", "ALL").code();
    if (!made.equals("OK") && !made.equals("AlreadyInOrganizationException")) {
      throw new AssertionError(made);
    }
    String root = ok("ListRoots").text("/Roots/0/Id");
    admin("EnablePolicyType", "RootId", root, "PolicyType", SCP);
    return root;
  }

  static String email() {
    return UUID.randomUUID() + "@example.com";
  }

  /// A new account in the root.
  String account() {
    return ok("CreateAccount", "Email", email(), "AccountName", "test")
        .text("/CreateAccountStatus/AccountId");
  }

  String unit(String parent) {
    return ok("CreateOrganizationalUnit", "ParentId", parent, "Name", "ou-" + UUID.randomUUID())
        .text("/OrganizationalUnit/Id");
  }

  String policy(String type, String statement) {
    return ok(
            "CreatePolicy",
            "Name",
            "p-" + UUID.randomUUID(),
            "Description",
            "",
            "Type",
            type,
            "Content",
            People.document(statement))
        .text("/Policy/PolicySummary/Id");
  }

  Told attach(String policy, String target) {
    return admin("AttachPolicy", "PolicyId", policy, "TargetId", target);
  }

  Told detach(String policy, String target) {
    return admin("DetachPolicy", "PolicyId", policy, "TargetId", target);
  }

  /// Tries to come into an account by the role that the management account may assume.
  Reply enter(String account) {
    return wire.sts(
        Key.ADMIN,
        "AssumeRole",
        "RoleArn",
        "arn:aws:iam::" + account + ":role/OrganizationAccountAccessRole",
        "RoleSessionName",
        "org-test");
  }

  /// An administrator of the account.
  Key in(String account) {
    Reply reply = enter(account);
    if (reply.status() != 200) {
      throw new AssertionError(reply.body());
    }
    return reply.credentials();
  }
}
