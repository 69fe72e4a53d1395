package dev.daypass.broker;

import static dev.daypass.broker.Race.atOnce;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.broker.People.Person;
import dev.daypass.broker.Wire.Key;
import dev.daypass.broker.Wire.Reply;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whatever many do to an account at once, it comes out as if they had done it one by one.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class RacesTest {
  private static final int MANY = 16;

  private static final String ALLOW_ALL =
      People.document("{\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}");

  @TestHTTPResource URI server;
  private Wire wire;
  private People people;

  @BeforeEach
  void begin() {
    wire = new Wire(server.getPort());
    people = new People(wire);
  }

  private Reply admin(String action, String... parameters) {
    return wire.iam(Key.ADMIN, action, parameters);
  }

  private static String unique(String prefix) {
    return prefix + UUID.randomUUID();
  }

  private static void assertOneWon(List<String> codes, String others) {
    assertWon(codes, 1, others);
  }

  private static void assertWon(List<String> codes, int winners, String others) {
    assertThat(Collections.frequency(codes, "OK")).as("%s", codes).isEqualTo(winners);
    assertThat(Collections.frequency(codes, others))
        .as("%s", codes)
        .isEqualTo(codes.size() - winners);
  }

  @Test
  void one_name_is_given_to_one_user_role_group_and_policy() {
    String name = unique("n-");

    assertOneWon(
        atOnce(MANY, i -> admin("CreateUser", "UserName", changedCase(name, i))),
        "EntityAlreadyExists");
    assertOneWon(
        atOnce(MANY, i -> admin("CreateGroup", "GroupName", changedCase(name, i))),
        "EntityAlreadyExists");
    assertOneWon(
        atOnce(
            MANY,
            i ->
                admin(
                    "CreateRole",
                    "RoleName",
                    changedCase(name, i),
                    "AssumeRolePolicyDocument",
                    People.document(
                        "{\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"sts:AssumeRole\"}"))),
        "EntityAlreadyExists");
    assertOneWon(
        atOnce(
            MANY,
            i ->
                admin(
                    "CreatePolicy",
                    "PolicyName",
                    changedCase(name, i),
                    "PolicyDocument",
                    ALLOW_ALL)),
        "EntityAlreadyExists");
  }

  private static String changedCase(String name, int i) {
    return i % 2 == 0 ? name : name.toUpperCase(java.util.Locale.ROOT);
  }

  @Test
  void two_access_keys_fit_and_no_third() {
    String name = unique("keys-");
    admin("CreateUser", "UserName", name);

    assertWon(atOnce(MANY, _ -> admin("CreateAccessKey", "UserName", name)), 2, "LimitExceeded");
    assertThat(admin("ListAccessKeys", "UserName", name).texts("AccessKeyId")).hasSize(2);
  }

  @Test
  void ten_policies_are_attached_and_no_eleventh() {
    Person person = people.user();
    List<String> arns = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      arns.add(
          admin("CreatePolicy", "PolicyName", unique("p-"), "PolicyDocument", ALLOW_ALL)
              .text("Arn"));
    }

    List<String> codes =
        atOnce(
            MANY,
            i -> admin("AttachUserPolicy", "UserName", person.name(), "PolicyArn", arns.get(i)));

    assertWon(codes, 10, "LimitExceeded");
    assertThat(admin("ListAttachedUserPolicies", "UserName", person.name()).texts("PolicyArn"))
        .hasSize(10);
  }

  @Test
  void a_user_is_in_ten_groups_and_no_eleventh() {
    Person person = people.user();
    List<String> groups = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      groups.add(admin("CreateGroup", "GroupName", unique("g-")).text("GroupName"));
    }

    List<String> codes =
        atOnce(
            MANY,
            i -> admin("AddUserToGroup", "UserName", person.name(), "GroupName", groups.get(i)));

    assertWon(codes, 10, "LimitExceeded");
  }

  @Test
  void a_policy_has_five_versions_each_with_its_own_number_and_one_default() {
    String arn =
        admin("CreatePolicy", "PolicyName", unique("p-"), "PolicyDocument", ALLOW_ALL).text("Arn");

    List<String> codes =
        atOnce(
            MANY,
            _ ->
                admin(
                    "CreatePolicyVersion",
                    "PolicyArn",
                    arn,
                    "PolicyDocument",
                    ALLOW_ALL,
                    "SetAsDefault",
                    "true"));

    assertWon(codes, 4, "LimitExceeded");
    Reply versions = admin("ListPolicyVersions", "PolicyArn", arn);
    assertThat(versions.texts("VersionId")).containsExactlyInAnyOrder("v1", "v2", "v3", "v4", "v5");
    assertThat(Collections.frequency(versions.texts("IsDefaultVersion"), "true")).isOne();
  }

  @Test
  void the_default_version_is_there_whoever_deletes_and_sets_it_meanwhile() {
    String arn =
        admin("CreatePolicy", "PolicyName", unique("p-"), "PolicyDocument", ALLOW_ALL).text("Arn");
    admin("CreatePolicyVersion", "PolicyArn", arn, "PolicyDocument", ALLOW_ALL);

    atOnce(
        MANY,
        i ->
            i % 2 == 0
                ? admin("SetDefaultPolicyVersion", "PolicyArn", arn, "VersionId", "v2")
                : admin("DeletePolicyVersion", "PolicyArn", arn, "VersionId", "v2"));

    String version = admin("GetPolicy", "PolicyArn", arn).text("DefaultVersionId");
    assertThat(admin("GetPolicyVersion", "PolicyArn", arn, "VersionId", version).code())
        .isEqualTo("OK");
  }

  @Test
  void a_user_that_is_deleted_leaves_nothing_that_was_given_to_it_meanwhile() {
    for (int round = 0; round < 5; round++) {
      String name = unique("gone-");
      admin("CreateUser", "UserName", name);

      List<String> codes =
          atOnce(
              4,
              i ->
                  switch (i) {
                    case 0 -> admin("DeleteUser", "UserName", name);
                    case 1 ->
                        admin(
                            "PutUserPolicy",
                            "UserName",
                            name,
                            "PolicyName",
                            "p",
                            "PolicyDocument",
                            ALLOW_ALL);
                    case 2 ->
                        admin(
                            "AttachUserPolicy",
                            "UserName",
                            name,
                            "PolicyArn",
                            "arn:aws:iam::aws:policy/AdministratorAccess");
                    default -> admin("CreateAccessKey", "UserName", name);
                  });

      boolean deleted = codes.getFirst().equals("OK");
      assertThat(codes.getFirst()).isIn("OK", "DeleteConflict");
      assertThat(codes.subList(1, 4))
          .allMatch(code -> code.equals(deleted ? "NoSuchEntity" : "OK"));
    }
  }

  @Test
  void two_changes_of_one_role_are_both_there() {
    for (int round = 0; round < 5; round++) {
      String role =
          people.role(
              "{\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"sts:AssumeRole\"}");
      String name = role.substring(role.lastIndexOf('/') + 1);

      atOnce(
          2,
          i ->
              i == 0
                  ? admin("UpdateRole", "RoleName", name, "Description", "described")
                  : admin(
                      "PutRolePermissionsBoundary",
                      "RoleName",
                      name,
                      "PermissionsBoundary",
                      "arn:aws:iam::aws:policy/IAMReadOnlyAccess"));

      Reply found = admin("GetRole", "RoleName", name);
      assertThat(found.text("Description")).isEqualTo("described");
      assertThat(found.text("PermissionsBoundaryArn")).endsWith("IAMReadOnlyAccess");
    }
  }

  @Test
  void one_of_many_passwords_takes_the_place_of_the_last() {
    Person person = people.user();
    admin("CreateLoginProfile", "UserName", person.name(), "Password", "the first of all 1");
    people.allow(
        person, "{\"Effect\": \"Allow\", \"Action\": \"iam:ChangePassword\", \"Resource\": \"*\"}");

    List<String> codes =
        atOnce(
            4,
            i ->
                wire.iam(
                    person.key(),
                    "ChangePassword",
                    "OldPassword",
                    "the first of all 1",
                    "NewPassword",
                    "the next of them " + i));

    assertOneWon(codes, "PasswordPolicyViolation");
  }
}
