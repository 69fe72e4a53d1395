package dev.daypass.broker.mfa;

import dev.daypass.wire.Arn;
import java.time.Instant;
import java.util.Optional;

/// An MFA device, without its secrets.
///
/// @param userId whose it is, once it is enabled
/// @param failures wrong codes since the last right one
public record Device(
    Kind kind,
    String serialNumber,
    String account,
    Optional<String> userId,
    int failures,
    Optional<Instant> enabledAt) {
  /// What a device proves a person with.
  public enum Kind {
    /// Codes, by a seed that an app keeps.
    VIRTUAL,
    /// Signatures, by a key that a security key or passkey keeps.
    FIDO
  }

  /// By what devices are in order: the serial number without what all of an account begin with,
  /// which would make it too long for a marker.
  String place() {
    return serialNumber.substring(serialNumber(account, "").length());
  }

  /// The serial number at this place of the account.
  static String serialNumber(String account, String place) {
    return Arn.iam(account, place).toString();
  }

  /// Whether it has codes.
  public boolean virtual() {
    return kind == Kind.VIRTUAL;
  }
}
