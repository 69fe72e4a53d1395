package dev.daypass.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.EntityType;
import software.amazon.awssdk.services.iam.model.GetAccountAuthorizationDetailsResponse;
import software.amazon.awssdk.services.iam.model.GroupDetail;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.ManagedPolicyDetail;
import software.amazon.awssdk.services.iam.model.PolicyVersion;
import software.amazon.awssdk.services.iam.model.RoleDetail;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.UserDetail;

/// The whole of an account's permissions, as policy analysers and backups read it.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class AuthorizationDetailsTest {
  private static final String ALLOW =
      People.document("{\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": \"*\"}");
  private static final String TRUST =
      People.document(
          "{\"Effect\": \"Allow\", \"Principal\": {\"Service\": \"ec2.amazonaws.com\"}, \"Action\": \"sts:AssumeRole\"}");
  private static final String READ_ONLY = "arn:aws:iam::aws:policy/IAMReadOnlyAccess";

  @TestHTTPResource URI server;
  private IamClient iam;
  private final String name = "all-" + UUID.randomUUID();

  @BeforeEach
  void begin() {
    iam = Sdk.iam(new Wire(server.getPort()).server());
  }

  private List<GetAccountAuthorizationDetailsResponse> pages(int size, EntityType... filter) {
    return iam
        .getAccountAuthorizationDetailsPaginator(r -> r.maxItems(size).filter(filter))
        .stream()
        .toList();
  }

  private static String decoded(String document) {
    return URLDecoder.decode(document, StandardCharsets.UTF_8);
  }

  @Test
  void a_user_with_everything_it_was_given() {
    iam.createUser(
        r ->
            r.userName(name)
                .permissionsBoundary(READ_ONLY)
                .tags(Tag.builder().key("k").value("v").build()));
    iam.createGroup(r -> r.groupName(name));
    iam.addUserToGroup(r -> r.userName(name).groupName(name));
    iam.putUserPolicy(r -> r.userName(name).policyName("inline").policyDocument(ALLOW));
    iam.attachUserPolicy(r -> r.userName(name).policyArn(READ_ONLY));

    UserDetail user =
        pages(100, EntityType.USER).stream()
            .flatMap(page -> page.userDetailList().stream())
            .filter(found -> found.userName().equals(name))
            .findFirst()
            .orElseThrow();

    assertThat(user.groupList()).containsExactly(name);
    assertThat(user.permissionsBoundary().permissionsBoundaryArn()).isEqualTo(READ_ONLY);
    assertThat(user.tags()).hasSize(1);
    assertThat(user.attachedManagedPolicies())
        .singleElement()
        .satisfies(attached -> assertThat(attached.policyArn()).isEqualTo(READ_ONLY));
    assertThat(decoded(user.userPolicyList().getFirst().policyDocument())).isEqualTo(ALLOW);
  }

  @Test
  void a_group_a_role_in_a_profile_and_a_policy_with_its_versions() {
    iam.createGroup(r -> r.groupName(name));
    iam.putGroupPolicy(r -> r.groupName(name).policyName("inline").policyDocument(ALLOW));
    iam.createRole(r -> r.roleName(name).assumeRolePolicyDocument(TRUST));
    iam.createInstanceProfile(r -> r.instanceProfileName(name));
    iam.addRoleToInstanceProfile(r -> r.instanceProfileName(name).roleName(name));
    String arn =
        iam.createPolicy(r -> r.policyName(name).description("d").policyDocument(ALLOW))
            .policy()
            .arn();
    iam.createPolicyVersion(r -> r.policyArn(arn).policyDocument(ALLOW).setAsDefault(true));
    iam.attachRolePolicy(r -> r.roleName(name).policyArn(arn));

    GroupDetail group = null;
    RoleDetail role = null;
    ManagedPolicyDetail policy = null;
    for (var page : pages(100)) {
      group =
          page.groupDetailList().stream()
              .filter(g -> g.groupName().equals(name))
              .findFirst()
              .orElse(group);
      role =
          page.roleDetailList().stream()
              .filter(r -> r.roleName().equals(name))
              .findFirst()
              .orElse(role);
      policy = page.policies().stream().filter(p -> p.arn().equals(arn)).findFirst().orElse(policy);
    }

    assertThat(group.groupPolicyList()).hasSize(1);
    assertThat(role.instanceProfileList().getFirst().instanceProfileName()).isEqualTo(name);
    assertThat(decoded(role.assumeRolePolicyDocument())).isEqualTo(TRUST);
    assertThat(role.attachedManagedPolicies().getFirst().policyArn()).isEqualTo(arn);
    assertThat(policy.defaultVersionId()).isEqualTo("v2");
    assertThat(policy.attachmentCount()).isOne();
    assertThat(policy.description()).isEqualTo("d");
    assertThat(policy.policyVersionList())
        .extracting(PolicyVersion::versionId)
        .containsExactly("v2", "v1");
  }

  @Test
  void pages_of_any_size_hold_everything_once_in_one_order() {
    for (int i = 0; i < 3; i++) {
      String each = name + i;
      iam.createUser(r -> r.userName(each));
      iam.createGroup(r -> r.groupName(each));
      iam.createRole(r -> r.roleName(each).assumeRolePolicyDocument(TRUST));
      iam.createPolicy(r -> r.policyName(each).policyDocument(ALLOW));
    }

    List<String> whole = arns(pages(1000));

    assertThat(whole).doesNotHaveDuplicates();
    assertThat(whole.stream().filter(arn -> arn.contains(name))).hasSize(12);
    assertThat(arns(pages(1))).isEqualTo(whole);
    assertThat(arns(pages(7))).isEqualTo(whole);
    assertThat(pages(7)).allMatch(page -> arns(List.of(page)).size() <= 7);
  }

  private static List<String> arns(List<GetAccountAuthorizationDetailsResponse> pages) {
    List<String> arns = new ArrayList<>();
    for (var page : pages) {
      page.userDetailList().forEach(user -> arns.add(user.arn()));
      page.roleDetailList().forEach(role -> arns.add(role.arn()));
      page.groupDetailList().forEach(group -> arns.add(group.arn()));
      page.policies().forEach(policy -> arns.add(policy.arn()));
    }
    return arns;
  }

  @Test
  void of_the_policies_that_come_with_daypass_those_in_use() {
    iam.createUser(r -> r.userName(name));
    iam.attachUserPolicy(r -> r.userName(name).policyArn(READ_ONLY));

    List<String> arns = arns(pages(100, EntityType.AWS_MANAGED_POLICY));

    assertThat(arns).contains(READ_ONLY);
    assertThat(arns).allMatch(arn -> arn.startsWith("arn:aws:iam::aws:policy/"));
  }

  @Test
  void a_marker_that_no_answer_had_is_refused() {
    assertThatThrownBy(() -> iam.getAccountAuthorizationDetails(r -> r.marker("bm90aGluZw")))
        .isInstanceOf(IamException.class)
        .hasMessageContaining("Invalid Marker");
  }

  /// A thousand policies may have five versions of 6,144 characters each.
  @Test
  void a_page_has_a_hundred_policies_at_most_however_long_it_may_be() {
    String path = "/" + name + "/";
    for (int i = 0; i < 101; i++) {
      String policy = name + "-" + i;
      iam.createPolicy(r -> r.policyName(policy).path(path).policyDocument(ALLOW));
    }

    var pages = pages(1000, EntityType.LOCAL_MANAGED_POLICY);

    assertThat(pages).allSatisfy(page -> assertThat(page.policies()).hasSizeLessThanOrEqualTo(100));
    assertThat(pages.stream().flatMap(page -> page.policies().stream()))
        .filteredOn(policy -> policy.path().equals(path))
        .hasSize(101);
  }
}
