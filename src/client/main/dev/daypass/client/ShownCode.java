package dev.daypass.client;

import dev.daypass.wire.Secret;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.Optional;

/// A code that a device shows.
///
/// @param serialNumber of the device; absent for the only one there is, and at a sign-in for the
///   first
/// @param byProgram whether a program told it. Whoever has the program's seed has the second factor
///   without the device: the trail keeps that, in `userAgent`
public record ShownCode(Optional<String> serialNumber, Secret digits, boolean byProgram) {
  private static final String BY_PROGRAM = "daypass mfa_method=process";

  /// Of the only device, told by a person.
  public static ShownCode of(String digits) {
    return new ShownCode(Optional.empty(), Secret.of(digits), false);
  }

  /// @param name what the endpoint calls it
  void into(Map<String, Object> body, String name) {
    body.put(name, digits.revealText());
    serialNumber.ifPresent(serial -> body.put("serialNumber", serial));
  }

  void into(HttpRequest.Builder request) {
    if (byProgram) {
      request.header("User-Agent", BY_PROGRAM);
    }
  }
}
