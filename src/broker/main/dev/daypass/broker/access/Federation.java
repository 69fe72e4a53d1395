package dev.daypass.broker.access;

import dev.daypass.policy.Context;
import java.util.Map;

/// Who an identity provider says somebody is: what a session keeps of it.
public sealed interface Federation permits OidcFederation, SamlFederation, CertificateFederation {
  /// The ARN of the provider, or of whatever else vouches.
  String provider();

  /// What a session came of, as it can be ended.
  default String credentialId() {
    return provider();
  }

  /// Whether policies know who vouches as an identity provider.
  default boolean isIdentityProvider() {
    return true;
  }

  /// Who it is, as the provider knows it.
  String subject();

  /// As CloudTrail names whom the provider vouches for.
  String userId();

  /// The condition keys that a session keeps. The provider itself is the principal's to tell.
  Context context();

  /// All of it, as tokens and the database keep it.
  Map<String, Object> claim();

  /// What a claim says; fails with `IllegalArgumentException` where it is none.
  static Federation of(Map<String, ?> claim) {
    if (claim.containsKey(CertificateFederation.FINGERPRINT)) {
      return CertificateFederation.of(claim);
    }
    return claim.containsKey(SamlFederation.NAME_QUALIFIER)
        ? SamlFederation.of(claim)
        : OidcFederation.of(claim);
  }
}
