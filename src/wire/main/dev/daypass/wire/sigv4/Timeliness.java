package dev.daypass.wire.sigv4;

import static dev.daypass.wire.ErrorCode.SIGNATURE_DOES_NOT_MATCH;

import java.time.Duration;
import java.time.Instant;

/// How far a signature's time may lie from ours.
///
/// @param age how long after its date a signature still counts
record Timeliness(Duration age) {
  private static final Duration SKEW = Duration.ofMinutes(15);
  static final Timeliness OF_HEADER = new Timeliness(SKEW);

  static Timeliness presigned(Duration lifetime) {
    return new Timeliness(lifetime);
  }

  void check(Instant signedAt, Instant now) {
    Instant oldest = now.minus(age);
    if (signedAt.isBefore(oldest)) {
      throw SIGNATURE_DOES_NOT_MATCH.error(
          "Signature expired: %s is now earlier than %s (%s - %s)"
              .formatted(
                  SignedTime.format(signedAt),
                  SignedTime.format(oldest),
                  SignedTime.format(now),
                  shown(age)));
    }
    Instant newest = now.plus(SKEW);
    if (signedAt.isAfter(newest)) {
      throw SIGNATURE_DOES_NOT_MATCH.error(
          "Signature not yet current: %s is still later than %s (%s + %s)"
              .formatted(
                  SignedTime.format(signedAt),
                  SignedTime.format(newest),
                  SignedTime.format(now),
                  shown(SKEW)));
    }
  }

  private static String shown(Duration duration) {
    return duration.toSecondsPart() == 0
        ? duration.toMinutes() + " min."
        : duration.toSeconds() + " sec.";
  }
}
