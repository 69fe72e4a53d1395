package dev.daypass.broker.sso;

import java.time.Instant;

/// A device that waits for a person's answer.
///
/// @param deviceCode what the device knows, and nobody else
/// @param clientId the tool on it
/// @param clientName what the tool calls itself
/// @param everything whether it asks for all that the person can do, rather than for roles
/// @param address where it asked from
/// @param userAgent what it asked with
/// @param askedAt seconds since 1970
public record DeviceRequest(
    String deviceCode,
    String clientId,
    String clientName,
    boolean everything,
    String address,
    String userAgent,
    long askedAt) {
  boolean isOf(Instant now) {
    return now.getEpochSecond() - askedAt < DeviceRequests.LASTS.toSeconds();
  }
}
