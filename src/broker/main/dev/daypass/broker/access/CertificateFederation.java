package dev.daypass.broker.access;

import static dev.daypass.broker.access.OidcFederation.text;

import dev.daypass.policy.Context;
import java.util.Map;

/// Whom a certificate names, under a trust anchor.
///
/// @param provider the ARN of the trust anchor
/// @param subjectArn what the sessions of whoever is so named come of
/// @param subject the subject's distinguished name (RFC 4514)
/// @param issuer the issuer's
/// @param serialNumber in hexadecimal digits
/// @param fingerprint the SHA-256 of the certificate, in hexadecimal digits
public record CertificateFederation(
    String provider,
    String subjectArn,
    String subject,
    String issuer,
    String serialNumber,
    String fingerprint)
    implements Federation {
  static final String FINGERPRINT = "x5t";

  @Override
  public String userId() {
    return provider + ":" + serialNumber;
  }

  /// The sessions of one subject can be ended, whomever else the trust anchor vouches for.
  @Override
  public String credentialId() {
    return subjectArn;
  }

  /// A trust anchor is no identity provider to policies, and tags tell of the certificate.
  @Override
  public boolean isIdentityProvider() {
    return false;
  }

  @Override
  public Context context() {
    return Context.EMPTY;
  }

  @Override
  public Map<String, Object> claim() {
    return Map.of(
        "idp",
        provider,
        "arn",
        subjectArn,
        "sub",
        subject,
        "iss",
        issuer,
        "sn",
        serialNumber,
        FINGERPRINT,
        fingerprint);
  }

  static CertificateFederation of(Map<String, ?> claim) {
    return new CertificateFederation(
        text(claim, "idp"),
        text(claim, "arn"),
        text(claim, "sub"),
        text(claim, "iss"),
        text(claim, "sn"),
        text(claim, FINGERPRINT));
  }
}
