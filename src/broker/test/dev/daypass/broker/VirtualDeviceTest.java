package dev.daypass.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.broker.People.Person;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AssignmentStatusType;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.VirtualMFADevice;

/// Virtual MFA devices as things of their account: pages and tags.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class VirtualDeviceTest {
  @TestHTTPResource URI server;
  private People people;
  private Wire wire;
  private IamClient iam;

  @BeforeEach
  void begin() {
    wire = new Wire(server.getPort());
    people = new People(wire);
    iam = Sdk.iam(wire.server());
  }

  private String made() {
    return iam.createVirtualMFADevice(
            r ->
                r.virtualMFADeviceName("t-" + UUID.randomUUID())
                    .tags(Tag.builder().key("team").value("a").build()))
        .virtualMFADevice()
        .serialNumber();
  }

  @Test
  void tags_come_with_a_device_and_go_with_it() {
    String serial = made();
    iam.tagMFADevice(
        r -> r.serialNumber(serial).tags(Tag.builder().key("more").value("b").build()));
    assertThat(iam.listMFADeviceTags(r -> r.serialNumber(serial)).tags())
        .extracting(Tag::key)
        .containsExactly("more", "team");
    iam.untagMFADevice(r -> r.serialNumber(serial).tagKeys("team"));
    assertThat(iam.listMFADeviceTags(r -> r.serialNumber(serial)).tags()).hasSize(1);

    iam.deleteVirtualMFADevice(r -> r.serialNumber(serial));

    assertThatThrownBy(() -> iam.listMFADeviceTags(r -> r.serialNumber(serial)))
        .isInstanceOf(NoSuchEntityException.class);
  }

  @Test
  void policies_can_ask_for_a_devices_tags() {
    String serial = made();
    Person person = people.user();
    people.allow(
        person,
        """
        {"Effect": "Allow", "Action": "iam:UntagMFADevice", "Resource": "*",
         "Condition": {"StringEquals": {"aws:ResourceTag/team": "b"}}}
        """);

    assertThat(
            wire.iam(
                    person.key(), "UntagMFADevice", "SerialNumber", serial, "TagKeys.member.1", "x")
                .code())
        .isEqualTo("AccessDenied");
  }

  @Test
  void devices_are_listed_page_by_page_by_whether_they_are_somebodys() {
    String free = made();
    Person person = people.user();
    String used = people.device(person).serialNumber();

    assertThat(serials(AssignmentStatusType.ASSIGNED)).contains(used).doesNotContain(free);
    assertThat(serials(AssignmentStatusType.UNASSIGNED)).contains(free).doesNotContain(used);
    VirtualMFADevice shown =
        iam.listVirtualMFADevicesPaginator(r -> r.maxItems(1)).virtualMFADevices().stream()
            .filter(device -> device.serialNumber().equals(used))
            .findFirst()
            .orElseThrow();
    assertThat(shown.user().userName()).isEqualTo(person.name());
  }

  private List<String> serials(AssignmentStatusType status) {
    return iam
        .listVirtualMFADevicesPaginator(r -> r.assignmentStatus(status).maxItems(1))
        .virtualMFADevices()
        .stream()
        .map(VirtualMFADevice::serialNumber)
        .toList();
  }
}
