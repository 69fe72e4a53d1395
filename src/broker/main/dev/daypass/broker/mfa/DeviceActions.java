package dev.daypass.broker.mfa;

import static dev.daypass.wire.ErrorCode.ACCESS_DENIED;
import static dev.daypass.wire.ErrorCode.DELETE_CONFLICT;
import static dev.daypass.wire.ErrorCode.ENTITY_ALREADY_EXISTS;
import static dev.daypass.wire.ErrorCode.VALIDATION_ERROR;
import static dev.daypass.wire.Nothing.NOTHING;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Target;
import dev.daypass.broker.database.Page;
import dev.daypass.broker.database.Quota;
import dev.daypass.broker.revocations.Revocations;
import dev.daypass.broker.tags.PostgresTags;
import dev.daypass.broker.users.PostgresUsers;
import dev.daypass.broker.users.User;
import dev.daypass.broker.users.UserActions;
import dev.daypass.wire.Arn;
import dev.daypass.wire.Base32;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.Secret;
import dev.daypass.wire.iam.DeviceMessages.CreateVirtualMFADevice;
import dev.daypass.wire.iam.DeviceMessages.DeactivateMFADevice;
import dev.daypass.wire.iam.DeviceMessages.DeleteVirtualMFADevice;
import dev.daypass.wire.iam.DeviceMessages.EnableMFADevice;
import dev.daypass.wire.iam.DeviceMessages.GetMFADevice;
import dev.daypass.wire.iam.DeviceMessages.ListMFADevices;
import dev.daypass.wire.iam.DeviceMessages.MfaDevice;
import dev.daypass.wire.iam.DeviceMessages.NewVirtualMfaDevice;
import dev.daypass.wire.iam.DeviceMessages.ResyncMFADevice;
import dev.daypass.wire.iam.Path;
import dev.daypass.wire.iam.SerialNumber;
import dev.daypass.wire.iam.UserName;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What callers can do to MFA devices. Security keys and passkeys are made elsewhere: IAM has no
/// action for it.
@Singleton
public final class DeviceActions {
  /// AWS's seeds are 64 Base32 characters: 40 bytes.
  static final int SEED_BYTES = 40;

  /// How long ago a second factor may have been proven to add another.
  private static final Duration FRESH = Duration.ofMinutes(15);

  private final PostgresDevices devices;
  private final PostgresTags tags;
  private final PostgresUsers users;
  private final CodePairs codes;
  private final SecureRandom random;
  private final Revocations revocations;

  DeviceActions(
      PostgresDevices devices,
      PostgresTags tags,
      PostgresUsers users,
      CodePairs codes,
      SecureRandom random,
      Revocations revocations) {
    this.revocations = revocations;
    this.devices = devices;
    this.tags = tags;
    this.users = users;
    this.codes = codes;
    this.random = random;
  }

  /// The device a call is about.
  public Uni<Target> target(Caller caller, SerialNumber serialNumber) {
    return tags.of(serialNumber.value())
        .map(own -> Target.tagged(serialNumber.value(), caller.account(), own));
  }

  /// Where a device is to be.
  public Uni<Target> created(Caller caller, CreateVirtualMFADevice request) {
    return Uni.createFrom()
        .item(
            Target.of(serialNumber(caller, request), caller.account())
                .with(PostgresTags.context(request.tags())));
  }

  public Uni<Target> listed(Caller caller) {
    return Uni.createFrom()
        .item(Target.of(Arn.iam(caller.account(), "mfa/").toString(), caller.account()));
  }

  private static String serialNumber(Caller caller, CreateVirtualMFADevice request) {
    String path = request.path().map(Path::value).orElse("/");
    String arn =
        Arn.iam(caller.account(), "mfa" + path + request.virtualMfaDeviceName()).toString();
    if (arn.length() > SerialNumber.LONGEST) {
      // Nothing that takes a serial number would take this one.
      throw VALIDATION_ERROR.error(
          "The serial number %s has more than %d characters.".formatted(arn, SerialNumber.LONGEST));
    }
    return arn;
  }

  /// The seed is shown in this answer and never again.
  public Uni<CreateVirtualMFADevice.Result> create(Caller caller, CreateVirtualMFADevice request) {
    String serialNumber = serialNumber(caller, request);
    byte[] random40 = new byte[SEED_BYTES];
    random.nextBytes(random40);
    String seed = Base32.encode(random40);
    return devices
        .find(caller.account(), serialNumber)
        .invoke(
            taken -> {
              if (taken.isPresent()) {
                throw ENTITY_ALREADY_EXISTS.error(
                    "MFADevice entity at the same path and name already exists.");
              }
            })
        .chain(() -> devices.add(caller.account(), serialNumber, Secret.of(seed)))
        .chain(() -> tags.put(serialNumber, request.tags()))
        .map(
            _ ->
                new NewVirtualMfaDevice(
                    serialNumber,
                    base64(seed.getBytes(StandardCharsets.US_ASCII)),
                    base64(
                        QrCode.png(
                            uri(
                                caller.account(),
                                request.virtualMfaDeviceName().toString(),
                                seed))),
                    request.tags().isEmpty() ? Optional.empty() : Optional.of(request.tags())))
        .map(CreateVirtualMFADevice.Result::new);
  }

  private static Secret base64(byte[] bytes) {
    return Secret.of(Base64.getEncoder().encodeToString(bytes));
  }

  /// @see <a href="https://github.com/google/google-authenticator/wiki/Key-Uri-Format">Key URI
  ///   format</a>
  static String uri(String account, String deviceName, String seed) {
    String label = deviceName + "@" + account;
    return "otpauth://totp/Daypass:%s?secret=%s&issuer=Daypass"
        .formatted(URLEncoder.encode(label, StandardCharsets.UTF_8).replace("+", "%20"), seed);
  }

  public Uni<Nothing> enable(Caller caller, EnableMFADevice request) {
    return users
        .get(caller.account(), request.userName().value())
        .call(user -> devices.of(user.id()).invoke(DeviceActions::checkQuota))
        .chain(
            user ->
                codes
                    .step(
                        user,
                        request.serialNumber().value(),
                        new CodePairs.Pair(
                            request.authenticationCode1(), request.authenticationCode2()),
                        caller.origin().time())
                    .chain(step -> enable(caller, request, user, step)))
        .replaceWith(NOTHING);
  }

  /// Refuses one more than a user may have, of both kinds together.
  public static void checkQuota(List<Device> present) {
    Quota.MFA_DEVICES_PER_USER.check(present.size() + 1L);
  }

  /// Refuses to let somebody add a device who has one and has not proven it of late: a stolen
  /// password, or a sign-in left open, would be enough.
  public static void refuseStale(Caller caller, List<Device> present) {
    Instant oldest = caller.origin().time().minus(FRESH);
    boolean fresh = caller.mfaAt().filter(at -> !at.isBefore(oldest)).isPresent();
    if (!present.isEmpty() && !fresh) {
      throw ACCESS_DENIED.error(
          "To add a device, sign in with one of those you have, at most 15 minutes ago.");
    }
  }

  private Uni<Void> enable(Caller caller, EnableMFADevice request, User user, long step) {
    return devices
        .enable(request.serialNumber().value(), user.id(), step, caller.origin().time())
        .invoke(
            enabled -> {
              if (enabled == 0) {
                throw ENTITY_ALREADY_EXISTS.error("MFA Device is already in use.");
              }
            })
        .replaceWithVoid();
  }

  public Uni<Nothing> resync(Caller caller, ResyncMFADevice request) {
    return assigned(caller, Optional.of(request.userName()), request.serialNumber())
        .chain(
            owner ->
                codes
                    .step(
                        owner.user(),
                        request.serialNumber().value(),
                        new CodePairs.Pair(
                            request.authenticationCode1(), request.authenticationCode2()),
                        caller.origin().time())
                    .chain(
                        step ->
                            devices.use(owner.device().serialNumber(), owner.user().id(), step)))
        .invoke(
            used -> {
              if (!used) {
                throw CodePairs.wrong();
              }
            })
        .replaceWith(NOTHING);
  }

  /// Whoever is signed in with it is so no more.
  public Uni<Nothing> deactivate(Caller caller, DeactivateMFADevice request) {
    return assigned(caller, request.userName(), request.serialNumber())
        .call(owner -> devices.takeAway(owner.device(), owner.user().id()))
        .chain(owner -> revocations.endSignIns(owner.user().id(), caller.origin().time()))
        .replaceWith(NOTHING);
  }

  public Uni<Nothing> delete(Caller caller, DeleteVirtualMFADevice request) {
    return devices
        .find(caller.account(), request.serialNumber().value())
        .map(found -> found.filter(Device::virtual))
        .map(found -> found.orElseThrow(() -> unknown(request.serialNumber())))
        .invoke(
            device -> {
              if (device.userId().isPresent()) {
                throw DELETE_CONFLICT.error("MFA VirtualDevice in use. Must deactivate first.");
              }
            })
        .call(device -> tags.removeAll(device.serialNumber()))
        .chain(device -> devices.remove(device.serialNumber()))
        .replaceWith(NOTHING);
  }

  public Uni<GetMFADevice.Result> get(Caller caller, GetMFADevice request) {
    return assigned(caller, request.userName(), request.serialNumber())
        .map(
            owner ->
                new GetMFADevice.Result(
                    Optional.of(owner.user().name()),
                    owner.device().serialNumber(),
                    owner.device().enabledAt(),
                    certifications(owner.device())));
  }

  /// What is known of a security key's certification: nothing, as none is asked to attest itself.
  private static Optional<Map<String, String>> certifications(Device device) {
    return switch (device.kind()) {
      case VIRTUAL -> Optional.empty();
      case FIDO -> Optional.of(Map.of());
    };
  }

  public Uni<ListMFADevices.Result> list(Caller caller, ListMFADevices request) {
    if (UserActions.isRoot(caller, request.userName())) {
      return Uni.createFrom().item(new ListMFADevices.Result(List.of(), false, Optional.empty()));
    }
    Page.Wanted wanted = Page.Wanted.of(request.marker(), request.maxItems());
    return users
        .get(caller.account(), UserActions.nameOrOwn(caller, request.userName()))
        .chain(
            user ->
                devices
                    .of(user.id())
                    .map(
                        all ->
                            Page.cut(all, wanted, Device::place)
                                .map(device -> shown(user, device))))
        .map(page -> new ListMFADevices.Result(page.items(), page.isTruncated(), page.marker()));
  }

  private static MfaDevice shown(User user, Device device) {
    return new MfaDevice(
        user.name(), device.serialNumber(), device.enabledAt().orElse(Instant.EPOCH));
  }

  private record Assigned(User user, Device device) {}

  private Uni<Assigned> assigned(
      Caller caller, Optional<UserName> userName, SerialNumber serialNumber) {
    return users
        .get(caller.account(), UserActions.nameOrOwn(caller, userName))
        .chain(
            user ->
                devices
                    .find(caller.account(), serialNumber.value())
                    .map(
                        found ->
                            found
                                .filter(device -> device.userId().equals(Optional.of(user.id())))
                                .orElseThrow(() -> unknown(serialNumber)))
                    .map(device -> new Assigned(user, device)));
  }

  static RuntimeException unknown(SerialNumber serialNumber) {
    return CodePairs.unknown(serialNumber.value());
  }
}
