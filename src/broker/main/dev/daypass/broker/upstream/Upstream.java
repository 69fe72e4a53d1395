package dev.daypass.broker.upstream;

import dev.daypass.wire.Secret;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A provider that people can sign in with.
///
/// @param secret absent for a public client
/// @param account whose users it vouches for
/// @param userClaim by which they are linked
/// @param trustedAmr what counts as a second factor, and `trustedAcr` likewise
public record Upstream(
    String name,
    String issuer,
    String clientId,
    Optional<Secret> secret,
    String account,
    String scopes,
    String userClaim,
    String label,
    Set<String> trustedAmr,
    Set<String> trustedAcr) {
  /// The tag of a user that says whom a provider calls so.
  public static final String TAG = "daypass:upstream";

  public Upstream {
    trustedAmr = Set.copyOf(trustedAmr);
    trustedAcr = Set.copyOf(trustedAcr);
  }

  /// The value of the tag that links a user of this provider's.
  String link(String subject) {
    return name + ":" + subject;
  }

  /// Whether how a person was authenticated counts as a second factor.
  boolean trusts(List<String> amr, Optional<String> acr) {
    return amr.stream().anyMatch(trustedAmr::contains)
        || acr.filter(trustedAcr::contains).isPresent();
  }
}
