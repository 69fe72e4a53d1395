package dev.daypass.broker;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.broker.Org.Told;
import dev.daypass.broker.People.Person;
import dev.daypass.broker.Wire.Key;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whoever is not meant to, and many at once.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class OrganizationAttacksTest {
  @TestHTTPResource URI server;
  private Wire wire;
  private Org org;
  private String root;

  @BeforeEach
  void begin() {
    wire = new Wire(server.getPort());
    org = new Org(wire);
    root = org.root();
  }

  /// A value for every member that any action requires.
  private String everything(String account, String unit, String policy) {
    return """
    {"AccountId": "%1$s", "Email": "%4$s", "AccountName": "a", "SourceParentId": "%5$s",
     "DestinationParentId": "%2$s", "ParentId": "%2$s", "ChildId": "%1$s", "ChildType": "ACCOUNT",
     "OrganizationalUnitId": "%2$s", "Name": "n", "PolicyId": "%3$s", "TargetId": "%1$s",
     "Filter": "SERVICE_CONTROL_POLICY", "Type": "SERVICE_CONTROL_POLICY", "Description": "d",
     "Content": "{}", "RootId": "%5$s", "PolicyType": "SERVICE_CONTROL_POLICY",
     "ResourceId": "%1$s", "Tags": [{"Key": "k", "Value": "v"}], "TagKeys": ["k"],
     "CreateAccountRequestId": "car-00000000000000000000000000000000"}"""
        .formatted(account, unit, policy, Org.email(), root);
  }

  private static List<String> actions() {
    return given()
        .get("/.well-known/daypass-capabilities")
        .then()
        .extract()
        .path("services.organizations.actions");
  }

  @Test
  void the_administrator_of_a_member_does_nothing_to_the_organization() {
    String account = org.account();
    Key member = org.in(account);
    String unit = org.unit(root);
    String policy =
        org.policy(Org.SCP, "{\"Effect\": \"Deny\", \"Action\": \"s3:*\", \"Resource\": \"*\"}");

    assertThat(actions()).hasSizeGreaterThan(30);
    for (String action : actions()) {
      Told told = org.raw(member, action, everything(account, unit, policy));
      String expected =
          switch (action) {
            case "DescribeOrganization" -> "OK";
            case "CreateOrganization" -> "AlreadyInOrganizationException";
            default -> "AccessDeniedException";
          };
      assertThat(told.code()).as(action).isEqualTo(expected);
    }
  }

  @Test
  void one_who_may_nothing_and_one_who_is_nobody() {
    Key nobody = new People(wire).user().key();
    String account = org.account();
    String unit = org.unit(root);

    for (String action : actions()) {
      String body = everything(account, unit, Org.FULL);
      assertThat(org.raw(nobody, action, body).code())
          .as(action)
          .isEqualTo("AccessDeniedException");
      assertThat(
              org.raw(
                      new Key("AKIAQNOBODYNOBODYAAA", "x", java.util.Optional.empty()),
                      action,
                      body)
                  .code())
          .as(action)
          .isEqualTo("UnrecognizedClientException");
    }
  }

  @Test
  void what_another_organization_has_is_not_there() {
    String theirs = org.account();
    Key manager = org.in(theirs);
    org.ok("RemoveAccountFromOrganization", "AccountId", theirs);
    org.ok(manager, "CreateOrganization");
    String ownRoot = org.ok(manager, "ListRoots").text("/Roots/0/Id");
    org.ok(manager, "EnablePolicyType", "RootId", ownRoot, "PolicyType", Org.SCP);
    String account = org.account();
    String unit = org.unit(root);
    String policy =
        org.policy(Org.SCP, "{\"Effect\": \"Deny\", \"Action\": \"s3:*\", \"Resource\": \"*\"}");

    assertThat(org.call(manager, "DescribeAccount", "AccountId", account).code())
        .isEqualTo("AccountNotFoundException");
    assertThat(org.call(manager, "CloseAccount", "AccountId", account).code())
        .isEqualTo("AccountNotFoundException");
    assertThat(org.call(manager, "RemoveAccountFromOrganization", "AccountId", account).code())
        .isEqualTo("AccountNotFoundException");
    assertThat(
            org.call(
                    manager,
                    "MoveAccount",
                    "AccountId",
                    theirs,
                    "SourceParentId",
                    ownRoot,
                    "DestinationParentId",
                    unit)
                .code())
        .isEqualTo("DestinationParentNotFoundException");
    assertThat(org.call(manager, "DescribePolicy", "PolicyId", policy).code())
        .isEqualTo("PolicyNotFoundException");
    assertThat(org.call(manager, "AttachPolicy", "PolicyId", policy, "TargetId", ownRoot).code())
        .isEqualTo("PolicyNotFoundException");
    assertThat(org.call(manager, "AttachPolicy", "PolicyId", Org.FULL, "TargetId", unit).code())
        .isEqualTo("TargetNotFoundException");
    assertThat(org.call(manager, "DetachPolicy", "PolicyId", Org.FULL, "TargetId", account).code())
        .isEqualTo("TargetNotFoundException");
    assertThat(org.call(manager, "CreateOrganizationalUnit", "ParentId", unit, "Name", "n").code())
        .isEqualTo("ParentNotFoundException");
    assertThat(
            org.call(
                    manager,
                    "TagResource",
                    "ResourceId",
                    unit,
                    "Tags",
                    List.of(Map.of("Key", "k", "Value", "v")))
                .code())
        .isEqualTo("TargetNotFoundException");
    assertThat(
            org.ok(manager, "ListTargetsForPolicy", "PolicyId", Org.FULL)
                .body()
                .findValuesAsText("TargetId"))
        .containsExactlyInAnyOrder(theirs, ownRoot);
  }

  @Test
  void the_tags_of_another_organization_cannot_be_guessed() {
    String unit = org.unit(root);
    org.ok(
        "TagResource",
        "ResourceId",
        unit,
        "Tags",
        List.of(Map.of("Key", "secret", "Value", "plan")));
    String account = org.account();
    Key manager = org.in(account);
    org.ok("RemoveAccountFromOrganization", "AccountId", account);
    org.ok(manager, "CreateOrganization");
    String guess =
        """
        {"Effect": "Deny", "Action": "organizations:*", "Resource": "*",
         "Condition": {"StringEquals": {"aws:ResourceTag/secret": "plan"}}}""";
    People.ok(
        wire.iam(
            manager,
            "PutRolePolicy",
            "RoleName",
            "OrganizationAccountAccessRole",
            "PolicyName",
            "guess",
            "PolicyDocument",
            People.document(guess)));

    assertThat(org.call(manager, "DescribeOrganizationalUnit", "OrganizationalUnitId", unit).code())
        .isEqualTo("OrganizationalUnitNotFoundException");
  }

  @Test
  void each_thing_that_a_call_touches_must_be_allowed() {
    People people = new People(wire);
    Person person = people.user();
    String allowed = org.unit(root);
    String other = org.unit(root);
    String policy =
        org.policy(Org.SCP, "{\"Effect\": \"Deny\", \"Action\": \"s3:*\", \"Resource\": \"*\"}");
    people.allow(
        person,
        """
        {"Effect": "Allow", "Action": "organizations:AttachPolicy",
         "Resource": ["arn:aws:organizations::*:policy/*", "arn:aws:organizations::*:ou/*/%s"],
         "Condition": {"StringEquals": {"organizations:PolicyType": "SERVICE_CONTROL_POLICY"}}}"""
            .formatted(allowed));

    assertThat(org.call(person.key(), "AttachPolicy", "PolicyId", policy, "TargetId", other).code())
        .isEqualTo("AccessDeniedException");
    assertThat(
            org.call(person.key(), "AttachPolicy", "PolicyId", policy, "TargetId", allowed).code())
        .isEqualTo("OK");
  }

  private static List<String> atOnce(int times, IntFunction<Told> call) {
    List<Callable<String>> calls = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      int number = i;
      calls.add(
          () -> {
            Told told = call.apply(number);
            return told.reason().isEmpty() ? told.code() : told.reason();
          });
    }
    List<String> codes = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(times)) {
      for (Future<String> done : threads.invokeAll(calls)) {
        codes.add(done.get());
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
    return codes;
  }

  private static void assertWon(List<String> codes, int winners, String others) {
    assertThat(Collections.frequency(codes, "OK")).as("%s", codes).isEqualTo(winners);
    assertThat(Collections.frequency(codes, others))
        .as("%s", codes)
        .isEqualTo(codes.size() - winners);
  }

  @Test
  void one_name_is_given_to_one_unit() {
    String parent = org.unit(root);

    assertWon(
        atOnce(
            8, _ -> org.admin("CreateOrganizationalUnit", "ParentId", parent, "Name", "the one")),
        1,
        "DuplicateOrganizationalUnitException");
  }

  @Test
  void one_address_is_given_to_one_account() {
    String email = Org.email();

    List<String> states = Collections.synchronizedList(new ArrayList<>());
    atOnce(
        6,
        _ -> {
          Told told = org.admin("CreateAccount", "Email", email, "AccountName", "a");
          states.add(told.text("/CreateAccountStatus/State"));
          return told;
        });

    assertThat(Collections.frequency(states, "SUCCEEDED")).as("%s", states).isOne();
    assertThat(Collections.frequency(states, "FAILED")).isEqualTo(5);
  }

  @Test
  void five_policies_are_attached_and_no_sixth_and_the_last_stays() {
    String unit = org.unit(root);
    List<String> policies = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      policies.add(
          org.policy(Org.SCP, "{\"Effect\": \"Deny\", \"Action\": \"s3:*\", \"Resource\": \"*\"}"));
    }

    assertWon(
        atOnce(8, i -> org.attach(policies.get(i), unit)),
        4,
        "MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED");
    List<String> attached =
        org.ok("ListPoliciesForTarget", "TargetId", unit, "Filter", Org.SCP)
            .body()
            .findValuesAsText("Id");
    assertWon(
        atOnce(5, i -> org.detach(attached.get(i), unit)),
        4,
        "MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED");
  }

  @Test
  void a_unit_is_not_deleted_while_an_account_moves_in() {
    for (int round = 0; round < 5; round++) {
      String account = org.account();
      String unit = org.unit(root);

      List<String> codes =
          atOnce(
              2,
              i ->
                  i == 0
                      ? org.admin("DeleteOrganizationalUnit", "OrganizationalUnitId", unit)
                      : org.admin(
                          "MoveAccount",
                          "AccountId",
                          account,
                          "SourceParentId",
                          root,
                          "DestinationParentId",
                          unit));

      assertThat(codes)
          .isIn(
              List.of("OK", "DestinationParentNotFoundException"),
              List.of("OrganizationalUnitNotEmptyException", "OK"));
    }
  }
}
