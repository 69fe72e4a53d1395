package dev.daypass.broker.signingcertificates;

import static dev.daypass.wire.ErrorCode.DUPLICATE_CERTIFICATE;
import static dev.daypass.wire.ErrorCode.INVALID_CERTIFICATE;
import static dev.daypass.wire.ErrorCode.MALFORMED_CERTIFICATE;
import static dev.daypass.wire.Nothing.NOTHING;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.database.Page;
import dev.daypass.broker.database.Quota;
import dev.daypass.broker.pem.X509;
import dev.daypass.broker.users.PostgresUsers;
import dev.daypass.broker.users.User;
import dev.daypass.broker.users.UserActions;
import dev.daypass.wire.Base32;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.iam.SigningCertificateMessages;
import dev.daypass.wire.iam.SigningCertificateMessages.DeleteSigningCertificate;
import dev.daypass.wire.iam.SigningCertificateMessages.ListSigningCertificates;
import dev.daypass.wire.iam.SigningCertificateMessages.UpdateSigningCertificate;
import dev.daypass.wire.iam.SigningCertificateMessages.UploadSigningCertificate;
import dev.daypass.wire.iam.UserName;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;

/// What callers can do to signing certificates. Nothing here takes a signature made with one: they
/// are kept for whoever asks which certificates a user has.
@Singleton
public final class SigningCertificateActions {
  // 20 bytes are the 32 characters that AWS's ids have.
  private static final int ID_BYTES = 20;

  private final PostgresSigningCertificates certificates;
  private final PostgresUsers users;
  private final SecureRandom random;

  SigningCertificateActions(
      PostgresSigningCertificates certificates, PostgresUsers users, SecureRandom random) {
    this.certificates = certificates;
    this.users = users;
    this.random = random;
  }

  public Uni<UploadSigningCertificate.Result> upload(
      Caller caller, UploadSigningCertificate request) {
    Instant now = caller.origin().time();
    return user(caller, request.userName())
        .chain(user -> add(user, request.certificateBody().value(), now))
        .map(UploadSigningCertificate.Result::new);
  }

  private Uni<SigningCertificateMessages.SigningCertificate> add(
      User user, String body, Instant now) {
    byte[] sha256 = X509.sha256(read(body, now));
    SigningCertificate added =
        new SigningCertificate(newId(), user.account(), user.id(), body, true, now);
    return certificates
        .taken(user.account(), sha256)
        .invoke(SigningCertificateActions::refuseTaken)
        .chain(() -> certificates.count(user.id()))
        .invoke(present -> Quota.SIGNING_CERTIFICATES_PER_USER.check(present + 1))
        .chain(() -> certificates.add(added, sha256))
        .replaceWith(() -> added.onWire(user.name()));
  }

  private static X509Certificate read(String body, Instant now) {
    X509Certificate certificate =
        X509.one(body)
            .orElseThrow(
                () -> MALFORMED_CERTIFICATE.error("Certificate %s is malformed.".formatted(body)));
    if (!X509.validAt(certificate, now)) {
      throw INVALID_CERTIFICATE.error(
          "The certificate is valid from %s to %s only."
              .formatted(
                  certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant()));
    }
    return certificate;
  }

  private static void refuseTaken(boolean taken) {
    if (taken) {
      throw DUPLICATE_CERTIFICATE.error(
          "The same certificate is associated with an IAM user in the account.");
    }
  }

  private String newId() {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return Base32.encode(bytes);
  }

  public Uni<ListSigningCertificates.Result> list(Caller caller, ListSigningCertificates request) {
    Page.Wanted wanted = Page.Wanted.of(request.marker(), request.maxItems());
    return user(caller, request.userName())
        .chain(
            user ->
                certificates
                    .page(user.id(), wanted)
                    .map(page -> page.map(each -> each.onWire(user.name()))))
        .map(
            page ->
                new ListSigningCertificates.Result(
                    page.items(), page.isTruncated(), page.marker()));
  }

  public Uni<Nothing> update(Caller caller, UpdateSigningCertificate request) {
    boolean active = request.status().chosen();
    return user(caller, request.userName())
        .chain(user -> certificates.activate(user.id(), request.certificateId().value(), active))
        .replaceWith(NOTHING);
  }

  public Uni<Nothing> delete(Caller caller, DeleteSigningCertificate request) {
    return user(caller, request.userName())
        .chain(user -> certificates.remove(user.id(), request.certificateId().value()))
        .replaceWith(NOTHING);
  }

  private Uni<User> user(Caller caller, Optional<UserName> name) {
    return users.get(caller.account(), UserActions.nameOrOwn(caller, name));
  }
}
