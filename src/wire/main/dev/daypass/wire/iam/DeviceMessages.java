package dev.daypass.wire.iam;

import dev.daypass.wire.AtMost;
import dev.daypass.wire.Named;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.Request;
import dev.daypass.wire.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What travels between a client and IAM about MFA devices.
public final class DeviceMessages {
  private DeviceMessages() {}

  public record CreateVirtualMFADevice(
      Optional<Path> path,
      @Named("VirtualMFADeviceName") DeviceName virtualMfaDeviceName,
      @AtMost(50) List<Tag> tags)
      implements Request<CreateVirtualMFADevice.Result> {
    public record Result(@Named("VirtualMFADevice") NewVirtualMfaDevice virtualMfaDevice) {}
  }

  public record EnableMFADevice(
      UserName userName,
      SerialNumber serialNumber,
      AuthenticationCode authenticationCode1,
      AuthenticationCode authenticationCode2)
      implements Request<Nothing> {}

  public record ResyncMFADevice(
      UserName userName,
      SerialNumber serialNumber,
      AuthenticationCode authenticationCode1,
      AuthenticationCode authenticationCode2)
      implements Request<Nothing> {}

  public record DeactivateMFADevice(Optional<UserName> userName, SerialNumber serialNumber)
      implements Request<Nothing> {}

  public record DeleteVirtualMFADevice(SerialNumber serialNumber) implements Request<Nothing> {}

  public record GetMFADevice(SerialNumber serialNumber, Optional<UserName> userName)
      implements Request<GetMFADevice.Result> {
    public record Result(
        Optional<String> userName,
        String serialNumber,
        Optional<Instant> enableDate,
        Optional<Map<String, String>> certifications) {}
  }

  public record ListMFADevices(
      Optional<UserName> userName, Optional<Marker> marker, Optional<MaxItems> maxItems)
      implements Request<ListMFADevices.Result> {
    public record Result(
        @Named("MFADevices") List<MfaDevice> mfaDevices,
        boolean isTruncated,
        Optional<String> marker) {}
  }

  public record ListVirtualMFADevices(
      Optional<AssignmentStatus> assignmentStatus,
      Optional<Marker> marker,
      Optional<MaxItems> maxItems)
      implements Request<ListVirtualMFADevices.Result> {
    public record Result(
        @Named("VirtualMFADevices") List<VirtualMfaDevice> virtualMfaDevices,
        boolean isTruncated,
        Optional<String> marker) {}
  }

  public record TagMFADevice(SerialNumber serialNumber, @AtMost(50) List<Tag> tags)
      implements Request<Nothing> {}

  public record UntagMFADevice(SerialNumber serialNumber, @AtMost(50) List<TagKey> tagKeys)
      implements Request<Nothing> {}

  public record ListMFADeviceTags(
      SerialNumber serialNumber, Optional<Marker> marker, Optional<MaxItems> maxItems)
      implements Request<TagPage> {}

  public record MfaDevice(String userName, String serialNumber, Instant enableDate) {}

  /// Lists leave out the tags.
  public record VirtualMfaDevice(
      String serialNumber, Optional<UserMessages.User> user, Optional<Instant> enableDate) {}

  /// The seed and its QR code, Base64 of the Base32 text and of a PNG: shown this once.
  public record NewVirtualMfaDevice(
      String serialNumber,
      Secret base32StringSeed,
      @Named("QRCodePNG") Secret qrCodePng,
      Optional<List<Tag>> tags) {}
}
