package dev.daypass.broker.rolesanywhere;

import dev.daypass.broker.access.Caller;
import dev.daypass.wire.Arn;
import dev.daypass.wire.rolesanywhere.ResourceName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/// What trust anchors, profiles and revocation lists have in common.
///
/// @param id a UUID
/// @param region where its maker believed to be
record Resource(
    Kind kind,
    String id,
    String account,
    String region,
    String name,
    boolean enabled,
    Instant createdAt,
    Instant updatedAt) {
  /// What ARNs say.
  enum Kind {
    TRUST_ANCHOR("trust-anchor"),
    PROFILE("profile"),
    CRL("crl"),
    SUBJECT("subject");

    private final String inArn;

    Kind(String inArn) {
      this.inArn = inArn;
    }

    String arn(String region, String account, String id) {
      return new Arn("aws", "rolesanywhere", region, account, inArn + "/" + id).toString();
    }

    /// What an ARN of this kind is of, whether or not it is there.
    Optional<String> id(Arn arn) {
      return arn.service().equals("rolesanywhere") && arn.resource().startsWith(inArn + "/")
          ? Optional.of(arn.resource().substring(inArn.length() + 1))
          : Optional.empty();
    }
  }

  /// One that the caller makes now. Like AWS, it is not used until it is enabled.
  static Resource made(Kind kind, Caller caller, ResourceName name, Optional<Boolean> enabled) {
    Instant now = now(caller);
    return new Resource(
        kind,
        UUID.randomUUID().toString(),
        caller.account(),
        caller.origin().region(),
        name.value(),
        enabled.orElse(false),
        now,
        now);
  }

  private static Instant now(Caller caller) {
    return caller.origin().time().truncatedTo(ChronoUnit.MILLIS);
  }

  /// The same, changed by the caller.
  Resource named(Caller caller, Optional<ResourceName> newName) {
    return with(newName.map(ResourceName::value).orElse(name), enabled, caller);
  }

  /// The same, switched on or off by the caller.
  Resource switched(Caller caller, boolean on) {
    return with(name, on, caller);
  }

  private Resource with(String newName, boolean nowEnabled, Caller caller) {
    return new Resource(kind, id, account, region, newName, nowEnabled, createdAt, now(caller));
  }

  String arn() {
    return kind.arn(region, account, id);
  }
}
