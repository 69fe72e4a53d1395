package dev.daypass.broker.organizations;

import java.time.Instant;
import java.util.Optional;

/// What holds accounts: the root of an organization, or an organizational unit.
///
/// @param id `r-…` or `ou-…`
/// @param depth 0 for the root, at most [#DEEPEST]
record Unit(
    String id,
    String organization,
    Optional<String> parent,
    int depth,
    String name,
    Instant createdAt) {
  static final int DEEPEST = 5;

  static boolean isRoot(String id) {
    return id.startsWith("r-");
  }

  boolean root() {
    return parent.isEmpty();
  }
}
