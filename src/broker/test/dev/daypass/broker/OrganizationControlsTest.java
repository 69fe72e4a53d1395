package dev.daypass.broker;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.broker.Wire.Key;
import dev.daypass.broker.Wire.Reply;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What an organization's policies do to calls, and how its management account acts as others.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class OrganizationControlsTest {
  private static final String NO_NEW_USERS =
      "{\"Effect\": \"Deny\", \"Action\": \"iam:CreateUser\", \"Resource\": \"*\"}";
  private static final String AUDIT =
      "arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials";

  @TestHTTPResource URI server;
  private Wire wire;
  private Org org;
  private String root;
  private String account;
  private Key member;

  @BeforeEach
  void begin() {
    wire = new Wire(server.getPort());
    org = new Org(wire);
    root = org.root();
    account = org.account();
    member = org.in(account);
  }

  private Reply createUser(Key key) {
    return wire.iam(key, "CreateUser", "UserName", "u-" + java.util.UUID.randomUUID());
  }

  private void moveTo(String unit) {
    org.ok(
        "MoveAccount", "AccountId", account, "SourceParentId", root, "DestinationParentId", unit);
  }

  @Test
  void a_service_control_policy_denies_from_any_level_above() {
    String top = org.unit(root);
    String below = org.unit(top);
    moveTo(below);
    assertThat(createUser(member).code()).isEqualTo("OK");
    for (String level : new String[] {top, below, account}) {
      String policy = org.policy(Org.SCP, NO_NEW_USERS);
      org.attach(policy, level);

      Reply refused = createUser(member);
      assertThat(refused.code()).isEqualTo("AccessDenied");
      assertThat(refused.message()).contains("explicit deny in a service control policy");
      assertThat(wire.iam(member, "ListUsers").code()).isEqualTo("OK");

      org.detach(policy, level);
      assertThat(createUser(member).code()).isEqualTo("OK");
    }
  }

  @Test
  void every_level_must_allow() {
    String unit = org.unit(root);
    moveTo(unit);
    String lists =
        org.policy(
            Org.SCP, "{\"Effect\": \"Allow\", \"Action\": \"iam:List*\", \"Resource\": \"*\"}");
    org.attach(lists, unit);
    org.detach(Org.FULL, unit);

    assertThat(wire.iam(member, "ListUsers").code()).isEqualTo("OK");
    Reply refused = wire.iam(member, "GetAccountSummary");
    assertThat(refused.message())
        .contains("no service control policy allows the iam:GetAccountSummary action");
    org.ok(
        "UpdatePolicy",
        "PolicyId",
        lists,
        "Content",
        People.document("{\"Effect\": \"Allow\", \"Action\": \"iam:Get*\", \"Resource\": \"*\"}"));
    assertThat(wire.iam(member, "GetAccountSummary").code()).isEqualTo("OK");
    assertThat(wire.iam(member, "ListUsers").code()).isEqualTo("AccessDenied");
  }

  @Test
  void users_of_a_member_are_bound_whatever_they_were_given() {
    Reply user = createUser(member);
    String name = user.text("UserName");
    wire.iam(
        member,
        "AttachUserPolicy",
        "UserName",
        name,
        "PolicyArn",
        "arn:aws:iam::aws:policy/AdministratorAccess");
    Reply made = wire.iam(member, "CreateAccessKey", "UserName", name);
    Key key = new Key(made.text("AccessKeyId"), made.text("SecretAccessKey"), Optional.empty());
    assertThat(createUser(key).code()).isEqualTo("OK");

    org.attach(org.policy(Org.SCP, NO_NEW_USERS), account);

    assertThat(createUser(key).code()).isEqualTo("AccessDenied");
    Reply simulated =
        wire.iam(
            member,
            "SimulatePrincipalPolicy",
            "PolicySourceArn",
            "arn:aws:iam::" + account + ":user/" + name,
            "ActionNames.member.1",
            "iam:CreateUser",
            "ActionNames.member.2",
            "iam:ListUsers");
    assertThat(simulated.texts("EvalDecision")).containsExactly("explicitDeny", "allowed");
    assertThat(simulated.texts("AllowedByOrganizations")).containsExactly("false", "true");
  }

  @Test
  void the_management_account_is_not_bound() {
    String policy = org.policy(Org.SCP, NO_NEW_USERS);
    org.attach(policy, TestServers.ACCOUNT);

    assertThat(createUser(Key.ADMIN).code()).isEqualTo("OK");

    org.detach(policy, TestServers.ACCOUNT);
  }

  @Test
  void an_account_that_leaves_is_bound_no_more() {
    org.attach(org.policy(Org.SCP, NO_NEW_USERS), account);
    assertThat(createUser(member).code()).isEqualTo("AccessDenied");

    org.ok("RemoveAccountFromOrganization", "AccountId", account);

    assertThat(createUser(member).code()).isEqualTo("OK");
  }

  @Test
  void types_of_policies_come_into_force_and_go_in_an_organization_of_its_own() {
    org.ok("RemoveAccountFromOrganization", "AccountId", account);
    org.ok(member, "CreateOrganization");
    String ownRoot = org.ok(member, "ListRoots").text("/Roots/0/Id");
    String made =
        org.ok(member, "CreateAccount", "Email", Org.email(), "AccountName", "below")
            .text("/CreateAccountStatus/AccountId");
    Key below =
        wire.sts(
                member,
                "AssumeRole",
                "RoleArn",
                "arn:aws:iam::" + made + ":role/OrganizationAccountAccessRole",
                "RoleSessionName",
                "s1")
            .credentials();
    String policy =
        org.ok(
                member,
                "CreatePolicy",
                "Name",
                "no-users",
                "Description",
                "",
                "Type",
                Org.SCP,
                "Content",
                People.document(NO_NEW_USERS))
            .text("/Policy/PolicySummary/Id");
    org.ok(member, "EnablePolicyType", "RootId", ownRoot, "PolicyType", Org.SCP);
    org.ok(member, "AttachPolicy", "PolicyId", policy, "TargetId", ownRoot);
    assertThat(createUser(below).code()).isEqualTo("AccessDenied");

    org.ok(member, "DisablePolicyType", "RootId", ownRoot, "PolicyType", Org.SCP);

    assertThat(createUser(below).code()).isEqualTo("OK");
    assertThat(
            org.call(member, "DisablePolicyType", "RootId", ownRoot, "PolicyType", Org.SCP).code())
        .isEqualTo("PolicyTypeNotEnabledException");
    assertThat(org.call(member, "AttachPolicy", "PolicyId", policy, "TargetId", ownRoot).code())
        .isEqualTo("PolicyTypeNotEnabledException");
    org.ok(member, "EnablePolicyType", "RootId", ownRoot, "PolicyType", Org.SCP);
    assertThat(
            org.call(member, "EnablePolicyType", "RootId", ownRoot, "PolicyType", Org.SCP).code())
        .isEqualTo("PolicyTypeAlreadyEnabledException");
    assertThat(createUser(below).code()).isEqualTo("OK");
    assertThat(
            org.ok(member, "ListPoliciesForTarget", "TargetId", made, "Filter", Org.SCP)
                .text("/Policies/0/Id"))
        .isEqualTo(Org.FULL);
    assertThat(org.call(member, "EnablePolicyType", "RootId", root, "PolicyType", Org.RCP).code())
        .isEqualTo("RootNotFoundException");
  }

  private void enableResourceControl() {
    String code = org.admin("EnablePolicyType", "RootId", root, "PolicyType", Org.RCP).code();
    assertThat(code).isIn("OK", "PolicyTypeAlreadyEnabledException");
  }

  @Test
  void a_resource_control_policy_keeps_others_out_of_roles() {
    enableResourceControl();
    assertThat(org.enter(account).code()).isEqualTo("OK");
    String policy =
        org.policy(
            Org.RCP,
            """
            {"Effect": "Deny", "Principal": "*", "Action": "sts:AssumeRole", "Resource": "*",
             "Condition": {"StringNotEquals": {"aws:PrincipalAccount": "%s"}}}"""
                .formatted(account));
    org.attach(policy, account);

    assertThat(org.enter(account).code()).isEqualTo("AccessDenied");
    String unbound = org.account();
    assertThat(org.enter(unbound).code()).isEqualTo("OK");
    org.detach(policy, account);
    assertThat(org.enter(account).code()).isEqualTo("OK");
    assertThat(org.detach("p-RCPFullAWSAccess", account).reason())
        .isEqualTo("NON_DETACHABLE_POLICY");
  }

  @Test
  void conditions_know_organizations_and_paths() {
    enableResourceControl();
    String organization = org.ok("DescribeOrganization").text("/Organization/Id");
    String unit = org.unit(root);
    moveTo(unit);
    String path = organization + "/" + root + "/" + unit + "/";
    String foreigners =
        org.policy(
            Org.RCP,
            """
            {"Effect": "Deny", "Principal": "*", "Action": "sts:*", "Resource": "*",
             "Condition": {"StringNotEquals": {"aws:PrincipalOrgID": "%s"}}}"""
                .formatted(organization));
    org.attach(foreigners, unit);
    assertThat(org.enter(account).code()).isEqualTo("OK");
    String ours =
        org.policy(
            Org.RCP,
            """
            {"Effect": "Deny", "Principal": "*", "Action": "sts:*", "Resource": "*",
             "Condition": {"ForAnyValue:StringLike": {"aws:ResourceOrgPaths": "%s*"},
                           "StringEquals": {"aws:ResourceOrgID": "%s", "aws:ResourceAccount": "%s",
                                            "aws:PrincipalOrgID": "%s"}}}"""
                .formatted(path, organization, account, organization));
    org.attach(ours, unit);
    assertThat(org.enter(account).code()).isEqualTo("AccessDenied");

    String paths =
        org.policy(
            Org.SCP,
            """
            {"Effect": "Deny", "Action": "iam:CreateUser", "Resource": "*",
             "Condition": {"ForAnyValue:StringEquals": {"aws:PrincipalOrgPaths": "%s"}}}"""
                .formatted(path));
    org.attach(paths, root);
    assertThat(createUser(member).code()).isEqualTo("AccessDenied");
    assertThat(createUser(org.in(org.account())).code()).isEqualTo("OK");
    org.detach(paths, root);
  }

  @Test
  void nobody_is_at_home_in_a_closed_account() {
    String name = createUser(member).text("UserName");
    wire.iam(member, "CreateLoginProfile", "UserName", name, "Password", "correct horse 1");
    Reply made = wire.iam(member, "CreateAccessKey", "UserName", name);
    Key key = new Key(made.text("AccessKeyId"), made.text("SecretAccessKey"), Optional.empty());
    assertThat(wire.sts(key, "GetCallerIdentity").code()).isEqualTo("OK");
    String bearer = signIn(name).then().statusCode(200).extract().path("token");
    assertThat(identity(bearer)).isEqualTo(200);

    org.ok("CloseAccount", "AccountId", account);

    assertThat(wire.sts(key, "GetCallerIdentity").code()).isEqualTo("InvalidClientTokenId");
    assertThat(wire.sts(member, "GetCallerIdentity").code()).isEqualTo("InvalidClientTokenId");
    assertThat(org.enter(account).code()).isEqualTo("AccessDenied");
    assertThat(signIn(name).statusCode()).isEqualTo(401);
    assertThat(identity(bearer)).isGreaterThanOrEqualTo(400);
    assertThat(org.ok("DescribeAccount", "AccountId", account).text("/Account/Status"))
        .isEqualTo("SUSPENDED");
    assertThat(org.ok("DescribeAccount", "AccountId", account).text("/Account/State"))
        .isEqualTo("CLOSED");
    assertThat(org.admin("CloseAccount", "AccountId", account).code())
        .isEqualTo("AccountAlreadyClosedException");
    assertThat(org.admin("CloseAccount", "AccountId", TestServers.ACCOUNT).reason())
        .isEqualTo("CANNOT_CLOSE_MANAGEMENT_ACCOUNT");
  }

  private io.restassured.response.Response signIn(String name) {
    return given()
        .contentType("application/json")
        .body(Map.of("account", account, "userName", name, "password", "correct horse 1"))
        .post("/api/sign-in");
  }

  private static int identity(String bearer) {
    return given().header("Authorization", "Bearer " + bearer).get("/api/identity").statusCode();
  }

  private Reply assumeRoot(Key key, String target, String task) {
    return wire.sts(key, "AssumeRoot", "TargetPrincipal", target, "TaskPolicyArn.arn", task);
  }

  @Test
  void the_management_account_acts_as_the_root_of_a_member_for_one_task() {
    wire.iam(Key.ADMIN, "DisableOrganizationsRootCredentialsManagement");
    wire.iam(Key.ADMIN, "DisableOrganizationsRootSessions");
    assertThat(assumeRoot(Key.ADMIN, account, AUDIT).code()).isEqualTo("AccessDenied");
    Reply features = wire.iam(Key.ADMIN, "EnableOrganizationsRootCredentialsManagement");
    assertThat(features.texts("member")).containsExactly("RootCredentialsManagement");

    Reply opened = assumeRoot(Key.ADMIN, "arn:aws:iam::" + account + ":root", AUDIT);

    Key session = opened.credentials();
    Reply who = wire.sts(session, "GetCallerIdentity");
    assertThat(who.text("Arn")).isEqualTo("arn:aws:iam::" + account + ":root");
    assertThat(who.text("UserId")).isEqualTo(account);
    assertThat(wire.iam(session, "GetAccountSummary").code()).isEqualTo("OK");
    assertThat(wire.iam(session, "ListAccessKeys").texts("AccessKeyId")).isEmpty();
    assertThat(wire.iam(session, "ListMFADevices").texts("SerialNumber")).isEmpty();
    assertThat(wire.iam(session, "GetLoginProfile").code()).isEqualTo("NoSuchEntity");
    assertThat(createUser(session).message())
        .contains("because no session policy allows the iam:CreateUser action");
    assertThat(wire.iam(session, "ListAccessKeys", "UserName", "somebody").code())
        .isEqualTo("AccessDenied");
    assertThat(
            wire.sts(
                    session,
                    "AssumeRole",
                    "RoleArn",
                    "arn:aws:iam::" + account + ":role/OrganizationAccountAccessRole",
                    "RoleSessionName",
                    "s1")
                .code())
        .isEqualTo("AccessDenied");
    assertThat(
            assumeRoot(Key.ADMIN, account, "arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy")
                .code())
        .isEqualTo("AccessDenied");
    wire.iam(Key.ADMIN, "EnableOrganizationsRootSessions");
    assertThat(wire.iam(Key.ADMIN, "ListOrganizationsFeatures").texts("member"))
        .containsExactly("RootCredentialsManagement", "RootSessions");
    assertThat(
            assumeRoot(Key.ADMIN, account, "arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy")
                .code())
        .isEqualTo("OK");

    org.attach(
        org.policy(
            Org.SCP,
            "{\"Effect\": \"Deny\", \"Action\": \"iam:GetAccountSummary\", \"Resource\": \"*\"}"),
        account);
    assertThat(wire.iam(session, "GetAccountSummary").message())
        .contains("explicit deny in a service control policy");
  }

  @Test
  void a_root_is_assumed_for_what_aws_has_tasks_for_and_not_for_long() {
    wire.iam(Key.ADMIN, "EnableOrganizationsRootCredentialsManagement");

    assertThat(assumeRoot(Key.ADMIN, account, "arn:aws:iam::aws:policy/AdministratorAccess").code())
        .isEqualTo("ValidationError");
    assertThat(assumeRoot(Key.ADMIN, "arn:aws:iam::" + account + ":user/u", AUDIT).code())
        .isEqualTo("ValidationError");
    assertThat(
            wire.sts(
                    Key.ADMIN,
                    "AssumeRoot",
                    "TargetPrincipal",
                    account,
                    "TaskPolicyArn.arn",
                    AUDIT,
                    "DurationSeconds",
                    "901")
                .code())
        .isEqualTo("ValidationError");
    Reply ended =
        wire.sts(
            Key.ADMIN,
            "AssumeRoot",
            "TargetPrincipal",
            account,
            "TaskPolicyArn.arn",
            AUDIT,
            "DurationSeconds",
            "0");
    assertThat(wire.sts(ended.credentials(), "GetCallerIdentity").code()).isEqualTo("ExpiredToken");
  }

  @Test
  void the_roots_of_others_and_of_oneself_are_out_of_reach() {
    wire.iam(Key.ADMIN, "EnableOrganizationsRootCredentialsManagement");
    String other = org.account();

    assertThat(assumeRoot(member, other, AUDIT).code()).isEqualTo("AccessDenied");
    assertThat(assumeRoot(member, account, AUDIT).code()).isEqualTo("AccessDenied");
    assertThat(assumeRoot(member, TestServers.ACCOUNT, AUDIT).code()).isEqualTo("AccessDenied");
    assertThat(assumeRoot(Key.ADMIN, TestServers.ACCOUNT, AUDIT).code()).isEqualTo("AccessDenied");
    assertThat(assumeRoot(Key.ADMIN, "999999999999", AUDIT).code()).isEqualTo("AccessDenied");
    org.ok("RemoveAccountFromOrganization", "AccountId", other);
    assertThat(assumeRoot(Key.ADMIN, other, AUDIT).code()).isEqualTo("AccessDenied");
    org.ok("CloseAccount", "AccountId", account);
    assertThat(assumeRoot(Key.ADMIN, account, AUDIT).code()).isEqualTo("AccessDenied");
  }

  @Test
  void central_root_access_is_the_management_accounts_alone() {
    assertThat(wire.iam(member, "EnableOrganizationsRootSessions").code())
        .isEqualTo("CallerIsNotManagementAccountException");
    assertThat(wire.iam(member, "EnableOrganizationsRootCredentialsManagement").code())
        .isEqualTo("CallerIsNotManagementAccountException");
    assertThat(wire.iam(member, "DisableOrganizationsRootSessions").code())
        .isEqualTo("AccountNotManagementOrDelegatedAdministratorException");
    assertThat(wire.iam(member, "ListOrganizationsFeatures").code())
        .isEqualTo("AccountNotManagementOrDelegatedAdministratorException");
    org.ok("RemoveAccountFromOrganization", "AccountId", account);
    assertThat(wire.iam(member, "ListOrganizationsFeatures").code())
        .isEqualTo("OrganizationNotFoundException");
  }
}
