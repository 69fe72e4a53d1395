package dev.daypass.client;

import java.time.Duration;
import java.util.Map;

/// A role that can be assumed.
///
/// @param needsMfa whether a sign-in with a second factor is needed first
public record Role(
    String arn,
    String name,
    String account,
    String description,
    Duration longestSession,
    boolean needsMfa) {
  static Role of(Map<?, ?> told) {
    return new Role(
        String.valueOf(told.get("arn")),
        String.valueOf(told.get("name")),
        String.valueOf(told.get("account")),
        String.valueOf(told.get("description")),
        Duration.ofSeconds(Long.parseLong(String.valueOf(told.get("maxSessionSeconds")))),
        "WITH_MFA".equals(told.get("assumable")));
  }
}
