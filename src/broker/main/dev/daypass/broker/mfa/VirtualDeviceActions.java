package dev.daypass.broker.mfa;

import static dev.daypass.wire.Nothing.NOTHING;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.database.Page;
import dev.daypass.broker.tags.PostgresTags;
import dev.daypass.broker.users.PostgresUsers;
import dev.daypass.broker.users.User;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.iam.AssignmentStatus;
import dev.daypass.wire.iam.DeviceMessages.ListMFADeviceTags;
import dev.daypass.wire.iam.DeviceMessages.ListVirtualMFADevices;
import dev.daypass.wire.iam.DeviceMessages.TagMFADevice;
import dev.daypass.wire.iam.DeviceMessages.UntagMFADevice;
import dev.daypass.wire.iam.DeviceMessages.VirtualMfaDevice;
import dev.daypass.wire.iam.SerialNumber;
import dev.daypass.wire.iam.TagPage;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Map;

/// What callers can do to virtual MFA devices as things of their account: list them, and tag them.
@Singleton
public final class VirtualDeviceActions {
  private final PostgresDevices devices;
  private final PostgresUsers users;
  private final PostgresTags tags;

  VirtualDeviceActions(PostgresDevices devices, PostgresUsers users, PostgresTags tags) {
    this.devices = devices;
    this.users = users;
    this.tags = tags;
  }

  public Uni<ListVirtualMFADevices.Result> list(Caller caller, ListVirtualMFADevices request) {
    return devices
        .page(
            caller.account(),
            request.assignmentStatus().orElse(AssignmentStatus.ANY),
            Page.Wanted.of(request.marker(), request.maxItems()))
        .chain(
            page ->
                users
                    .byIds(page.items().stream().flatMap(d -> d.userId().stream()).toList())
                    .map(owners -> page.map(device -> shown(device, owners))))
        .map(
            page ->
                new ListVirtualMFADevices.Result(page.items(), page.isTruncated(), page.marker()));
  }

  /// Lists have no tags.
  private static VirtualMfaDevice shown(Device device, Map<String, User> owners) {
    return new VirtualMfaDevice(
        device.serialNumber(),
        device.userId().map(owners::get).map(User::listed),
        device.enabledAt());
  }

  public Uni<Nothing> tag(Caller caller, TagMFADevice request) {
    return device(caller, request.serialNumber())
        .chain(device -> tags.put(device.serialNumber(), request.tags()))
        .replaceWith(NOTHING);
  }

  public Uni<Nothing> untag(Caller caller, UntagMFADevice request) {
    return device(caller, request.serialNumber())
        .chain(device -> tags.remove(device.serialNumber(), request.tagKeys()))
        .replaceWith(NOTHING);
  }

  public Uni<TagPage> listTags(Caller caller, ListMFADeviceTags request) {
    return device(caller, request.serialNumber())
        .chain(
            device ->
                tags.page(
                    device.serialNumber(), Page.Wanted.of(request.marker(), request.maxItems())));
  }

  private Uni<Device> device(Caller caller, SerialNumber serialNumber) {
    return devices
        .find(caller.account(), serialNumber.value())
        .map(found -> found.filter(Device::virtual))
        .map(found -> found.orElseThrow(() -> DeviceActions.unknown(serialNumber)));
  }
}
