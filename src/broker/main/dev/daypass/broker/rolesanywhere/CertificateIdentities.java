package dev.daypass.broker.rolesanywhere;

import static dev.daypass.wire.ErrorCode.ACCESS_DENIED;
import static dev.daypass.wire.ErrorCode.SIGNATURE_DOES_NOT_MATCH;
import static dev.daypass.wire.ErrorCode.VALIDATION_ERROR;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.CertificateFederation;
import dev.daypass.broker.access.CertificateSession;
import dev.daypass.broker.access.Origin;
import dev.daypass.broker.access.WebIdentity;
import dev.daypass.broker.pem.Pem;
import dev.daypass.broker.pem.X509;
import dev.daypass.broker.throttle.Failures;
import dev.daypass.policy.Context;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.Arn;
import dev.daypass.wire.Service;
import dev.daypass.wire.iam.PolicyArn;
import dev.daypass.wire.iam.Tag;
import dev.daypass.wire.rolesanywhere.CreateSession;
import dev.daypass.wire.rolesanywhere.RolesAnywhereError;
import dev.daypass.wire.rolesanywhere.SessionDuration;
import dev.daypass.wire.sigv4.CertificateClaim;
import dev.daypass.wire.sigv4.HttpMessage;
import dev.daypass.wire.sts.RoleSessionName;
import dev.daypass.wire.sts.SessionPolicyText;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/// Proves who calls by the certificate whose key signed the call.
@Singleton
public final class CertificateIdentities {
  /// As roles name the service that acts for whoever has a certificate.
  static final String SERVICE = "rolesanywhere.amazonaws.com";

  private static final String LABEL = "CERTIFICATE";

  private final PostgresRolesAnywhere resources;
  private final Subjects subjects;
  private final Failures failures;
  private final Vertx vertx;

  CertificateIdentities(
      PostgresRolesAnywhere resources, Subjects subjects, Failures failures, Vertx vertx) {
    this.resources = resources;
    this.subjects = subjects;
    this.failures = failures;
    this.vertx = vertx;
  }

  /// The caller whom the certificate names; fails in AWS's words where it is not proven, or where
  /// the profile is not for it.
  public Uni<Caller> prove(Origin origin, HttpMessage message, CreateSession request) {
    failures.check(origin.address());
    return Uni.createFrom()
        .deferred(() -> proven(origin, message, request))
        .onFailure(ApiError.class)
        .invoke(() -> failures.count(origin.address()));
  }

  private Uni<Caller> proven(Origin origin, HttpMessage message, CreateSession request) {
    CertificateClaim claim = CertificateClaim.read(message, Service.ROLESANYWHERE, origin.time());
    return authority(request)
        .chain(
            authority ->
                profile(request, authority.resource().account())
                    .chain(
                        profile ->
                            blocking(() -> certificate(claim, authority, origin))
                                .map(
                                    certificate ->
                                        new Presented(certificate, authority, profile, request))))
        .map(presented -> presented.caller(origin.in(claim.scope().region())));
  }

  /// Checking signatures takes milliseconds: not on the thread that serves all.
  private <T> Uni<T> blocking(Callable<T> work) {
    return Uni.createFrom()
        .completionStage(() -> vertx.executeBlocking(work, false).toCompletionStage());
  }

  private Uni<Authority> authority(CreateSession request) {
    String arn = request.trustAnchorArn().value();
    return resources
        .authority(id(Resource.Kind.TRUST_ANCHOR, arn))
        .map(found -> found.filter(authority -> authority.resource().arn().equals(arn)))
        .map(found -> found.orElseThrow(() -> notFound("Trust anchor")))
        .invoke(authority -> checkEnabled(authority.resource(), "Trust anchor"));
  }

  private Uni<Profile> profile(CreateSession request, String account) {
    String arn = request.profileArn().value();
    return resources
        .profile(id(Resource.Kind.PROFILE, arn))
        .map(found -> found.filter(profile -> profile.resource().arn().equals(arn)))
        .map(found -> found.filter(profile -> profile.resource().account().equals(account)))
        .map(found -> found.orElseThrow(() -> notFound("Profile")))
        .invoke(profile -> checkEnabled(profile.resource(), "Profile"));
  }

  private static String id(Resource.Kind kind, String arn) {
    return kind.id(Arn.parse(arn)).orElseThrow(() -> VALIDATION_ERROR.error(arn + " is invalid"));
  }

  private static RuntimeException notFound(String what) {
    return RolesAnywhereError.RESOURCE_NOT_FOUND.error(what + " not found.");
  }

  private static void checkEnabled(Resource resource, String what) {
    if (!resource.enabled()) {
      throw ACCESS_DENIED.error(what + " is disabled.");
    }
  }

  /// The certificate, whose key signed the call and which the trust anchor vouches for.
  private static X509Certificate certificate(
      CertificateClaim claim, Authority authority, Origin origin) {
    X509Certificate certificate = read(claim.certificate());
    if (!Requirements.isStrong(certificate)) {
      throw ACCESS_DENIED.error("Untrusted certificate. Its key is too weak, or of no known kind.");
    }
    if (!certificate.getSerialNumber().equals(claim.serialNumber())) {
      throw SIGNATURE_DOES_NOT_MATCH.error(
          "The Credential does not name the serial number of the certificate.");
    }
    claim.verify(certificate.getPublicKey());
    List<X509Certificate> chain =
        claim.chain().stream()
            .map(CertificateIdentities::read)
            // Whoever sends all there is sends the trust anchor too.
            .filter(is -> !authority.certificates().contains(is))
            .distinct()
            .toList();
    Paths.check(certificate, chain, authority, origin.time());
    return certificate;
  }

  private static X509Certificate read(byte[] der) {
    return X509.of(new Pem(LABEL, der))
        .orElseThrow(() -> ACCESS_DENIED.error("Untrusted certificate. It cannot be read."));
  }

  /// What was presented, all of it proven.
  private record Presented(
      X509Certificate certificate, Authority authority, Profile profile, CreateSession request) {
    Caller caller(Origin origin) {
      checkTerms();
      List<Tag> tags = CertificateTags.of(certificate, profile.mappings());
      WebIdentity identity =
          new WebIdentity(
              federation(),
              context(tags),
              tags,
              List.of(),
              CertificateTags.sourceIdentity(certificate),
              Optional.of(session()));
      return Caller.service(SERVICE, authority.resource().account(), identity, origin);
    }

    private void checkTerms() {
      if (!profile.roleArns().contains(request.roleArn().value())) {
        throw ACCESS_DENIED.error("The profile is not for the role " + request.roleArn() + ".");
      }
      if (request.roleSessionName().isPresent() && !profile.acceptRoleSessionName()) {
        throw ACCESS_DENIED.error("The profile does not accept a role session name.");
      }
      if (profile.requireInstanceProperties() && request.instanceProperties().isEmpty()) {
        throw ACCESS_DENIED.error("The profile requires instance properties.");
      }
    }

    private CertificateFederation federation() {
      Resource anchor = authority.resource();
      String subject = Names.text(certificate.getSubjectX500Principal());
      return new CertificateFederation(
          anchor.arn(),
          Subject.arn(anchor.region(), anchor.account(), subject),
          subject,
          Names.text(certificate.getIssuerX500Principal()),
          serialNumber(),
          HexFormat.of().formatHex(X509.sha256(certificate)));
    }

    /// Whole bytes, as tools show it.
    private String serialNumber() {
      BigInteger number = certificate.getSerialNumber();
      String digits = number.toString(16);
      return digits.length() % 2 == 0 ? digits : "0" + digits;
    }

    /// The condition keys that the trust policy of the role can look at.
    private Context context(List<Tag> tags) {
      Context.Builder context =
          Context.builder()
              .put("aws:SourceArn", authority.resource().arn())
              .put("aws:SourceAccount", authority.resource().account())
              .put("aws:PrincipalServiceName", SERVICE);
      tags.forEach(tag -> context.put("aws:PrincipalTag/" + tag.key(), tag.value().value()));
      return context.build();
    }

    private CertificateSession session() {
      return new CertificateSession(
          request.roleSessionName().map(RoleSessionName::value).orElseGet(this::serialNumber),
          profile.sessionPolicy().map(SessionPolicyText::new),
          profile.managedPolicyArns().stream().map(PolicyArn::new).toList(),
          Duration.ofSeconds(
              Math.min(
                  profile.durationSeconds(),
                  request
                      .durationSeconds()
                      .map(SessionDuration::value)
                      .orElse(profile.durationSeconds()))),
          certificate.getNotAfter().toInstant(),
          Pem.write(LABEL, X509.encoded(certificate)));
    }
  }

  /// Notes that a certificate was traded for a session.
  public Uni<Void> note(Caller caller) {
    WebIdentity identity = caller.webIdentity().orElseThrow();
    CertificateFederation federation = (CertificateFederation) identity.federation();
    CertificateSession session = (CertificateSession) identity.terms().orElseThrow();
    return subjects.note(
        caller.account(),
        Arn.parse(federation.provider()).region(),
        federation,
        session.certificate(),
        caller.origin().time());
  }
}
