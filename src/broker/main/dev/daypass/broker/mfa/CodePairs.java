package dev.daypass.broker.mfa;

import static dev.daypass.wire.ErrorCode.INVALID_AUTHENTICATION_CODE;
import static dev.daypass.wire.ErrorCode.NO_SUCH_ENTITY;

import dev.daypass.broker.throttle.Throttle;
import dev.daypass.broker.users.User;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.Secret;
import dev.daypass.wire.iam.AuthenticationCode;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.LongStream;

/// Two consecutive codes, by which a device's clock is found when it is enabled or resynchronised.
@Singleton
final class CodePairs {
  /// How far the clock may be off: ten minutes.
  private static final long DRIFT = 20;

  private static final Throttle.Rate RATE = new Throttle.Rate(10, Duration.ofSeconds(90));

  private final PostgresDevices devices;
  private final Throttle throttle;

  CodePairs(PostgresDevices devices, Throttle throttle) {
    this.devices = devices;
    this.throttle = throttle;
  }

  record Pair(AuthenticationCode first, AuthenticationCode second) {}

  /// The later step of the two. Both count as used from here on.
  Uni<Long> step(User user, String serialNumber, Pair codes, Instant now) {
    return throttle
        .take("code:" + user.id(), RATE)
        .chain(() -> devices.totp(user.account(), serialNumber))
        .map(found -> found.orElseThrow(() -> unknown(serialNumber)))
        .map(totp -> consecutive(totp, codes.first().value(), codes.second().value(), now));
  }

  private static long consecutive(Totp totp, Secret first, Secret second, Instant now) {
    long current = Totp.stepAt(now);
    return LongStream.rangeClosed(current - DRIFT, current + DRIFT)
        .filter(step -> totp.isCodeOf(first, step) && totp.isCodeOf(second, step + 1))
        .map(step -> step + 1)
        .max()
        .orElseThrow(CodePairs::wrong);
  }

  static ApiError wrong() {
    return INVALID_AUTHENTICATION_CODE.error("Authentication code for device is not valid.");
  }

  static ApiError unknown(String serialNumber) {
    return NO_SUCH_ENTITY.error(
        "MFA Device with serial number %s does not exist.".formatted(serialNumber));
  }
}
