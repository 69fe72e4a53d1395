package dev.daypass.broker.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.broker.People.Device;
import software.amazon.awssdk.services.iam.model.AssignmentStatusType;
import software.amazon.awssdk.services.iam.model.DeleteConflictException;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.VirtualMFADevice;

/// Virtual MFA devices and their tags.
final class VirtualDeviceStories implements Stories {

  private static String unknown(String serialNumber) {
    return "MFA Device with serial number " + serialNumber + " does not exist.";
  }

  @Answers("CreateVirtualMFADevice")
  void the_answer_has_the_seed_a_picture_of_it_and_the_tags(Aws aws) {
    String name = aws.name();

    VirtualMFADevice made =
        aws.iam()
            .createVirtualMFADevice(
                r -> r.virtualMFADeviceName(name).path("/a/").tags(Aws.tag("a", "b")))
            .virtualMFADevice();

    assertThat(made.serialNumber()).isEqualTo(Aws.arn("mfa/a/" + name));
    assertThat(made.base32StringSeed().asUtf8String()).matches("[A-Z2-7]{64}");
    assertThat(made.qrCodePNG().asByteArray()).startsWith(0x89, 'P', 'N', 'G');
    assertThat(made.tags()).containsExactly(Aws.tag("a", "b"));
    assertThat(made.user()).isNull();
    assertThat(made.enableDate()).isNull();
  }

  @Refuses("CreateVirtualMFADevice")
  void a_name_that_is_taken(Aws aws) {
    String name = aws.name();
    aws.iam().createVirtualMFADevice(r -> r.virtualMFADeviceName(name));

    Aws.assertRefused(
        EntityAlreadyExistsException.class,
        "EntityAlreadyExists",
        "MFADevice entity at the same path and name already exists.",
        () -> aws.iam().createVirtualMFADevice(r -> r.virtualMFADeviceName(name)));
  }

  @Answers("ListVirtualMFADevices")
  void those_that_somebody_has_and_those_that_nobody_has_without_seeds_and_tags(Aws aws) {
    String user = aws.user();
    String assigned = DeviceStories.enabled(aws, user).serialNumber();
    String free = DeviceStories.device(aws).serialNumber();
    aws.iam().tagMFADevice(r -> r.serialNumber(assigned).tags(Aws.tag("a", "b")));

    VirtualMFADevice had = listed(aws, AssignmentStatusType.ASSIGNED, assigned);
    VirtualMFADevice unassigned = listed(aws, AssignmentStatusType.UNASSIGNED, free);

    assertThat(had.user().arn()).isEqualTo(Aws.arn("user/" + user));
    Aws.assertRecent(had.enableDate());
    assertThat(had.base32StringSeed()).isNull();
    assertThat(had.qrCodePNG()).isNull();
    assertThat(had.hasTags()).isFalse();
    assertThat(unassigned.user()).isNull();
    assertThat(unassigned.enableDate()).isNull();
    assertThat(aws.iam().listVirtualMFADevices(r -> r.maxItems(1)).isTruncated()).isTrue();
  }

  private static VirtualMFADevice listed(Aws aws, AssignmentStatusType status, String number) {
    return aws
        .iam()
        .listVirtualMFADevicesPaginator(r -> r.assignmentStatus(status))
        .virtualMFADevices()
        .stream()
        .filter(device -> device.serialNumber().equals(number))
        .findFirst()
        .orElseThrow();
  }

  @Refuses("ListVirtualMFADevices")
  void a_status_there_is_not(Aws aws) {
    Aws.assertRefused(
        IamException.class,
        "ValidationError",
        "at 'assignmentStatus' failed to satisfy constraint: Member must satisfy enum value set",
        () -> aws.iam().listVirtualMFADevices(r -> r.assignmentStatus("Lost")));
  }

  @Answers("DeleteVirtualMFADevice")
  void a_device_that_nobody_has_goes_with_its_tags(Aws aws) {
    String serialNumber = DeviceStories.device(aws).serialNumber();
    aws.iam().tagMFADevice(r -> r.serialNumber(serialNumber).tags(Aws.tag("a", "b")));

    aws.iam().deleteVirtualMFADevice(r -> r.serialNumber(serialNumber));

    String name = serialNumber.substring(serialNumber.lastIndexOf('/') + 1);
    aws.iam().createVirtualMFADevice(r -> r.virtualMFADeviceName(name));
    assertThat(aws.iam().listMFADeviceTags(r -> r.serialNumber(serialNumber)).tags()).isEmpty();
  }

  @Refuses("DeleteVirtualMFADevice")
  void a_device_that_somebody_has_stays(Aws aws) {
    Device device = DeviceStories.enabled(aws, aws.user());

    Aws.assertRefused(
        DeleteConflictException.class,
        "DeleteConflict",
        "MFA VirtualDevice in use. Must deactivate first.",
        () -> aws.iam().deleteVirtualMFADevice(r -> r.serialNumber(device.serialNumber())));
  }

  @Answers("TagMFADevice")
  @Answers("UntagMFADevice")
  @Answers("ListMFADeviceTags")
  void tags_come_page_by_page_and_go(Aws aws) {
    String serialNumber = DeviceStories.device(aws).serialNumber();

    aws.iam()
        .tagMFADevice(r -> r.serialNumber(serialNumber).tags(Aws.tag("a", "1"), Aws.tag("b", "2")));
    var first = aws.iam().listMFADeviceTags(r -> r.serialNumber(serialNumber).maxItems(1));
    aws.iam().untagMFADevice(r -> r.serialNumber(serialNumber).tagKeys("a"));

    assertThat(first.tags()).containsExactly(Aws.tag("a", "1"));
    assertThat(first.isTruncated()).isTrue();
    assertThat(aws.iam().listMFADeviceTags(r -> r.serialNumber(serialNumber)).tags())
        .extracting(Tag::key)
        .containsExactly("b");
  }

  @Refuses("TagMFADevice")
  @Refuses("UntagMFADevice")
  @Refuses("ListMFADeviceTags")
  void tags_of_no_device(Aws aws) {
    String none = Aws.arn("mfa/" + aws.name());

    Aws.assertUnknown(
        unknown(none),
        () -> aws.iam().tagMFADevice(r -> r.serialNumber(none).tags(Aws.tag("a", "b"))),
        () -> aws.iam().untagMFADevice(r -> r.serialNumber(none).tagKeys("a")),
        () -> aws.iam().listMFADeviceTags(r -> r.serialNumber(none)));
  }
}
