package dev.daypass.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.broker.People.Person;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.EntityType;
import software.amazon.awssdk.services.iam.model.ListEntitiesForPolicyRequest;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyScopeType;
import software.amazon.awssdk.services.iam.model.PolicyUsageType;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.VirtualMFADevice;

/// Lists show what their filters say, and no page has more than was asked for.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class ListsTest {
  private static final String DOCUMENT =
      People.document("{\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": \"*\"}");
  private static final String TRUST =
      People.document(
          "{\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"*\"}, \"Action\": \"sts:AssumeRole\"}");

  @TestHTTPResource URI server;
  private IamClient iam;
  private People people;

  @BeforeEach
  void begin() {
    Wire wire = new Wire(server.getPort());
    people = new People(wire);
    iam = Sdk.iam(wire.server());
  }

  private static String unique(String prefix) {
    return prefix + UUID.randomUUID();
  }

  private String policy(String path) {
    return iam.createPolicy(r -> r.policyName(unique("p-")).path(path).policyDocument(DOCUMENT))
        .policy()
        .arn();
  }

  private String user(String path) {
    String name = unique("u-");
    iam.createUser(r -> r.userName(name).path(path));
    return name;
  }

  private String role(String path) {
    String name = unique("r-");
    iam.createRole(r -> r.roleName(name).path(path).assumeRolePolicyDocument(TRUST));
    return name;
  }

  private List<String> entities(ListEntitiesForPolicyRequest.Builder request) {
    return iam.listEntitiesForPolicyPaginator(request.maxItems(1).build()).stream()
        .peek(
            page ->
                assertThat(
                        page.policyGroups().size()
                            + page.policyUsers().size()
                            + page.policyRoles().size())
                    .isEqualTo(1))
        .flatMap(
            page ->
                Stream.of(
                        page.policyGroups().stream().map(group -> group.groupName()),
                        page.policyUsers().stream().map(user -> user.userName()),
                        page.policyRoles().stream().map(role -> role.roleName()))
                    .flatMap(names -> names))
        .toList();
  }

  @Test
  void the_entities_of_a_policy_by_kind_path_and_use_page_by_page() {
    String arn = policy("/");
    String user = user("/people/");
    String other = user("/");
    String bounded = user("/people/");
    String role = role("/people/");
    String group = unique("g-");
    iam.createGroup(r -> r.groupName(group));
    iam.attachGroupPolicy(r -> r.groupName(group).policyArn(arn));
    iam.attachUserPolicy(r -> r.userName(user).policyArn(arn));
    iam.attachUserPolicy(r -> r.userName(other).policyArn(arn));
    iam.attachRolePolicy(r -> r.roleName(role).policyArn(arn));
    iam.putUserPermissionsBoundary(r -> r.userName(bounded).permissionsBoundary(arn));
    iam.putUserPermissionsBoundary(r -> r.userName(user).permissionsBoundary(arn));

    assertThat(entities(of(arn))).containsExactlyInAnyOrder(group, user, other, bounded, role);
    assertThat(entities(of(arn).pathPrefix("/people/")))
        .containsExactlyInAnyOrder(user, bounded, role);
    assertThat(entities(of(arn).policyUsageFilter(PolicyUsageType.PERMISSIONS_POLICY)))
        .containsExactlyInAnyOrder(group, user, other, role);
    assertThat(entities(of(arn).policyUsageFilter(PolicyUsageType.PERMISSIONS_BOUNDARY)))
        .containsExactlyInAnyOrder(user, bounded);
    assertThat(entities(of(arn).entityFilter(EntityType.ROLE))).containsExactly(role);
    assertThat(entities(of(arn).entityFilter(EntityType.GROUP))).containsExactly(group);
    var empty =
        iam.listEntitiesForPolicy(
            r -> r.policyArn(arn).entityFilter(EntityType.GROUP).pathPrefix("/people/"));
    assertThat(empty.policyGroups()).isEmpty();
    assertThat(empty.isTruncated()).isFalse();
  }

  private static ListEntitiesForPolicyRequest.Builder of(String arn) {
    return ListEntitiesForPolicyRequest.builder().policyArn(arn);
  }

  @Test
  void filters_of_policies_narrow_together() {
    String path = "/" + unique("x") + "/";
    String attached = policy(path);
    String bounding = policy(path);
    String unused = policy(path);
    String user = user("/");
    iam.attachUserPolicy(r -> r.userName(user).policyArn(attached));
    iam.putUserPermissionsBoundary(r -> r.userName(user).permissionsBoundary(bounding));

    assertThat(policies(path, false, null)).containsExactlyInAnyOrder(attached, bounding, unused);
    assertThat(policies(path, true, null)).containsExactly(attached);
    assertThat(policies(path, false, PolicyUsageType.PERMISSIONS_POLICY)).containsExactly(attached);
    assertThat(policies(path, false, PolicyUsageType.PERMISSIONS_BOUNDARY))
        .containsExactly(bounding);
    assertThat(policies(path, true, PolicyUsageType.PERMISSIONS_BOUNDARY)).isEmpty();
    iam.attachUserPolicy(r -> r.userName(user).policyArn(bounding));
    assertThat(policies(path, true, PolicyUsageType.PERMISSIONS_BOUNDARY))
        .containsExactly(bounding);
  }

  private List<String> policies(String path, boolean onlyAttached, PolicyUsageType usage) {
    return iam
        .listPoliciesPaginator(
            r ->
                r.scope(PolicyScopeType.LOCAL)
                    .pathPrefix(path)
                    .onlyAttached(onlyAttached)
                    .policyUsageFilter(usage)
                    .maxItems(1))
        .policies()
        .stream()
        .map(Policy::arn)
        .toList();
  }

  /// AWS's markers have 320 characters at most.
  @Test
  void pages_go_on_behind_long_paths_and_keys() {
    String path = "/" + "long-path-".repeat(50) + "/";
    List<String> arns = IntStream.range(0, 3).mapToObj(_ -> policy(path)).toList();
    String user = user("/");
    arns.forEach(arn -> iam.attachUserPolicy(r -> r.userName(user).policyArn(arn)));

    assertThat(policies(path, false, null)).containsExactlyInAnyOrderElementsOf(arns);
    assertThat(
            iam
                .listAttachedUserPoliciesPaginator(r -> r.userName(user).maxItems(1))
                .attachedPolicies()
                .stream()
                .map(policy -> policy.policyArn()))
        .containsExactlyInAnyOrderElementsOf(arns);
    assertThat(
            iam
                .getAccountAuthorizationDetailsPaginator(
                    r -> r.filter(EntityType.LOCAL_MANAGED_POLICY).maxItems(1))
                .policies()
                .stream()
                .map(policy -> policy.arn()))
        .containsAll(arns);

    List<Tag> tags =
        Stream.of("鍵", "键", "열")
            .map(key -> Tag.builder().key(key.repeat(128)).value("v").build())
            .toList();
    iam.tagUser(r -> r.userName(user).tags(tags));
    assertThat(iam.listUserTagsPaginator(r -> r.userName(user).maxItems(1)).tags())
        .containsExactlyInAnyOrderElementsOf(tags);
  }

  @Test
  void a_virtual_device_with_the_longest_serial_number_is_listed_and_a_longer_one_is_not_made() {
    String arn = "arn:aws:iam::" + People.ACCOUNT + ":mfa";
    String name = unique("d-");
    String longest = "/" + "p".repeat(256 - arn.length() - name.length() - 2) + "/";
    List<String> made =
        Stream.of(name, unique("d-"))
            .map(
                device ->
                    iam.createVirtualMFADevice(r -> r.virtualMFADeviceName(device).path(longest))
                        .virtualMFADevice()
                        .serialNumber())
            .toList();

    assertThat(
            iam.listVirtualMFADevicesPaginator(r -> r.maxItems(1)).virtualMFADevices().stream()
                .map(VirtualMFADevice::serialNumber))
        .containsAll(made);
    Wire wire = new Wire(server.getPort());
    assertThat(
            wire.iam(
                    Wire.Key.ADMIN,
                    "CreateVirtualMFADevice",
                    "VirtualMFADeviceName",
                    name,
                    "Path",
                    "/p" + longest)
                .code())
        .isEqualTo("ValidationError");
  }

  @Test
  void a_list_of_virtual_devices_has_no_tags() {
    String name = unique("d-");
    String serial =
        iam.createVirtualMFADevice(
                r ->
                    r.virtualMFADeviceName(name).tags(Tag.builder().key("team").value("a").build()))
            .virtualMFADevice()
            .serialNumber();

    assertThat(iam.listVirtualMFADevicesPaginator(r -> {}).virtualMFADevices())
        .filteredOn(device -> device.serialNumber().equals(serial))
        .singleElement()
        .satisfies(device -> assertThat(device.hasTags()).isFalse());
    assertThat(iam.listMFADeviceTags(r -> r.serialNumber(serial)).tags()).hasSize(1);
  }

  @Test
  void short_lists_have_pages_too() {
    Person person = people.user();
    iam.createAccessKey(r -> r.userName(person.name()));
    people.device(person);
    people.device(person);
    String arn = policy("/");
    iam.createPolicyVersion(r -> r.policyArn(arn).policyDocument(DOCUMENT));
    iam.createPolicyVersion(r -> r.policyArn(arn).policyDocument(DOCUMENT));

    var keys = iam.listAccessKeys(r -> r.userName(person.name()).maxItems(1));
    assertThat(keys.accessKeyMetadata()).hasSize(1);
    assertThat(keys.isTruncated()).isTrue();
    assertThat(
            iam.listAccessKeysPaginator(r -> r.userName(person.name()).maxItems(1))
                .accessKeyMetadata())
        .hasSize(2);
    var devices = iam.listMFADevices(r -> r.userName(person.name()).maxItems(1));
    assertThat(devices.mfaDevices()).hasSize(1);
    assertThat(iam.listMFADevicesPaginator(r -> r.userName(person.name()).maxItems(1)).mfaDevices())
        .hasSize(2);
    var versions = iam.listPolicyVersions(r -> r.policyArn(arn).maxItems(2));
    assertThat(versions.versions()).hasSize(2);
    assertThat(iam.listPolicyVersionsPaginator(r -> r.policyArn(arn).maxItems(2)).versions())
        .extracting(version -> version.versionId())
        .containsExactly("v3", "v2", "v1");
  }
}
