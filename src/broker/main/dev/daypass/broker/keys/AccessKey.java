package dev.daypass.broker.keys;

import dev.daypass.wire.AccessKeyId;
import dev.daypass.wire.iam.CredentialMessages.AccessKeyMetadata;
import dev.daypass.wire.iam.Status;
import java.time.Instant;

/// A long-term access key, without its secret.
public record AccessKey(
    String id, String account, String userId, boolean active, Instant createdAt) {
  Status status() {
    return Status.of(active);
  }

  AccessKeyMetadata onWire(String userName) {
    return new AccessKeyMetadata(userName, new AccessKeyId(id), status(), createdAt);
  }
}
