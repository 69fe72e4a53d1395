package dev.daypass.broker.policies;

import dev.daypass.wire.Arn;
import dev.daypass.wire.iam.PolicyMessages;
import dev.daypass.wire.iam.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A policy of its own, to be attached.
///
/// @param account `aws` for those that come with Daypass
public record ManagedPolicy(
    String id,
    String account,
    String path,
    String name,
    Optional<String> description,
    int defaultVersion,
    int lastVersion,
    Instant createdAt,
    Instant updatedAt) {
  /// The owner of the policies that come with Daypass.
  static final String AWS = "aws";

  public String arn() {
    return Arn.iam(account, "policy" + path + name).toString();
  }

  ManagedPolicy withVersion(int number, boolean asDefault, Instant now) {
    return new ManagedPolicy(
        id,
        account,
        path,
        name,
        description,
        asDefault ? number : defaultVersion,
        Math.max(lastVersion, number),
        createdAt,
        now);
  }

  /// How often it is used, and as what.
  record Usage(int attachments, int boundaries) {
    static final Usage NONE = new Usage(0, 0);
  }

  /// As lists show it.
  PolicyMessages.Policy listed(Usage usage) {
    return shown(usage, Optional.empty(), Optional.empty());
  }

  /// As GetPolicy shows it.
  PolicyMessages.Policy onWire(Usage usage, List<Tag> tags) {
    return shown(usage, description, tags.isEmpty() ? Optional.empty() : Optional.of(tags));
  }

  private PolicyMessages.Policy shown(
      Usage usage, Optional<String> shownDescription, Optional<List<Tag>> tags) {
    return new PolicyMessages.Policy(
        name,
        id,
        arn(),
        path,
        "v" + defaultVersion,
        usage.attachments(),
        usage.boundaries(),
        true,
        shownDescription,
        createdAt,
        updatedAt,
        tags);
  }
}
