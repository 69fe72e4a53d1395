package dev.daypass.broker.users;

import dev.daypass.wire.Arn;
import dev.daypass.wire.iam.AttachedPermissionsBoundary;
import dev.daypass.wire.iam.Tag;
import dev.daypass.wire.iam.UserMessages;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A person or a machine with credentials of its own.
///
/// @param boundary the ARN of the permissions boundary
public record User(
    String id,
    String account,
    String path,
    String name,
    Optional<String> boundary,
    Instant createdAt,
    Optional<Instant> passwordLastUsed) {

  public String arn() {
    return Arn.iam(account, "user" + path + name).toString();
  }

  public User bounded(Optional<String> newBoundary) {
    return new User(id, account, path, name, newBoundary, createdAt, passwordLastUsed);
  }

  /// As lists show it.
  public UserMessages.User listed() {
    return shown(Optional.empty(), Optional.empty());
  }

  /// As GetUser shows it.
  public UserMessages.User onWire(List<Tag> tags) {
    return shown(
        boundary.map(AttachedPermissionsBoundary::of),
        tags.isEmpty() ? Optional.empty() : Optional.of(tags));
  }

  private UserMessages.User shown(
      Optional<AttachedPermissionsBoundary> shownBoundary, Optional<List<Tag>> tags) {
    return new UserMessages.User(
        path, name, id, arn(), createdAt, passwordLastUsed, shownBoundary, tags);
  }
}
