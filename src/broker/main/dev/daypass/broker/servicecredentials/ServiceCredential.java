package dev.daypass.broker.servicecredentials;

import dev.daypass.wire.Secret;
import dev.daypass.wire.iam.ServiceCredentialMessages.ServiceSpecificCredential;
import dev.daypass.wire.iam.ServiceCredentialMessages.ServiceSpecificCredentialMetadata;
import dev.daypass.wire.iam.Status;
import java.time.Instant;
import java.util.Optional;

/// A login of a user at one service, without its secret.
///
/// @param login the name there, which stays when the user gets another one
/// @param active whether it is to be used; one that has expired is not, whatever this says
record ServiceCredential(
    String id,
    String account,
    String userId,
    Service service,
    String login,
    boolean active,
    Instant createdAt,
    Optional<Instant> expiresAt) {

  private Status status(Instant now) {
    return expiresAt.filter(end -> !end.isAfter(now)).isPresent()
        ? Status.EXPIRED
        : Status.of(active);
  }

  private Optional<String> userName() {
    return service.takesKeys() ? Optional.empty() : Optional.of(login);
  }

  private Optional<String> alias() {
    return service.takesKeys() ? Optional.of(login) : Optional.empty();
  }

  /// As lists show it.
  ServiceSpecificCredentialMetadata listed(String owner, Instant now) {
    return new ServiceSpecificCredentialMetadata(
        owner, status(now), userName(), alias(), createdAt, expiresAt, id, service.wireName());
  }

  /// As it is shown once, with its secret.
  ServiceSpecificCredential onWire(String owner, Instant now, Secret secret) {
    Optional<Secret> told = Optional.of(secret);
    return new ServiceSpecificCredential(
        createdAt,
        expiresAt,
        service.wireName(),
        userName(),
        service.takesKeys() ? Optional.empty() : told,
        alias(),
        service.takesKeys() ? told : Optional.empty(),
        id,
        owner,
        status(now));
  }
}
