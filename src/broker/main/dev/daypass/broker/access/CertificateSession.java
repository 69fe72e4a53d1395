package dev.daypass.broker.access;

import dev.daypass.wire.iam.PolicyArn;
import dev.daypass.wire.sts.SessionPolicyText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a profile and a certificate say about the session that the certificate is traded for.
///
/// @param name the session's
/// @param longest as long as the profile allows
/// @param endsAt when the certificate expires, and the session with it
/// @param certificate in PEM
public record CertificateSession(
    String name,
    Optional<SessionPolicyText> policy,
    List<PolicyArn> policyArns,
    Duration longest,
    Instant endsAt,
    String certificate)
    implements Terms {
  public CertificateSession {
    policyArns = List.copyOf(policyArns);
  }
}
