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
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.DeleteConflictException;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.InstanceProfile;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Tag;

/// Instance profiles, as EC2's users and Terraform's modules make them.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class InstanceProfileTest {
  private static final String ANYONE =
      "{\"Effect\": \"Allow\", \"Principal\": {\"Service\": \"ec2.amazonaws.com\"}, \"Action\": \"sts:AssumeRole\"}";

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

  private static String unique() {
    return "profile-" + UUID.randomUUID();
  }

  private String role() {
    String arn = people.role(ANYONE);
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  @Test
  void a_profile_is_made_found_listed_and_removed() {
    String name = unique();
    InstanceProfile made =
        iam.createInstanceProfile(
                r ->
                    r.instanceProfileName(name)
                        .path("/machines/")
                        .tags(Tag.builder().key("team").value("a").build()))
            .instanceProfile();

    assertThat(made.instanceProfileId()).matches("AIPA[A-Z2-7]{17}");
    assertThat(made.arn())
        .isEqualTo("arn:aws:iam::" + People.ACCOUNT + ":instance-profile/machines/" + name);
    assertThat(made.roles()).isEmpty();
    assertThat(made.tags()).hasSize(1);
    assertThat(
            iam.getInstanceProfile(r -> r.instanceProfileName(name.toUpperCase()))
                .instanceProfile())
        .isEqualTo(made);
    assertThat(
            iam.listInstanceProfilesPaginator(r -> r.pathPrefix("/machines/").maxItems(1))
                .instanceProfiles())
        .extracting(InstanceProfile::arn)
        .contains(made.arn());
    assertThat(iam.waiter().waitUntilInstanceProfileExists(r -> r.instanceProfileName(name)))
        .isNotNull();

    iam.deleteInstanceProfile(r -> r.instanceProfileName(name));
    assertThatThrownBy(() -> iam.getInstanceProfile(r -> r.instanceProfileName(name)))
        .isInstanceOf(NoSuchEntityException.class)
        .hasMessageContaining("Instance Profile " + name + " cannot be found.");
  }

  @Test
  void a_name_is_given_once() {
    String name = unique();
    iam.createInstanceProfile(r -> r.instanceProfileName(name));

    assertThatThrownBy(() -> iam.createInstanceProfile(r -> r.instanceProfileName(name)))
        .isInstanceOf(EntityAlreadyExistsException.class)
        .hasMessageContaining("Instance Profile " + name + " already exists.");
  }

  @Test
  void a_profile_has_one_role_and_a_role_many_profiles() {
    String first = unique();
    String second = unique();
    String role = role();
    iam.createInstanceProfile(r -> r.instanceProfileName(first));
    iam.createInstanceProfile(r -> r.instanceProfileName(second));
    iam.addRoleToInstanceProfile(r -> r.instanceProfileName(first).roleName(role));
    iam.addRoleToInstanceProfile(r -> r.instanceProfileName(second).roleName(role));

    assertThat(iam.getInstanceProfile(r -> r.instanceProfileName(first)).instanceProfile().roles())
        .singleElement()
        .satisfies(in -> assertThat(in.roleName()).isEqualTo(role));
    assertThat(iam.listInstanceProfilesForRole(r -> r.roleName(role)).instanceProfiles())
        .extracting(InstanceProfile::instanceProfileName)
        .containsExactlyInAnyOrder(first, second);
    String another = role();
    assertThatThrownBy(
            () -> iam.addRoleToInstanceProfile(r -> r.instanceProfileName(first).roleName(another)))
        .isInstanceOf(LimitExceededException.class)
        .hasMessageContaining("Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1");
  }

  @Test
  void neither_a_profile_with_a_role_nor_a_role_in_a_profile_is_deleted() {
    String name = unique();
    String role = role();
    iam.createInstanceProfile(r -> r.instanceProfileName(name));
    iam.addRoleToInstanceProfile(r -> r.instanceProfileName(name).roleName(role));
    iam.detachRolePolicy(r -> r.roleName(role).policyArn("arn:aws:iam::aws:policy/IAMFullAccess"));

    assertThatThrownBy(() -> iam.deleteInstanceProfile(r -> r.instanceProfileName(name)))
        .isInstanceOf(DeleteConflictException.class)
        .hasMessageContaining("must remove roles from instance profile first");
    assertThatThrownBy(() -> iam.deleteRole(r -> r.roleName(role)))
        .isInstanceOf(DeleteConflictException.class)
        .hasMessageContaining("must remove roles from instance profile first");

    iam.removeRoleFromInstanceProfile(r -> r.instanceProfileName(name).roleName(role));
    iam.deleteRole(r -> r.roleName(role));
    iam.deleteInstanceProfile(r -> r.instanceProfileName(name));
  }

  @Test
  void a_role_that_is_not_in_it_cannot_be_taken_out() {
    String name = unique();
    iam.createInstanceProfile(r -> r.instanceProfileName(name));
    String role = role();

    assertThatThrownBy(
            () ->
                iam.removeRoleFromInstanceProfile(r -> r.instanceProfileName(name).roleName(role)))
        .isInstanceOf(NoSuchEntityException.class);
  }

  @Test
  void tags_come_and_go() {
    String name = unique();
    iam.createInstanceProfile(r -> r.instanceProfileName(name));
    iam.tagInstanceProfile(
        r -> r.instanceProfileName(name).tags(Tag.builder().key("k").value("v").build()));
    assertThat(iam.listInstanceProfileTags(r -> r.instanceProfileName(name)).tags()).hasSize(1);
    iam.untagInstanceProfile(r -> r.instanceProfileName(name).tagKeys("K"));
    assertThat(iam.listInstanceProfileTags(r -> r.instanceProfileName(name)).tags()).isEmpty();
  }

  @Test
  void putting_a_role_in_needs_the_right_to_pass_that_role_to_machines() {
    String name = unique();
    iam.createInstanceProfile(r -> r.instanceProfileName(name));
    String role = role();
    Person person = people.user();
    people.allow(
        person,
        "{\"Effect\": \"Allow\", \"Action\": \"iam:AddRoleToInstanceProfile\", \"Resource\": \"*\"}");

    Reply refused = add(person.key(), name, role);
    assertThat(refused.code()).isEqualTo("AccessDenied");
    assertThat(refused.message()).contains("iam:PassRole").contains("role/" + role);

    people.allow(
        person,
        """
        {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:aws:iam::%s:role/%s",
         "Condition": {"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}}
        """
            .formatted(People.ACCOUNT, role));
    assertThat(add(person.key(), name, role).code()).isEqualTo("OK");
  }

  private Reply add(Key key, String name, String role) {
    return wire.iam(key, "AddRoleToInstanceProfile", "InstanceProfileName", name, "RoleName", role);
  }
}
