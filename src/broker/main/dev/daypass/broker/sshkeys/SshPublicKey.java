package dev.daypass.broker.sshkeys;

import dev.daypass.wire.iam.PublicKeyEncoding;
import dev.daypass.wire.iam.SshPublicKeyMessages;
import dev.daypass.wire.iam.SshPublicKeyMessages.SshPublicKeyMetadata;
import dev.daypass.wire.iam.Status;
import java.time.Instant;

/// An SSH public key of a user.
record SshPublicKey(
    String id, String account, String userId, SshRsaKey key, boolean active, Instant uploadedAt) {

  /// As lists show it.
  SshPublicKeyMetadata listed(String userName) {
    return new SshPublicKeyMetadata(userName, id, Status.of(active), uploadedAt);
  }

  SshPublicKeyMessages.SshPublicKey onWire(String userName, PublicKeyEncoding encoding) {
    return onWire(
        userName,
        switch (encoding) {
          case SSH -> key.line();
          case PEM -> key.pem();
        });
  }

  SshPublicKeyMessages.SshPublicKey onWire(String userName, String body) {
    return new SshPublicKeyMessages.SshPublicKey(
        userName, id, key.fingerprint(), body, Status.of(active), uploadedAt);
  }
}
