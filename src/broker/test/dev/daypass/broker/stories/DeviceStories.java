package dev.daypass.broker.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.broker.People.Device;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.InvalidAuthenticationCodeException;
import software.amazon.awssdk.services.iam.model.MFADevice;

/// MFA devices and whose they are.
final class DeviceStories implements Stories {

  static Device device(Aws aws) {
    var made =
        aws.iam()
            .createVirtualMFADevice(r -> r.virtualMFADeviceName(aws.name()))
            .virtualMFADevice();
    return new Device(made.serialNumber(), made.base32StringSeed().asUtf8String());
  }

  /// A device that a user has.
  static Device enabled(Aws aws, String user) {
    Device device = device(aws);
    enable(aws, user, device);
    return device;
  }

  private static void enable(Aws aws, String user, Device device) {
    aws.iam()
        .enableMFADevice(
            r ->
                r.userName(user)
                    .serialNumber(device.serialNumber())
                    .authenticationCode1(device.codeAt(-1))
                    .authenticationCode2(device.codeAt(0)));
  }

  private static void resync(Aws aws, String user, Device device, long step) {
    aws.iam()
        .resyncMFADevice(
            r ->
                r.userName(user)
                    .serialNumber(device.serialNumber())
                    .authenticationCode1(device.codeAt(step))
                    .authenticationCode2(device.codeAt(step + 1)));
  }

  private static String unknown(String serialNumber) {
    return "MFA Device with serial number " + serialNumber + " does not exist.";
  }

  @Answers("EnableMFADevice")
  @Answers("ListMFADevices")
  void a_user_has_a_device_from_then_on(Aws aws) {
    String user = aws.user();
    assertThat(aws.iam().listMFADevices(r -> r.userName(user)).mfaDevices()).isEmpty();

    Device device = enabled(aws, user);

    MFADevice listed = aws.iam().listMFADevices(r -> r.userName(user)).mfaDevices().getFirst();
    assertThat(listed.userName()).isEqualTo(user);
    assertThat(listed.serialNumber()).isEqualTo(device.serialNumber());
    Aws.assertRecent(listed.enableDate());
  }

  @Answers("ListMFADevices")
  void devices_come_page_by_page(Aws aws) {
    String user = aws.user();
    enabled(aws, user);
    enabled(aws, user);

    var first = aws.iam().listMFADevices(r -> r.userName(user).maxItems(1));
    var all = aws.iam().listMFADevicesPaginator(r -> r.userName(user).maxItems(1)).mfaDevices();

    assertThat(first.mfaDevices()).hasSize(1);
    assertThat(first.isTruncated()).isTrue();
    assertThat(all).hasSize(2).doesNotHaveDuplicates();
  }

  @Refuses("EnableMFADevice")
  void wrong_codes_and_a_device_that_somebody_has(Aws aws) {
    String user = aws.user();
    Device device = device(aws);

    Aws.assertRefused(
        InvalidAuthenticationCodeException.class,
        "InvalidAuthenticationCode",
        "Authentication code for device is not valid.",
        () ->
            aws.iam()
                .enableMFADevice(
                    r ->
                        r.userName(user)
                            .serialNumber(device.serialNumber())
                            .authenticationCode1(device.codeAt(0))
                            .authenticationCode2(device.codeAt(0))));
    enable(aws, user, device);
    Aws.assertRefused(
        EntityAlreadyExistsException.class,
        "EntityAlreadyExists",
        "MFA Device is already in use.",
        () -> enable(aws, aws.user(), device));
  }

  @Refuses("ListMFADevices")
  void the_devices_of_nobody(Aws aws) {
    String user = aws.name();

    Aws.assertUnknown(
        "The user with name " + user + " cannot be found.",
        () -> aws.iam().listMFADevices(r -> r.userName(user)));
  }

  @Answers("GetMFADevice")
  void a_device_says_whose_it_is(Aws aws) {
    String user = aws.user();
    Device device = enabled(aws, user);

    var got = aws.iam().getMFADevice(r -> r.userName(user).serialNumber(device.serialNumber()));

    assertThat(got.userName()).isEqualTo(user);
    assertThat(got.serialNumber()).isEqualTo(device.serialNumber());
    assertThat(got.hasCertifications()).isFalse();
    Aws.assertRecent(got.enableDate());
  }

  @Refuses("GetMFADevice")
  @Refuses("ResyncMFADevice")
  @Refuses("DeactivateMFADevice")
  void the_device_of_another(Aws aws) {
    String user = aws.user();
    Device other = enabled(aws, aws.user());

    Aws.assertUnknown(
        unknown(other.serialNumber()),
        () -> aws.iam().getMFADevice(r -> r.userName(user).serialNumber(other.serialNumber())),
        () -> resync(aws, user, other, 1),
        () ->
            aws.iam()
                .deactivateMFADevice(r -> r.userName(user).serialNumber(other.serialNumber())));
  }

  @Answers("ResyncMFADevice")
  void a_clock_that_is_minutes_ahead_is_found_again(Aws aws) {
    String user = aws.user();
    Device device = enabled(aws, user);

    resync(aws, user, device, 10);

    Aws.assertRefused(
        IamException.class, "InvalidAuthenticationCode", "", () -> resync(aws, user, device, 10));
  }

  @Answers("DeactivateMFADevice")
  void a_device_can_be_somebody_elses_then(Aws aws) {
    String user = aws.user();
    Device device = enabled(aws, user);

    aws.iam().deactivateMFADevice(r -> r.userName(user).serialNumber(device.serialNumber()));

    assertThat(aws.iam().listMFADevices(r -> r.userName(user)).mfaDevices()).isEmpty();
    enable(aws, aws.user(), device);
  }
}
