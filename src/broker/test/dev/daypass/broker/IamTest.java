package dev.daypass.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.broker.People.Person;
import dev.daypass.broker.Wire.Key;
import dev.daypass.broker.Wire.Reply;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.MalformedPolicyDocumentException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.PolicyScopeType;
import software.amazon.awssdk.services.iam.model.User;

/// IAM's rules, limits and errors, through AWS's own SDK and over the bare wire.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class IamTest {
  private static final String ALLOW_ALL =
      People.document("{\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}");

  @TestHTTPResource URI server;
  private Wire wire;
  private People people;
  private IamClient iam;

  @BeforeEach
  void begin() {
    wire = new Wire(server.getPort());
    people = new People(wire);
    iam = Sdk.iam(wire.server());
  }

  private static String unique(String prefix) {
    return prefix + UUID.randomUUID();
  }

  private Reply admin(String action, String... parameters) {
    return wire.iam(Key.ADMIN, action, parameters);
  }

  @Test
  void an_sdk_whose_clock_is_an_hour_behind_finds_out_and_signs_again() {
    TestClock.forward(Duration.ofHours(1));

    assertThat(iam.listUsers().users()).isNotEmpty();
  }

  @Test
  void a_tag_that_is_there_gets_another_value() {
    String name = unique("tagged-");
    admin("CreateUser", "UserName", name, "Tags.member.1.Key", "k", "Tags.member.1.Value", "one");

    admin("TagUser", "UserName", name, "Tags.member.1.Key", "k", "Tags.member.1.Value", "two");
    assertThat(admin("ListUserTags", "UserName", name).text("Value")).isEqualTo("two");

    admin("TagUser", "UserName", name, "Tags.member.1.Key", "K", "Tags.member.1.Value", "three");
    assertThat(admin("ListUserTags", "UserName", name).texts("Key")).containsExactly("K");
  }

  @Test
  void an_account_has_one_alias_and_another_takes_its_place() {
    iam.createAccountAlias(r -> r.accountAlias("first-alias"));
    iam.createAccountAlias(r -> r.accountAlias("second-alias"));

    assertThat(iam.listAccountAliases().accountAliases()).containsExactly("second-alias");
    assertThat(admin("CreateAccountAlias", "AccountAlias", "second-alias").code())
        .isEqualTo("EntityAlreadyExists");
    assertThat(admin("CreateAccountAlias", "AccountAlias", "Not--good").code())
        .isEqualTo("ValidationError");
    assertThat(admin("DeleteAccountAlias", "AccountAlias", "first-alias").code())
        .isEqualTo("NoSuchEntity");
    iam.deleteAccountAlias(r -> r.accountAlias("second-alias"));
    assertThat(iam.listAccountAliases().accountAliases()).isEmpty();
  }

  @Test
  void the_summary_counts_what_there_is() {
    int before = iam.getAccountSummary().summaryMapAsStrings().get("Users");
    people.user();

    var after = iam.getAccountSummary().summaryMapAsStrings();

    assertThat(after.get("Users")).isGreaterThan(before);
    assertThat(after).containsEntry("UsersQuota", 5000).containsKey("MFADevicesInUse");
  }

  @Test
  void the_token_version_that_is_preferred_is_told_and_nothing_else_is_taken() {
    int usual = iam.getAccountSummary().summaryMapAsStrings().get("GlobalEndpointTokenVersion");

    iam.setSecurityTokenServicePreferences(r -> r.globalEndpointTokenVersion("v2Token"));
    int preferred = iam.getAccountSummary().summaryMapAsStrings().get("GlobalEndpointTokenVersion");
    iam.setSecurityTokenServicePreferences(r -> r.globalEndpointTokenVersion("v1Token"));

    assertThat(usual).isEqualTo(1);
    assertThat(preferred).isEqualTo(2);
    assertThat(iam.getAccountSummary().summaryMapAsStrings())
        .containsEntry("GlobalEndpointTokenVersion", 1);
    assertThatThrownBy(
            () -> iam.setSecurityTokenServicePreferences(r -> r.globalEndpointTokenVersion("v3")))
        .hasMessageContaining("Member must satisfy enum value set: [v1Token, v2Token]");
  }

  @Test
  void the_sdk_creates_reads_updates_and_deletes_a_user() {
    String name = unique("sdk-");

    User created =
        iam.createUser(r -> r.userName(name).path("/team/").tags(t -> t.key("k").value("v")))
            .user();
    iam.updateUser(r -> r.userName(name).newUserName(name + "2").newPath("/other/"));
    User read = iam.getUser(r -> r.userName(name + "2")).user();
    iam.deleteUser(r -> r.userName(name + "2"));

    assertThat(created.arn()).isEqualTo("arn:aws:iam::111122223333:user/team/" + name);
    assertThat(read.userId()).isEqualTo(created.userId());
    assertThat(read.path()).isEqualTo("/other/");
    assertThat(read.tags())
        .singleElement()
        .satisfies(tag -> assertThat(tag.value()).isEqualTo("v"));
    assertThatThrownBy(() -> iam.getUser(r -> r.userName(name + "2")))
        .isInstanceOf(NoSuchEntityException.class)
        .hasMessageContaining("The user with name " + name + "2 cannot be found.");
  }

  @Test
  void the_sdk_runs_a_managed_policy_through_its_life() {
    String name = unique("p-");

    String arn =
        iam.createPolicy(r -> r.policyName(name).policyDocument(ALLOW_ALL).description("d"))
            .policy()
            .arn();
    String version =
        iam.createPolicyVersion(r -> r.policyArn(arn).policyDocument(ALLOW_ALL).setAsDefault(true))
            .policyVersion()
            .versionId();
    String role =
        iam.createRole(
                r ->
                    r.roleName(unique("r-"))
                        .assumeRolePolicyDocument(
                            People.document(
                                "{\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"*\"}, \"Action\": \"sts:AssumeRole\"}")))
            .role()
            .roleName();
    iam.attachRolePolicy(r -> r.roleName(role).policyArn(arn));

    assertThat(version).isEqualTo("v2");
    assertThat(iam.getPolicy(r -> r.policyArn(arn)).policy().attachmentCount()).isEqualTo(1);
    assertThat(iam.listEntitiesForPolicy(r -> r.policyArn(arn)).policyRoles())
        .singleElement()
        .satisfies(attached -> assertThat(attached.roleName()).isEqualTo(role));
    assertThat(admin("DeletePolicy", "PolicyArn", arn).code()).isEqualTo("DeleteConflict");
    assertThat(admin("DeleteRole", "RoleName", role).message())
        .isEqualTo("Cannot delete entity, must detach all policies first.");
    iam.detachRolePolicy(r -> r.roleName(role).policyArn(arn));
    assertThat(admin("DeletePolicyVersion", "PolicyArn", arn, "VersionId", "v2").code())
        .isEqualTo("DeleteConflict");
    iam.setDefaultPolicyVersion(r -> r.policyArn(arn).versionId("v1"));
    iam.deletePolicyVersion(r -> r.policyArn(arn).versionId("v2"));
    iam.deletePolicy(r -> r.policyArn(arn));
    iam.deleteRole(r -> r.roleName(role));
  }

  @Test
  void a_policy_has_five_versions_at_most() {
    String arn =
        iam.createPolicy(r -> r.policyName(unique("p-")).policyDocument(ALLOW_ALL)).policy().arn();
    for (int i = 2; i <= 5; i++) {
      iam.createPolicyVersion(r -> r.policyArn(arn).policyDocument(ALLOW_ALL));
    }

    assertThat(admin("CreatePolicyVersion", "PolicyArn", arn, "PolicyDocument", ALLOW_ALL).code())
        .isEqualTo("LimitExceeded");
    assertThat(iam.listPolicyVersions(r -> r.policyArn(arn)).versions()).hasSize(5);
  }

  @Test
  void names_that_differ_only_in_case_collide() {
    String name = unique("case-");
    iam.createUser(r -> r.userName(name));

    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> iam.createUser(r -> r.userName(name.toUpperCase())))
        .isInstanceOf(EntityAlreadyExistsException.class)
        .hasMessageContaining("User with name " + name.toUpperCase() + " already exists.");
  }

  @Test
  void of_many_who_create_one_name_at_once_one_does() throws Exception {
    String name = unique("race-");
    Callable<String> create = () -> admin("CreateUser", "UserName", name).code();

    List<String> codes = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var future : threads.invokeAll(java.util.Collections.nCopies(20, create))) {
        codes.add(future.get());
      }
    }

    assertThat(codes).filteredOn("OK"::equals).hasSize(1);
    assertThat(codes).isSubsetOf("OK", "EntityAlreadyExists", "ConcurrentModification");
  }

  @Test
  void a_policy_that_cannot_be_evaluated_cannot_be_saved() {
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () ->
                iam.createPolicy(
                    r ->
                        r.policyName(unique("p-"))
                            .policyDocument(
                                People.document(
                                    "{\"Effect\": \"Deny\", \"Action\": \"*\", \"Resource\": \"*\", \"Condition\": {\"StringSortOfEquals\": {\"a\": \"b\"}}}"))))
        .isInstanceOf(MalformedPolicyDocumentException.class)
        .hasMessageContaining("Syntax errors in policy.");
  }

  @Test
  void a_trust_policy_names_people_who_exist() {
    Reply reply =
        admin(
            "CreateRole",
            "RoleName",
            unique("r-"),
            "AssumeRolePolicyDocument",
            People.document(
                "{\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"arn:aws:iam::111122223333:user/nobody\"}, \"Action\": \"sts:AssumeRole\"}"));

    assertThat(reply.code()).isEqualTo("MalformedPolicyDocument");
    assertThat(reply.message())
        .isEqualTo(
            "Invalid principal in policy: \"AWS\":\"arn:aws:iam::111122223333:user/nobody\"");
  }

  @Test
  void a_user_with_belongings_cannot_be_deleted() {
    Person alice = people.user();

    Reply reply = admin("DeleteUser", "UserName", alice.name());

    assertThat(reply.code()).isEqualTo("DeleteConflict");
    assertThat(reply.message()).isEqualTo("Cannot delete entity, must delete access keys first.");
  }

  @Test
  void a_user_has_two_keys_at_most() {
    Person alice = people.user();
    People.ok(admin("CreateAccessKey", "UserName", alice.name()));

    assertThat(admin("CreateAccessKey", "UserName", alice.name()).message())
        .isEqualTo("Cannot exceed quota for AccessKeysPerUser: 2");
  }

  @Test
  void lists_come_in_pages_without_losing_or_repeating_anything() {
    String path = "/" + unique("page") + "/";
    for (int i = 0; i < 7; i++) {
      People.ok(admin("CreateUser", "UserName", unique("pg-"), "Path", path));
    }

    List<String> names =
        iam.listUsersPaginator(r -> r.pathPrefix(path).maxItems(3)).users().stream()
            .map(User::userName)
            .toList();

    assertThat(names).hasSize(7).doesNotHaveDuplicates();
    assertThat(admin("ListUsers", "Marker", "%%%").code()).isEqualTo("ValidationError");
    assertThat(admin("ListUsers", "MaxItems", "1001").code()).isEqualTo("ValidationError");
  }

  @Test
  void groups_give_their_members_what_they_have() {
    Person alice = people.user();
    String group = unique("g-");
    People.ok(admin("CreateGroup", "GroupName", group));
    People.ok(
        admin(
            "AttachGroupPolicy",
            "GroupName",
            group,
            "PolicyArn",
            "arn:aws:iam::aws:policy/IAMReadOnlyAccess"));

    assertThat(wire.iam(alice.key(), "ListGroups").status()).isEqualTo(403);
    People.ok(admin("AddUserToGroup", "GroupName", group, "UserName", alice.name()));
    assertThat(wire.iam(alice.key(), "ListGroups").status()).isEqualTo(200);
    assertThat(admin("DeleteGroup", "GroupName", group).code()).isEqualTo("DeleteConflict");
    assertThat(iam.getGroup(r -> r.groupName(group)).users())
        .extracting(User::userName)
        .containsExactly(alice.name());
    People.ok(admin("RemoveUserFromGroup", "GroupName", group, "UserName", alice.name()));
    assertThat(wire.iam(alice.key(), "ListGroups").status()).isEqualTo(403);
  }

  @Test
  void a_boundary_limits_what_a_user_can_be_given() {
    Person alice = people.user();
    people.allow(alice, "{\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}");
    People.ok(
        admin(
            "PutUserPermissionsBoundary",
            "UserName",
            alice.name(),
            "PermissionsBoundary",
            "arn:aws:iam::aws:policy/IAMReadOnlyAccess"));

    assertThat(wire.iam(alice.key(), "ListUsers").status()).isEqualTo(200);
    assertThat(wire.iam(alice.key(), "CreateGroup", "GroupName", "g").message())
        .endsWith("because no permissions boundary allows the iam:CreateGroup action");
    People.ok(admin("DeleteUserPermissionsBoundary", "UserName", alice.name()));
    assertThat(wire.iam(alice.key(), "CreateGroup", "GroupName", unique("g")).status())
        .isEqualTo(200);
  }

  @Test
  void inline_policies_of_one_owner_are_bounded_together() {
    Person alice = people.user();
    String large =
        People.document(
            "{\"Effect\": \"Allow\", \"Action\": \"s3:%s\", \"Resource\": \"*\"}"
                .formatted("x".repeat(1500)));
    People.ok(
        admin(
            "PutUserPolicy", "UserName", alice.name(), "PolicyName", "a", "PolicyDocument", large));

    Reply second =
        admin(
            "PutUserPolicy", "UserName", alice.name(), "PolicyName", "b", "PolicyDocument", large);

    assertThat(second.message())
        .isEqualTo("Maximum policy size of 2048 bytes exceeded for user " + alice.name());
    assertThat(
            URLDecoder.decode(
                iam.getUserPolicy(r -> r.userName(alice.name()).policyName("a")).policyDocument(),
                StandardCharsets.UTF_8))
        .isEqualTo(large);
  }

  @Test
  void what_comes_with_daypass_can_be_listed_and_not_changed() {
    assertThat(iam.listPolicies(r -> r.scope(PolicyScopeType.AWS)).policies())
        .extracting(policy -> policy.policyName())
        .contains("AdministratorAccess", "IAMUserChangePassword");
    assertThat(
            admin("DeletePolicy", "PolicyArn", "arn:aws:iam::aws:policy/AdministratorAccess")
                .code())
        .isEqualTo("AccessDenied");
  }

  @Test
  void a_device_in_use_is_not_deleted_and_not_given_twice() {
    Person alice = people.user();
    People.Device device = people.device(alice);

    assertThat(admin("DeleteVirtualMFADevice", "SerialNumber", device.serialNumber()).message())
        .isEqualTo("MFA VirtualDevice in use. Must deactivate first.");
    assertThat(
            admin(
                    "EnableMFADevice",
                    "UserName",
                    alice.name(),
                    "SerialNumber",
                    device.serialNumber(),
                    "AuthenticationCode1",
                    "000000",
                    "AuthenticationCode2",
                    "000001")
                .code())
        .isEqualTo("InvalidAuthenticationCode");
    People.ok(
        admin(
            "DeactivateMFADevice",
            "UserName",
            alice.name(),
            "SerialNumber",
            device.serialNumber()));
    People.ok(admin("DeleteVirtualMFADevice", "SerialNumber", device.serialNumber()));
    assertThat(iam.listMFADevices(r -> r.userName(alice.name())).mfaDevices()).isEmpty();
  }

  @Test
  void a_device_is_shown_as_a_picture_too() {
    Reply created = admin("CreateVirtualMFADevice", "VirtualMFADeviceName", unique("d-"));

    assertThat(java.util.Base64.getDecoder().decode(created.text("QRCodePNG")))
        .startsWith(0x89, 'P', 'N', 'G');
    assertThat(new String(java.util.Base64.getDecoder().decode(created.text("Base32StringSeed"))))
        .matches("[A-Z2-7]{64}");
  }

  @Test
  void tags_are_counted_and_compared_without_case() {
    Person alice = people.user();
    People.ok(
        admin(
            "TagUser",
            "UserName",
            alice.name(),
            "Tags.member.1.Key",
            "Team",
            "Tags.member.1.Value",
            "a"));
    People.ok(
        admin(
            "TagUser",
            "UserName",
            alice.name(),
            "Tags.member.1.Key",
            "team",
            "Tags.member.1.Value",
            "b"));

    assertThat(admin("ListUserTags", "UserName", alice.name()).texts("Value")).containsExactly("b");
    assertThat(
            admin(
                    "TagUser",
                    "UserName",
                    alice.name(),
                    "Tags.member.1.Key",
                    "a",
                    "Tags.member.1.Value",
                    "1",
                    "Tags.member.2.Key",
                    "A",
                    "Tags.member.2.Value",
                    "2")
                .message())
        .isEqualTo("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
    People.ok(admin("UntagUser", "UserName", alice.name(), "TagKeys.member.1", "TEAM"));
    assertThat(admin("ListUserTags", "UserName", alice.name()).texts("Value")).isEmpty();
  }

  @Test
  void tags_decide_in_conditions() {
    Person alice = people.user();
    people.allow(
        alice,
        """
        {"Effect": "Allow", "Action": "iam:GetUser", "Resource": "*",
         "Condition": {"StringEquals": {"iam:ResourceTag/team": "${aws:PrincipalTag/team}"}}}
        """);
    Person bob = people.user();
    for (Person person : List.of(alice, bob)) {
      People.ok(
          admin(
              "TagUser",
              "UserName",
              person.name(),
              "Tags.member.1.Key",
              "team",
              "Tags.member.1.Value",
              "red"));
    }

    assertThat(wire.iam(alice.key(), "GetUser", "UserName", bob.name()).status()).isEqualTo(200);
    assertThat(wire.iam(alice.key(), "GetUser", "UserName", "admin").status()).isEqualTo(403);
  }

  @Test
  void a_user_changes_its_own_password() {
    Person alice = people.user();
    people.allow(
        alice, "{\"Effect\": \"Allow\", \"Action\": \"iam:ChangePassword\", \"Resource\": \"*\"}");
    People.ok(admin("CreateLoginProfile", "UserName", alice.name(), "Password", "first password"));

    assertThat(
            wire.iam(
                    alice.key(),
                    "ChangePassword",
                    "OldPassword",
                    "wrong password",
                    "NewPassword",
                    "second password")
                .code())
        .isEqualTo("PasswordPolicyViolation");
    assertThat(
            wire.iam(
                    alice.key(),
                    "ChangePassword",
                    "OldPassword",
                    "first password",
                    "NewPassword",
                    "short")
                .code())
        .isEqualTo("PasswordPolicyViolation");
    People.ok(
        wire.iam(
            alice.key(),
            "ChangePassword",
            "OldPassword",
            "first password",
            "NewPassword",
            "second password"));
  }
}
