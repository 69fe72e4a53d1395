package dev.daypass.broker.rolesanywhere;

import static dev.daypass.wire.ErrorCode.ACCESS_DENIED;

import dev.daypass.broker.pem.X509;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1OctetString;
import org.jspecify.annotations.Nullable;

/// Whether a trust anchor vouches for a certificate (RFC 5280 §6): the JDK's PKIX, with what it
/// leaves to its callers.
final class Paths {
  private static final String NAME_CONSTRAINTS = "2.5.29.30";

  private Paths() {}

  /// Fails with `AccessDenied`, saying why, unless the trust anchor vouches for the certificate
  /// now.
  ///
  /// @param between certificates that may stand between, in any order
  static void check(
      X509Certificate certificate,
      List<X509Certificate> between,
      Authority authority,
      Instant now) {
    if (!Requirements.isEndEntity(certificate)) {
      throw untrusted(
          "It must be of version 3, with basic constraints CA: false and key usage"
              + " digitalSignature.");
    }
    if (!Stream.concat(Stream.of(certificate), between.stream())
        .allMatch(is -> Requirements.isStrong(is) && Requirements.isSignedWell(is))) {
      throw untrusted("Its key or signature, or one in its chain, is too weak.");
    }
    List<X509Certificate> path = path(certificate, between, authority);
    X509Certificate anchor = issuer(path.getLast(), authority.certificates()).orElseThrow();
    checkAnchor(anchor, path, now);
    validate(path, anchor, now);
    checkRevocation(path, anchor, authority, now);
  }

  /// From the certificate to the one that the trust anchor issued.
  private static List<X509Certificate> path(
      X509Certificate certificate, List<X509Certificate> between, Authority authority) {
    List<X509Certificate> path = new ArrayList<>(List.of(certificate));
    List<X509Certificate> left = new ArrayList<>(between);
    while (issuer(path.getLast(), authority.certificates()).isEmpty()) {
      X509Certificate next =
          issuer(path.getLast(), left)
              .orElseThrow(() -> untrusted("The trust anchor did not issue it."));
      left.remove(next);
      path.add(next);
    }
    return path;
  }

  private static Optional<X509Certificate> issuer(
      X509Certificate certificate, List<X509Certificate> among) {
    return among.stream().filter(other -> X509.issued(other, certificate)).findFirst();
  }

  /// PKIX takes an anchor's key for granted, and looks at nothing else of its certificate.
  private static void checkAnchor(X509Certificate anchor, List<X509Certificate> path, Instant now) {
    if (!X509.validAt(anchor, now)) {
      throw untrusted("The certificate of the trust anchor is not valid now.");
    }
    if (path.size() - 1 > anchor.getBasicConstraints()) {
      throw untrusted("Its chain is longer than the trust anchor allows.");
    }
  }

  private static void validate(List<X509Certificate> path, X509Certificate anchor, Instant now) {
    try {
      PKIXParameters parameters =
          new PKIXParameters(
              Set.of(new java.security.cert.TrustAnchor(anchor, nameConstraints(anchor))));
      parameters.setDate(Date.from(now));
      // The lists are looked at below: this would go out and fetch others.
      parameters.setRevocationEnabled(false);
      CertPathValidator.getInstance("PKIX")
          .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
    } catch (CertPathValidatorException refused) {
      throw untrusted(told(refused));
    } catch (InvalidAlgorithmParameterException | IllegalArgumentException _) {
      throw untrusted("The constraints of the trust anchor cannot be read.");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has PKIX", e);
    }
  }

  private static byte @Nullable [] nameConstraints(X509Certificate anchor) {
    byte[] extension = anchor.getExtensionValue(NAME_CONSTRAINTS);
    return extension == null ? null : ASN1OctetString.getInstance(extension).getOctets();
  }

  private static String told(CertPathValidatorException refused) {
    return switch (refused.getReason()) {
      case CertPathValidatorException.BasicReason.EXPIRED ->
          "It, or one in its chain, has expired.";
      case CertPathValidatorException.BasicReason.NOT_YET_VALID ->
          "It, or one in its chain, is not valid yet.";
      default -> "Its chain does not hold.";
    };
  }

  /// What is on a list stays refused. Where a list is older than it may be, nobody knows who should
  /// be on it by now.
  private static void checkRevocation(
      List<X509Certificate> path, X509Certificate anchor, Authority authority, Instant now) {
    for (X509CRL list : authority.revoked()) {
      List<X509Certificate> issued =
          Stream.concat(path.stream(), Stream.of(anchor))
              .filter(is -> is.getIssuerX500Principal().equals(list.getIssuerX500Principal()))
              .toList();
      if (issued.stream().anyMatch(list::isRevoked)) {
        throw untrusted("It, or one in its chain, was revoked.");
      }
      if (!issued.isEmpty() && expired(list, now)) {
        throw untrusted("The certificate revocation list of its issuer has expired.");
      }
    }
  }

  private static boolean expired(X509CRL list, Instant now) {
    return list.getNextUpdate() != null && now.isAfter(list.getNextUpdate().toInstant());
  }

  private static RuntimeException untrusted(String why) {
    return ACCESS_DENIED.error("Untrusted certificate. " + why);
  }
}
