package dev.daypass.broker.notices;

import java.time.Instant;
import java.util.Optional;

/// Something that happened to what a person signs in with.
///
/// @param by who did it, where it was not the person
/// @param address from where, and `userAgent` with what
public record Notice(
    Event event, Optional<String> by, String address, String userAgent, Instant time) {
  /// What happened.
  public enum Event {
    DEVICE_ADDED("A device was added"),
    DEVICE_REMOVED("A device was removed"),
    RECOVERY_CODES_MADE("Recovery codes were made"),
    RECOVERY_CODE_USED("A recovery code was used to sign in"),
    BEGUN_ANEW("A link was followed that sets another password and another device");

    private final String text;

    Event(String text) {
      this.text = text;
    }

    /// For people to read.
    public String text() {
      return text;
    }

    /// By the trail's name for it; whatever else people are told of is a sign-in.
    static Event of(String eventName) {
      return switch (eventName) {
        case "EnableMFADevice" -> DEVICE_ADDED;
        case "DeactivateMFADevice" -> DEVICE_REMOVED;
        case "CreateRecoveryCodes" -> RECOVERY_CODES_MADE;
        case "EnrolUser" -> BEGUN_ANEW;
        default -> RECOVERY_CODE_USED;
      };
    }
  }
}
