package dev.daypass.broker.calls;

import dev.daypass.broker.servicecredentials.ServiceCredentialActions;
import dev.daypass.broker.signingcertificates.SigningCertificateActions;
import dev.daypass.broker.sshkeys.SshPublicKeyActions;
import dev.daypass.broker.users.UserActions;
import dev.daypass.wire.iam.ServiceCredentialMessages.CreateServiceSpecificCredential;
import dev.daypass.wire.iam.ServiceCredentialMessages.DeleteServiceSpecificCredential;
import dev.daypass.wire.iam.ServiceCredentialMessages.ListServiceSpecificCredentials;
import dev.daypass.wire.iam.ServiceCredentialMessages.ResetServiceSpecificCredential;
import dev.daypass.wire.iam.ServiceCredentialMessages.UpdateServiceSpecificCredential;
import dev.daypass.wire.iam.SigningCertificateMessages.DeleteSigningCertificate;
import dev.daypass.wire.iam.SigningCertificateMessages.ListSigningCertificates;
import dev.daypass.wire.iam.SigningCertificateMessages.UpdateSigningCertificate;
import dev.daypass.wire.iam.SigningCertificateMessages.UploadSigningCertificate;
import dev.daypass.wire.iam.SshPublicKeyMessages.DeleteSSHPublicKey;
import dev.daypass.wire.iam.SshPublicKeyMessages.GetSSHPublicKey;
import dev.daypass.wire.iam.SshPublicKeyMessages.ListSSHPublicKeys;
import dev.daypass.wire.iam.SshPublicKeyMessages.UpdateSSHPublicKey;
import dev.daypass.wire.iam.SshPublicKeyMessages.UploadSSHPublicKey;
import jakarta.inject.Singleton;
import java.util.List;

/// The actions of IAM on what users have for single services: signing certificates, SSH public
/// keys, service-specific credentials.
@Singleton
final class UserCredentialCatalogue implements CatalogueSection {
  private final UserActions users;
  private final SigningCertificateActions certificates;
  private final SshPublicKeyActions keys;
  private final ServiceCredentialActions credentials;

  UserCredentialCatalogue(
      UserActions users,
      SigningCertificateActions certificates,
      SshPublicKeyActions keys,
      ServiceCredentialActions credentials) {
    this.users = users;
    this.certificates = certificates;
    this.keys = keys;
    this.credentials = credentials;
  }

  @Override
  public List<Action<?, ?>> actions() {
    return List.of(
        Action.read(
            ListSigningCertificates.class,
            (c, r) -> users.target(c, r.userName()),
            certificates::list),
        Action.write(
            UploadSigningCertificate.class,
            (c, r) -> users.target(c, r.userName()),
            certificates::upload),
        Action.write(
            UpdateSigningCertificate.class,
            (c, r) -> users.target(c, r.userName()),
            certificates::update),
        Action.write(
            DeleteSigningCertificate.class,
            (c, r) -> users.target(c, r.userName()),
            certificates::delete),
        Action.read(
            GetSSHPublicKey.class, (c, r) -> users.target(c, r.userName().value()), keys::get),
        Action.read(ListSSHPublicKeys.class, (c, r) -> users.target(c, r.userName()), keys::list),
        Action.write(
            UploadSSHPublicKey.class,
            (c, r) -> users.target(c, r.userName().value()),
            keys::upload),
        Action.write(
            UpdateSSHPublicKey.class,
            (c, r) -> users.target(c, r.userName().value()),
            keys::update),
        Action.write(
            DeleteSSHPublicKey.class,
            (c, r) -> users.target(c, r.userName().value()),
            keys::delete),
        Action.read(ListServiceSpecificCredentials.class, credentials::listed, credentials::list),
        Action.write(
            CreateServiceSpecificCredential.class, credentials::created, credentials::create),
        Action.write(
            UpdateServiceSpecificCredential.class,
            (c, r) -> credentials.target(c, r.userName(), r.serviceSpecificCredentialId()),
            credentials::update),
        Action.write(
            ResetServiceSpecificCredential.class,
            (c, r) -> credentials.target(c, r.userName(), r.serviceSpecificCredentialId()),
            credentials::reset),
        Action.write(
            DeleteServiceSpecificCredential.class,
            (c, r) -> credentials.target(c, r.userName(), r.serviceSpecificCredentialId()),
            credentials::delete));
  }
}
