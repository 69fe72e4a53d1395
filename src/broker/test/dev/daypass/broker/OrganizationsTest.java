package dev.daypass.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.broker.Org.Told;
import dev.daypass.broker.Wire.Key;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Organizations, accounts, organizational units and policies, as AWS documents them.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class OrganizationsTest {
  private static final String DENY =
      "{\"Effect\": \"Deny\", \"Action\": \"s3:*\", \"Resource\": \"*\"}";

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

  @Test
  void an_account_that_has_left_has_an_organization_of_its_own() {
    String account = org.account();
    Key admin = org.in(account);
    org.ok("RemoveAccountFromOrganization", "AccountId", account);

    assertThat(org.call(admin, "DescribeOrganization").code())
        .isEqualTo("AWSOrganizationsNotInUseException");
    assertThat(org.call(admin, "ListRoots").code()).isEqualTo("AWSOrganizationsNotInUseException");
    assertThat(org.call(admin, "CreateOrganization", "FeatureSet", "CONSOLIDATED_BILLING").code())
        .isEqualTo("InvalidInputException");
    Told made = org.ok(admin, "CreateOrganization");
    assertThat(made.text("/Organization/Id")).matches("o-[a-z0-9]{10}");
    assertThat(made.text("/Organization/Arn"))
        .isEqualTo(
            "arn:aws:organizations::%s:organization/%s"
                .formatted(account, made.text("/Organization/Id")));
    assertThat(made.text("/Organization/MasterAccountArn"))
        .isEqualTo(
            "arn:aws:organizations::%1$s:account/%2$s/%1$s"
                .formatted(account, made.text("/Organization/Id")));
    assertThat(made.text("/Organization/FeatureSet")).isEqualTo("ALL");
    assertThat(org.call(admin, "CreateOrganization").code())
        .isEqualTo("AlreadyInOrganizationException");
    Told roots = org.ok(admin, "ListRoots");
    assertThat(roots.text("/Roots/0/Id")).matches("r-[a-z0-9]{4}").isNotEqualTo(root);
    assertThat(roots.body().at("/Roots/0/PolicyTypes")).isEmpty();
    assertThat(
            org.ok(
                    admin,
                    "EnablePolicyType",
                    "RootId",
                    roots.text("/Roots/0/Id"),
                    "PolicyType",
                    Org.SCP)
                .text("/Root/PolicyTypes/0/Type"))
        .isEqualTo(Org.SCP);
    String unit =
        org.ok(
                admin,
                "CreateOrganizationalUnit",
                "ParentId",
                roots.text("/Roots/0/Id"),
                "Name",
                "one")
            .text("/OrganizationalUnit/Id");
    org.ok(
        admin,
        "CreateOrganizationalUnit",
        "ParentId",
        unit,
        "Name",
        "two",
        "Tags",
        List.of(Map.of("Key", "k", "Value", "v")));
    org.ok(admin, "DeleteOrganization");
    assertThat(org.call(admin, "DescribeOrganization").code())
        .isEqualTo("AWSOrganizationsNotInUseException");
  }

  @Test
  void an_organization_with_accounts_cannot_be_deleted() {
    org.account();

    assertThat(org.admin("DeleteOrganization").code()).isEqualTo("OrganizationNotEmptyException");
    assertThat(org.admin("RemoveAccountFromOrganization", "AccountId", TestServers.ACCOUNT).code())
        .isEqualTo("MasterCannotLeaveOrganizationException");
  }

  @Test
  void an_account_is_made_with_one_way_into_it() {
    String email = Org.email();
    Told made =
        org.ok(
            "CreateAccount",
            "Email",
            email,
            "AccountName",
            "Team One",
            "RoleName",
            "way-in",
            "IamUserAccessToBilling",
            "ALLOW",
            "Tags",
            List.of(Map.of("Key", "team", "Value", "one")));
    String status = made.text("/CreateAccountStatus/Id");
    String account = made.text("/CreateAccountStatus/AccountId");

    assertThat(status).matches("car-[a-z0-9]{32}");
    assertThat(made.text("/CreateAccountStatus/State")).isEqualTo("SUCCEEDED");
    assertThat(made.body().at("/CreateAccountStatus/RequestedTimestamp").isNumber()).isTrue();
    assertThat(
            org.ok("DescribeCreateAccountStatus", "CreateAccountRequestId", status)
                .text("/CreateAccountStatus/AccountId"))
        .isEqualTo(account);
    Told described = org.ok("DescribeAccount", "AccountId", account);
    assertThat(described.text("/Account/Email")).isEqualTo(email);
    assertThat(described.text("/Account/Name")).isEqualTo("Team One");
    assertThat(described.text("/Account/Status")).isEqualTo("ACTIVE");
    assertThat(described.text("/Account/JoinedMethod")).isEqualTo("CREATED");
    assertThat(described.text("/Account/Paths/0")).endsWith("/" + root + "/" + account + "/");
    assertThat(org.ok("ListTagsForResource", "ResourceId", account).text("/Tags/0/Value"))
        .isEqualTo("one");
    assertThat(org.ok("ListParents", "ChildId", account).text("/Parents/0/Id")).isEqualTo(root);
    var entered =
        wire.sts(
            Key.ADMIN,
            "AssumeRole",
            "RoleArn",
            "arn:aws:iam::" + account + ":role/way-in",
            "RoleSessionName",
            "s1");
    assertThat(wire.sts(entered.credentials(), "GetCallerIdentity").text("Account"))
        .isEqualTo(account);
    assertThat(wire.iam(entered.credentials(), "ListUsers").code()).isEqualTo("OK");
  }

  @Test
  void the_address_of_an_account_is_its_own() {
    String email = Org.email();
    org.ok("CreateAccount", "Email", email, "AccountName", "first");

    Told second =
        org.ok(
            "CreateAccount",
            "Email",
            email.toUpperCase(java.util.Locale.ROOT),
            "AccountName",
            "second");

    assertThat(second.text("/CreateAccountStatus/State")).isEqualTo("FAILED");
    assertThat(second.text("/CreateAccountStatus/FailureReason")).isEqualTo("EMAIL_ALREADY_EXISTS");
    assertThat(second.body().at("/CreateAccountStatus/AccountId").isMissingNode()).isTrue();
    assertThat(
            org.ok("ListCreateAccountStatus", "States", List.of("FAILED"))
                .body()
                .findValuesAsText("Id"))
        .contains(second.text("/CreateAccountStatus/Id"));
  }

  @Test
  void what_is_wrong_with_a_request_is_told_at_once() {
    Told refused = org.admin("CreateAccount", "Email", "nobody", "RoleName", "a b");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.code()).isEqualTo("InvalidInputException");
    assertThat(refused.message())
        .startsWith("3 validation errors detected")
        .contains("'accountName'")
        .contains("'email'")
        .contains("'roleName'");
    assertThat(
            org.admin(
                    "CreateAccount",
                    "Email",
                    Org.email(),
                    "AccountName",
                    "a",
                    "RoleName",
                    "AWSServiceRoleForMe")
                .reason())
        .isEqualTo("INVALID_ROLE_NAME");
  }

  @Test
  void all_accounts_are_listed_page_by_page() {
    org.account();
    org.account();

    Told first = org.ok("ListAccounts", "MaxResults", 1);
    Told second = org.ok("ListAccounts", "MaxResults", 1, "NextToken", first.text("/NextToken"));

    assertThat(first.body().get("Accounts")).hasSize(1);
    assertThat(second.text("/Accounts/0/Id")).isGreaterThan(first.text("/Accounts/0/Id"));
    assertThat(org.admin("ListAccounts", "NextToken", "%%").reason())
        .isEqualTo("INVALID_PAGINATION_TOKEN");
    assertThat(org.admin("ListAccounts", "MaxResults", 21).code())
        .isEqualTo("InvalidInputException");
  }

  @Test
  void units_are_five_deep_and_no_sixth() {
    String parent = root;
    for (int depth = 1; depth <= 5; depth++) {
      parent = org.unit(parent);
    }

    Told sixth = org.admin("CreateOrganizationalUnit", "ParentId", parent, "Name", "sixth");

    assertThat(sixth.code()).isEqualTo("ConstraintViolationException");
    assertThat(sixth.reason()).isEqualTo("OU_DEPTH_LIMIT_EXCEEDED");
    assertThat(
            org.ok("DescribeOrganizationalUnit", "OrganizationalUnitId", parent)
                .text("/OrganizationalUnit/Path")
                .split("/"))
        .hasSize(7);
  }

  @Test
  void a_unit_has_a_name_of_its_own_and_goes_when_it_is_empty() {
    String unit = org.unit(root);
    String child = org.unit(unit);
    String name = "n-" + UUID.randomUUID();
    org.ok("UpdateOrganizationalUnit", "OrganizationalUnitId", unit, "Name", name);

    assertThat(unit).startsWith("ou-" + root.substring(2) + "-");
    assertThat(org.admin("CreateOrganizationalUnit", "ParentId", root, "Name", name).code())
        .isEqualTo("DuplicateOrganizationalUnitException");
    assertThat(org.admin("CreateOrganizationalUnit", "ParentId", child, "Name", name).code())
        .isEqualTo("OK");
    assertThat(org.admin("DeleteOrganizationalUnit", "OrganizationalUnitId", unit).code())
        .isEqualTo("OrganizationalUnitNotEmptyException");
    assertThat(
            org.ok("ListChildren", "ParentId", unit, "ChildType", "ORGANIZATIONAL_UNIT")
                .text("/Children/0/Id"))
        .isEqualTo(child);
    assertThat(
            org.ok("ListOrganizationalUnitsForParent", "ParentId", unit)
                .text("/OrganizationalUnits/0/Id"))
        .isEqualTo(child);
    String last = org.unit(root);
    org.ok("DeleteOrganizationalUnit", "OrganizationalUnitId", last);
    assertThat(org.admin("DescribeOrganizationalUnit", "OrganizationalUnitId", last).code())
        .isEqualTo("OrganizationalUnitNotFoundException");
  }

  @Test
  void an_account_moves_from_where_it_is() {
    String account = org.account();
    String unit = org.unit(root);
    String other = org.unit(root);

    assertThat(move(account, unit, other).code()).isEqualTo("SourceParentNotFoundException");
    assertThat(move(account, root, root).code()).isEqualTo("DuplicateAccountException");
    assertThat(move(account, root, "ou-none-00000000").code())
        .isEqualTo("DestinationParentNotFoundException");
    assertThat(move("999999999999", root, unit).code()).isEqualTo("AccountNotFoundException");
    assertThat(move(account, root, unit).code()).isEqualTo("OK");
    assertThat(org.ok("ListAccountsForParent", "ParentId", unit).text("/Accounts/0/Id"))
        .isEqualTo(account);
    assertThat(org.ok("ListParents", "ChildId", account).text("/Parents/0/Type"))
        .isEqualTo("ORGANIZATIONAL_UNIT");
    assertThat(org.admin("ListParents", "ChildId", "999999999999").code())
        .isEqualTo("ChildNotFoundException");
  }

  private Told move(String account, String from, String to) {
    return org.admin(
        "MoveAccount", "AccountId", account, "SourceParentId", from, "DestinationParentId", to);
  }

  @Test
  void policies_come_change_and_go() {
    String name = "p-" + UUID.randomUUID();
    Told made =
        org.ok(
            "CreatePolicy",
            "Name",
            name,
            "Description",
            "no buckets",
            "Type",
            Org.SCP,
            "Content",
            People.document(DENY));
    String id = made.text("/Policy/PolicySummary/Id");

    assertThat(made.text("/Policy/PolicySummary/Arn"))
        .matches(
            "arn:aws:organizations::111122223333:policy/o-[a-z0-9]{10}/service_control_policy/"
                + id);
    assertThat(made.body().at("/Policy/PolicySummary/AwsManaged").asBoolean(true)).isFalse();
    assertThat(
            org.admin(
                    "CreatePolicy",
                    "Name",
                    name,
                    "Description",
                    "",
                    "Type",
                    Org.SCP,
                    "Content",
                    People.document(DENY))
                .code())
        .isEqualTo("DuplicatePolicyException");
    org.ok("UpdatePolicy", "PolicyId", id, "Description", "other");
    Told described = org.ok("DescribePolicy", "PolicyId", id);
    assertThat(described.text("/Policy/PolicySummary/Description")).isEqualTo("other");
    assertThat(described.text("/Policy/Content")).isEqualTo(People.document(DENY));
    assertThat(org.ok("ListPolicies", "Filter", Org.SCP).body().findValuesAsText("Id"))
        .contains(Org.FULL);
    String unit = org.unit(root);
    assertThat(org.attach(id, unit).code()).isEqualTo("OK");
    Told target = org.ok("ListTargetsForPolicy", "PolicyId", id);
    assertThat(target.text("/Targets/0/TargetId")).isEqualTo(unit);
    assertThat(target.text("/Targets/0/Type")).isEqualTo("ORGANIZATIONAL_UNIT");
    assertThat(org.admin("DeletePolicy", "PolicyId", id).code()).isEqualTo("PolicyInUseException");
    assertThat(org.detach(id, unit).code()).isEqualTo("OK");
    assertThat(org.admin("DeletePolicy", "PolicyId", id).code()).isEqualTo("OK");
    assertThat(org.admin("DescribePolicy", "PolicyId", id).code())
        .isEqualTo("PolicyNotFoundException");
  }

  @Test
  void the_policies_of_aws_stay_as_they_are() {
    assertThat(org.admin("DeletePolicy", "PolicyId", Org.FULL).reason())
        .isEqualTo("IMMUTABLE_POLICY");
    assertThat(org.admin("UpdatePolicy", "PolicyId", Org.FULL, "Name", "mine").reason())
        .isEqualTo("IMMUTABLE_POLICY");
    assertThat(
            org.admin(
                    "TagResource",
                    "ResourceId",
                    Org.FULL,
                    "Tags",
                    List.of(Map.of("Key", "k", "Value", "v")))
                .reason())
        .isEqualTo("IMMUTABLE_POLICY");
    assertThat(org.ok("DescribePolicy", "PolicyId", Org.FULL).text("/Policy/PolicySummary/Arn"))
        .isEqualTo("arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"Version\": \"2012-10-17\"}",
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]}",
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"s3:*\",\"Resource\":\"*\",\"Condition\":{\"Dance\":{\"a\":\"b\"}}}]}"
      })
  void what_cannot_be_evaluated_cannot_be_saved(String content) {
    assertThat(
            org.admin(
                    "CreatePolicy",
                    "Name",
                    "p-" + UUID.randomUUID(),
                    "Description",
                    "",
                    "Type",
                    Org.SCP,
                    "Content",
                    content)
                .code())
        .isEqualTo("MalformedPolicyDocumentException");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"sts:*\",\"Resource\":\"*\"}",
        "{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\"}",
        "{\"Effect\":\"Deny\",\"Principal\":\"*\",\"NotAction\":\"sts:*\",\"Resource\":\"*\"}",
        "{\"Effect\":\"Deny\",\"Action\":\"sts:*\",\"Resource\":\"*\"}"
      })
  void a_resource_control_policy_denies_everybody_something(String statement) {
    assertThat(
            org.admin(
                    "CreatePolicy",
                    "Name",
                    "p-" + UUID.randomUUID(),
                    "Description",
                    "",
                    "Type",
                    Org.RCP,
                    "Content",
                    People.document(statement))
                .code())
        .isEqualTo("MalformedPolicyDocumentException");
  }

  @Test
  void a_policy_has_5120_characters_at_most_and_is_of_a_type_that_there_is() {
    String long_ = People.document(DENY) + " ".repeat(5121);

    assertThat(
            org.admin(
                    "CreatePolicy",
                    "Name",
                    "long",
                    "Description",
                    "",
                    "Type",
                    Org.SCP,
                    "Content",
                    long_)
                .reason())
        .isEqualTo("POLICY_CONTENT_LIMIT_EXCEEDED");
    assertThat(
            org.admin(
                    "CreatePolicy",
                    "Name",
                    "tags",
                    "Description",
                    "",
                    "Type",
                    "TAG_POLICY",
                    "Content",
                    "{}")
                .code())
        .isEqualTo("PolicyTypeNotAvailableForOrganizationException");
  }

  @Test
  void a_target_has_one_to_five_policies() {
    String unit = org.unit(root);
    for (int i = 2; i <= 5; i++) {
      assertThat(org.attach(org.policy(Org.SCP, DENY), unit).code()).isEqualTo("OK");
    }

    assertThat(org.attach(Org.FULL, unit).code()).isEqualTo("DuplicatePolicyAttachmentException");
    assertThat(org.attach(org.policy(Org.SCP, DENY), unit).reason())
        .isEqualTo("MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED");
    Told attached = org.ok("ListPoliciesForTarget", "TargetId", unit, "Filter", Org.SCP);
    assertThat(attached.body().get("Policies")).hasSize(5);
    for (String id : attached.body().findValuesAsText("Id").subList(1, 5)) {
      assertThat(org.detach(id, unit).code()).isEqualTo("OK");
    }
    String last = attached.text("/Policies/0/Id");
    Told refused = org.detach(last, unit);
    assertThat(refused.code()).isEqualTo("ConstraintViolationException");
    assertThat(refused.reason()).isEqualTo("MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED");
    assertThat(org.detach(attached.text("/Policies/1/Id"), unit).code())
        .isEqualTo("PolicyNotAttachedException");
    assertThat(org.attach("p-notthere1", unit).code()).isEqualTo("PolicyNotFoundException");
    assertThat(org.attach(Org.FULL, "999999999999").code()).isEqualTo("TargetNotFoundException");
  }

  @Test
  void tags_come_and_go() {
    String unit = org.unit(root);

    org.ok(
        "TagResource",
        "ResourceId",
        unit,
        "Tags",
        List.of(Map.of("Key", "a", "Value", "1"), Map.of("Key", "b", "Value", "2")));
    org.ok("UntagResource", "ResourceId", unit, "TagKeys", List.of("a"));

    assertThat(org.ok("ListTagsForResource", "ResourceId", unit).body().findValuesAsText("Key"))
        .containsExactly("b");
    assertThat(
            org.admin(
                    "TagResource",
                    "ResourceId",
                    "999999999999",
                    "Tags",
                    List.of(Map.of("Key", "a", "Value", "1")))
                .code())
        .isEqualTo("TargetNotFoundException");
  }

  @Test
  void nobody_else_is_let_in() {
    assertThat(org.ok("ListAWSServiceAccessForOrganization").body().get("EnabledServicePrincipals"))
        .isEmpty();
    assertThat(org.ok("ListDelegatedAdministrators").body().get("DelegatedAdministrators"))
        .isEmpty();
  }

  @Test
  void a_call_that_is_no_call() {
    assertThat(org.admin("Dance").code()).isEqualTo("UnknownOperationException");
    assertThat(org.raw(Key.ADMIN, "ListRoots", "[]").code()).isEqualTo("SerializationException");
    assertThat(org.raw(Key.ADMIN, "ListRoots", "{\"MaxResults\": \"7\"}").code())
        .isEqualTo("SerializationException");
    assertThat(
            Org.told(
                    wire.send(
                        HttpRequest.newBuilder(wire.server())
                            .header("X-Amz-Target", "AWSOrganizationsV20161128.ListRoots")
                            .POST(HttpRequest.BodyPublishers.ofString("{}"))))
                .code())
        .isEqualTo("MissingAuthenticationTokenException");
    var reply = wire.send(wire.signedJson(Key.ADMIN, "ListRoots", "{}"));
    assertThat(reply.raw().headers().firstValue("content-type"))
        .contains("application/x-amz-json-1.1");
    assertThat(reply.raw().headers().firstValue("x-amzn-RequestId")).isPresent();
  }

  @Test
  void the_action_is_signed_like_everything_else() {
    var request =
        wire.signedJson(Key.ADMIN, "DescribeOrganization", "{}")
            .setHeader("X-Amz-Target", "AWSOrganizationsV20161128.DeleteOrganization");
    assertThat(Org.told(wire.send(request)).code()).isEqualTo("InvalidSignatureException");

    var form = wire.signed(Key.ADMIN, "organizations", "{}");
    form.header("X-Amz-Target", "AWSOrganizationsV20161128.DescribeOrganization");
    Told unsigned = Org.told(wire.send(form));
    assertThat(unsigned.code()).isEqualTo("InvalidSignatureException");
    assertThat(unsigned.message()).contains("x-amz-target");
  }
}
