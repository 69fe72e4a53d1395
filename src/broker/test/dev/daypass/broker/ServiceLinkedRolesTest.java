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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.DeletionTaskStatusType;
import software.amazon.awssdk.services.iam.model.InvalidInputException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;

/// Service-linked roles, as AWS documents them.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class ServiceLinkedRolesTest {
  private static final String SCALING = "autoscaling.amazonaws.com";
  private static final String POLICY = "arn:aws:iam::aws:policy/IAMReadOnlyAccess";

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

  private static String suffix() {
    return UUID.randomUUID().toString().substring(0, 8);
  }

  private Role linked() {
    return iam.createServiceLinkedRole(r -> r.awsServiceName(SCALING).customSuffix(suffix()))
        .role();
  }

  private String delete(String name) {
    return iam.deleteServiceLinkedRole(r -> r.roleName(name)).deletionTaskId();
  }

  private Reply admin(String action, String... parameters) {
    return wire.iam(Key.ADMIN, action, parameters);
  }

  @Test
  void a_role_is_made_as_the_service_has_it_and_deleted() {
    Role created =
        iam.createServiceLinkedRole(
                r -> r.awsServiceName("ecs.amazonaws.com").description("For us"))
            .role();

    Role got = iam.getRole(r -> r.roleName("AWSServiceRoleForECS")).role();
    String task = delete("AWSServiceRoleForECS");
    assertThat(created.path()).isEqualTo("/aws-service-role/ecs.amazonaws.com/");
    assertThat(created.roleName()).isEqualTo("AWSServiceRoleForECS");
    assertThat(created.arn())
        .isEqualTo(
            "arn:aws:iam::111122223333:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS");
    assertThat(URLDecoder.decode(created.assumeRolePolicyDocument(), StandardCharsets.UTF_8))
        .contains("\"Action\":[\"sts:AssumeRole\"]")
        .contains("\"Service\":[\"ecs.amazonaws.com\"]");
    assertThat(got.roleId()).isEqualTo(created.roleId());
    assertThat(got.description()).isEqualTo("For us");
    assertThat(got.maxSessionDuration()).isEqualTo(3600);
    assertThat(task)
        .matches("task/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS/[0-9a-f-]{36}");
    assertThat(iam.getServiceLinkedRoleDeletionStatus(r -> r.deletionTaskId(task)).status())
        .isEqualTo(DeletionTaskStatusType.SUCCEEDED);
    assertThatThrownBy(() -> iam.getRole(r -> r.roleName("AWSServiceRoleForECS")))
        .isInstanceOf(NoSuchEntityException.class);
    assertThatThrownBy(() -> delete("AWSServiceRoleForECS"))
        .isInstanceOf(NoSuchEntityException.class)
        .hasMessageContaining("The role with name AWSServiceRoleForECS cannot be found.");
  }

  @Test
  void a_service_has_as_many_roles_as_there_are_suffixes_where_it_takes_them() {
    String suffix = suffix();

    Role role =
        iam.createServiceLinkedRole(r -> r.awsServiceName(SCALING).customSuffix(suffix)).role();

    assertThat(role.roleName()).isEqualTo("AWSServiceRoleForAutoScaling_" + suffix);
    assertThatThrownBy(
            () -> iam.createServiceLinkedRole(r -> r.awsServiceName(SCALING).customSuffix(suffix)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "Service role name %s has been taken in this account, please try a different suffix."
                .formatted(role.roleName()));
    assertThatThrownBy(
            () ->
                iam.createServiceLinkedRole(
                    r -> r.awsServiceName("es.amazonaws.com").customSuffix(suffix)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Custom suffix is not allowed for es.amazonaws.com");
    assertThatThrownBy(
            () ->
                iam.createServiceLinkedRole(
                    r -> r.awsServiceName(SCALING).customSuffix("x".repeat(64))))
        .isInstanceOf(InvalidInputException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unknown.amazonaws.com",
        "ECS.amazonaws.com",
        "ecs",
        "ecs.amazonaws.com.example.com",
        "sts.daypass.example.com"
      })
  void a_service_that_no_role_can_be_linked_to(String service) {
    assertThatThrownBy(() -> iam.createServiceLinkedRole(r -> r.awsServiceName(service)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("`" + service + "` is no service that a role can be linked to here.")
        .hasMessageContaining("ecs.amazonaws.com");
  }

  @Test
  void nobody_changes_the_role_of_a_service() {
    String name = linked().roleName();
    String document = People.document("{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}");
    String profile = "p-" + UUID.randomUUID();
    iam.createInstanceProfile(r -> r.instanceProfileName(profile));

    for (String action :
        List.of(
            "UpdateAssumeRolePolicy",
            "UpdateRole",
            "DeleteRole",
            "AttachRolePolicy",
            "DetachRolePolicy",
            "PutRolePolicy",
            "DeleteRolePolicy",
            "PutRolePermissionsBoundary",
            "DeleteRolePermissionsBoundary",
            "AddRoleToInstanceProfile",
            "RemoveRoleFromInstanceProfile")) {
      Reply reply =
          admin(
              action,
              "RoleName",
              name.toLowerCase(Locale.ROOT),
              "PolicyDocument",
              action.equals("PutRolePolicy") ? document : trustOfEverybody(),
              "PolicyName",
              "p",
              "PolicyArn",
              POLICY,
              "PermissionsBoundary",
              POLICY,
              "InstanceProfileName",
              profile,
              "MaxSessionDuration",
              "7200");

      assertThat(reply.code()).as(action).isEqualTo("UnmodifiableEntity");
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.message())
          .isEqualTo(
              "Cannot perform the operation on the protected role '%s'".formatted(name)
                  + " - this role is only modifiable by AWS");
    }
    assertThat(iam.getRole(r -> r.roleName(name)).role().maxSessionDuration()).isEqualTo(3600);
    assertThat(iam.listRolePolicies(r -> r.roleName(name)).policyNames()).isEmpty();
    assertThat(iam.listAttachedRolePolicies(r -> r.roleName(name)).attachedPolicies()).isEmpty();
  }

  private static String trustOfEverybody() {
    return People.document(
        "{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\",\"Principal\":{\"AWS\":\"*\"}}");
  }

  @Test
  void what_it_is_for_and_its_tags_are_everybodys() {
    String name = linked().roleName();

    iam.updateRole(r -> r.roleName(name).description("one"));
    String one = iam.getRole(r -> r.roleName(name)).role().description();
    iam.updateRoleDescription(r -> r.roleName(name).description("two"));
    iam.tagRole(r -> r.roleName(name).tags(Tag.builder().key("a").value("1").build()));
    iam.tagRole(r -> r.roleName(name).tags(Tag.builder().key("b").value("2").build()));
    iam.untagRole(r -> r.roleName(name).tagKeys("a"));

    Role got = iam.getRole(r -> r.roleName(name)).role();
    assertThat(one).isEqualTo("one");
    assertThat(got.description()).isEqualTo("two");
    assertThat(got.tags()).extracting(Tag::key).containsExactly("b");
  }

  @Test
  void nobody_can_assume_it() {
    String arn = linked().arn();

    assertThat(
            wire.sts(Key.ADMIN, "AssumeRole", "RoleArn", arn, "RoleSessionName", "session").code())
        .isEqualTo("AccessDenied");
  }

  @Test
  void no_other_role_lies_where_those_of_services_do() {
    for (String path : List.of("/aws-service-role/", "/aws-service-role/ecs.amazonaws.com/")) {
      Reply reply =
          admin(
              "CreateRole",
              "RoleName",
              "r-" + UUID.randomUUID(),
              "Path",
              path,
              "AssumeRolePolicyDocument",
              trustOfEverybody());

      assertThat(reply.code()).isEqualTo("InvalidInput");
      assertThat(reply.message())
          .isEqualTo(
              "Path prefix '/aws-service-role/' can only be used for AWS Service linked Roles");
    }
  }

  @Test
  void an_ordinary_role_is_not_deleted_as_one_of_a_service() {
    String arn =
        people.role("{\"Effect\":\"Deny\",\"Action\":\"sts:AssumeRole\",\"Principal\":\"*\"}");
    String name = arn.substring(arn.lastIndexOf('/') + 1);

    assertThatThrownBy(() -> delete(name))
        .isInstanceOf(NoSuchEntityException.class)
        .hasMessageContaining(
            "The service-linked role with name %s cannot be found.".formatted(name));
    assertThat(iam.getRole(r -> r.roleName(name)).role().arn()).isEqualTo(arn);
  }

  @Test
  void a_deletion_that_nobody_asked_for() {
    Role role = linked();
    String task = delete(role.roleName());
    String invented = task.substring(0, task.lastIndexOf('/') + 1) + UUID.randomUUID();

    assertThatThrownBy(
            () -> iam.getServiceLinkedRoleDeletionStatus(r -> r.deletionTaskId(invented)))
        .isInstanceOf(NoSuchEntityException.class)
        .hasMessageContaining("The deletion task with id %s cannot be found.".formatted(invented));
    for (String bad :
        List.of(
            "x", "task/aws-service-role/a/b", "task/aws-service-role/a/b/c/d", "task/role/a/b/c")) {
      assertThatThrownBy(() -> iam.getServiceLinkedRoleDeletionStatus(r -> r.deletionTaskId(bad)))
          .as(bad)
          .isInstanceOf(InvalidInputException.class);
    }
  }

  @Test
  void policies_see_the_service_and_the_role() {
    Person person = people.user();
    people.allow(
        person,
        """
        {"Effect": "Allow", "Action": "iam:*ServiceLinkedRole*",
         "Resource": "arn:aws:iam::*:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleFor*",
         "Condition": {"StringLikeIfExists": {"iam:AWSServiceName": "autoscaling.amazonaws.com"}}}
        """);
    String suffix = suffix();

    Reply made =
        wire.iam(
            person.key(),
            "CreateServiceLinkedRole",
            "AWSServiceName",
            SCALING,
            "CustomSuffix",
            suffix);
    Reply other =
        wire.iam(person.key(), "CreateServiceLinkedRole", "AWSServiceName", "rds.amazonaws.com");
    Reply deleted =
        wire.iam(
            person.key(),
            "DeleteServiceLinkedRole",
            "RoleName",
            "AWSServiceRoleForAutoScaling_" + suffix);
    Reply status =
        wire.iam(
            person.key(),
            "GetServiceLinkedRoleDeletionStatus",
            "DeletionTaskId",
            deleted.text("DeletionTaskId"));

    assertThat(made.code()).isEqualTo("OK");
    assertThat(other.code()).isEqualTo("AccessDenied");
    assertThat(status.text("Status")).isEqualTo("SUCCEEDED");
  }

  @Test
  void of_many_at_once_one_makes_it_and_one_deletes_it() throws Exception {
    String suffix = suffix();
    String name = "AWSServiceRoleForAutoScaling_" + suffix;

    List<String> made =
        atOnce(
            () ->
                admin(
                    "CreateServiceLinkedRole", "AWSServiceName", SCALING, "CustomSuffix", suffix));
    List<String> deleted = atOnce(() -> admin("DeleteServiceLinkedRole", "RoleName", name));

    assertThat(Collections.frequency(made, "OK")).as("%s", made).isEqualTo(1);
    assertThat(Collections.frequency(made, "InvalidInput")).isEqualTo(7);
    assertThat(Collections.frequency(deleted, "OK")).as("%s", deleted).isEqualTo(1);
    assertThat(Collections.frequency(deleted, "NoSuchEntity")).isEqualTo(7);
  }

  private static List<String> atOnce(Callable<Reply> call) throws Exception {
    List<String> codes = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (var done : threads.invokeAll(Collections.nCopies(8, call))) {
        codes.add(done.get().code());
      }
    }
    return codes;
  }
}
