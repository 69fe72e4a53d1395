package dev.daypass.broker.mfa;

import static dev.daypass.wire.ErrorCode.ACCESS_DENIED;
import static dev.daypass.wire.ErrorCode.NO_SUCH_ENTITY;
import static dev.daypass.wire.ErrorCode.VALIDATION_ERROR;

import dev.daypass.broker.throttle.Throttle;
import dev.daypass.wire.Secret;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// The one gate through which every code goes, by whatever way it comes: throttled, at most a
/// hundred wrong ones in a row (NIST SP 800-63B §3.2.2), within one step of the clock, and used
/// once.
@Singleton
public final class Codes {
  private static final long DRIFT = 1;
  private static final int MOST_FAILURES = 100;

  /// How often one may guess, for a user.
  static final Throttle.Rate RATE = new Throttle.Rate(10, Duration.ofSeconds(90));

  private final PostgresDevices devices;
  private final Throttle throttle;

  Codes(PostgresDevices devices, Throttle throttle) {
    this.devices = devices;
    this.throttle = throttle;
  }

  /// The devices a user can prove itself with by a code.
  public Uni<List<Device>> devices(String userId) {
    return devices.of(userId).map(all -> all.stream().filter(Device::virtual).toList());
  }

  /// The device that is meant. Fails with `NoSuchEntity` where the user has none that shows codes,
  /// and with `ValidationError` where one of several has to be named.
  ///
  /// @param chosen its serial number; absent for the only one there is
  public Uni<String> serialNumber(String userId, Optional<String> chosen) {
    return chosen
        .map(serial -> Uni.createFrom().item(serial))
        .orElseGet(() -> devices(userId).map(Codes::only));
  }

  private static String only(List<Device> devices) {
    if (devices.isEmpty()) {
      throw NO_SUCH_ENTITY.error("You have no device that shows codes.");
    }
    if (devices.size() > 1) {
      throw VALIDATION_ERROR.error(
          "You have more than one device that shows codes. Name one: "
              + String.join(", ", devices.stream().map(Device::serialNumber).toList()));
    }
    return devices.getFirst().serialNumber();
  }

  /// Those of these users who have a device.
  public Uni<Set<String>> protectedUsers(List<String> userIds) {
    return devices.owners(userIds);
  }

  /// Uses up a code of a user's device. Fails with `AccessDenied` in AWS's words for a device that
  /// is not the user's, and for a code that is wrong or was used; as [Throttle#take] for one too
  /// many.
  public Uni<Void> use(
      String account, String userId, String serialNumber, Secret code, Instant now) {
    return devices
        .find(account, serialNumber)
        .map(
            found ->
                found
                    .filter(Device::virtual)
                    .filter(device -> device.userId().filter(userId::equals).isPresent())
                    .orElseThrow(Codes::unknownDevice))
        .invoke(Codes::refuseLocked)
        // Counted for the user, so that more devices do not mean more guesses.
        .call(() -> throttle.take("code:" + userId, RATE))
        .chain(device -> check(device, userId, code, now));
  }

  private Uni<Void> check(Device device, String userId, Secret code, Instant now) {
    return devices
        .totp(device.account(), device.serialNumber())
        .map(totp -> totp.orElseThrow(Codes::unknownDevice).stepOf(code, now, DRIFT))
        .chain(step -> use(device, userId, step))
        .chain(
            used ->
                used
                    ? Uni.createFrom().voidItem()
                    : devices.countFailure(device.serialNumber()).invoke(Codes::refuseCode));
  }

  private Uni<Boolean> use(Device device, String userId, OptionalLong step) {
    return step.isPresent()
        ? devices.use(device.serialNumber(), userId, step.getAsLong())
        : Uni.createFrom().item(false);
  }

  private static void refuseLocked(Device device) {
    if (device.failures() >= MOST_FAILURES) {
      throw unknownDevice();
    }
  }

  private static RuntimeException unknownDevice() {
    return ACCESS_DENIED.error(
        "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA"
            + " serial number is valid and associated with this user.");
  }

  private static void refuseCode() {
    throw ACCESS_DENIED.error(
        "MultiFactorAuthentication failed with invalid MFA one time pass code. ");
  }
}
