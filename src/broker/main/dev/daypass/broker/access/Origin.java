package dev.daypass.broker.access;

import java.time.Instant;
import java.util.Optional;

/// Where a call came from, and when.
///
/// @param callId what the client is told as the request's id
/// @param address the client's IP address; empty where it is not known
/// @param secure whether it came over TLS
/// @param region the region the client believes in
public record Origin(
    String callId,
    Instant time,
    String address,
    String userAgent,
    Optional<String> referer,
    boolean secure,
    String region) {
  /// The same, for a client that believes in this region.
  public Origin in(String otherRegion) {
    return new Origin(callId, time, address, userAgent, referer, secure, otherRegion);
  }

  /// The same, for another call: one that this one makes.
  public Origin as(String otherCallId) {
    return new Origin(otherCallId, time, address, userAgent, referer, secure, region);
  }

  /// The same, by way of a proxy, which tells this of the client.
  public Origin through(String clientAddress, boolean clientSecure) {
    return new Origin(callId, time, clientAddress, userAgent, referer, clientSecure, region);
  }

  /// The same, later.
  public Origin at(Instant later) {
    return new Origin(callId, later, address, userAgent, referer, secure, region);
  }
}
