package dev.daypass.broker.roles;

import static dev.daypass.wire.ErrorCode.UNMODIFIABLE_ENTITY;

import dev.daypass.wire.Arn;
import dev.daypass.wire.iam.AttachedPermissionsBoundary;
import dev.daypass.wire.iam.PolicyText;
import dev.daypass.wire.iam.RoleMessages;
import dev.daypass.wire.iam.RoleMessages.RoleLastUsed;
import dev.daypass.wire.iam.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An identity that callers borrow. Its trust policy says who may.
///
/// @param trustPrincipals the unique ids behind the ARNs in the trust policy
public record Role(
    String id,
    String account,
    String path,
    String name,
    String trustPolicy,
    Map<String, String> trustPrincipals,
    Optional<String> description,
    Duration longestSession,
    Optional<String> boundary,
    Instant createdAt) {
  /// The path of roles that are linked to a service, and of no others.
  public static final String SERVICE_LINKED = "/aws-service-role/";

  public Role {
    trustPrincipals = Map.copyOf(trustPrincipals);
  }

  public boolean isServiceLinked() {
    return path.startsWith(SERVICE_LINKED);
  }

  /// Fails with `UnmodifiableEntity` for a role that is linked to a service: nobody else may change
  /// more of it than its description and tags.
  Role requireModifiable() {
    if (isServiceLinked()) {
      throw UNMODIFIABLE_ENTITY.error(
          "Cannot perform the operation on the protected role '%s' - this role is only modifiable by AWS"
              .formatted(name));
    }
    return this;
  }

  public String arn() {
    return Arn.iam(account, "role" + path + name).toString();
  }

  Role trusting(String newPolicy, Map<String, String> newPrincipals) {
    return new Role(
        id,
        account,
        path,
        name,
        newPolicy,
        newPrincipals,
        description,
        longestSession,
        boundary,
        createdAt);
  }

  Role described(Optional<String> newDescription, Duration newLongestSession) {
    return new Role(
        id,
        account,
        path,
        name,
        trustPolicy,
        trustPrincipals,
        newDescription,
        newLongestSession,
        boundary,
        createdAt);
  }

  public Role bounded(Optional<String> newBoundary) {
    return new Role(
        id,
        account,
        path,
        name,
        trustPolicy,
        trustPrincipals,
        description,
        longestSession,
        newBoundary,
        createdAt);
  }

  /// As lists show it.
  public RoleMessages.Role listed() {
    return shown(
        Optional.of((int) longestSession.toSeconds()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /// As CreateRole shows it.
  public RoleMessages.Role created(List<Tag> tags) {
    return shown(Optional.empty(), boundary, present(tags), Optional.empty());
  }

  /// As GetRole shows it.
  RoleMessages.Role onWire(List<Tag> tags, RoleLastUsed lastUsed) {
    return shown(
        Optional.of((int) longestSession.toSeconds()),
        boundary,
        present(tags),
        Optional.of(lastUsed));
  }

  private static Optional<List<Tag>> present(List<Tag> tags) {
    return tags.isEmpty() ? Optional.empty() : Optional.of(tags);
  }

  private RoleMessages.Role shown(
      Optional<Integer> longest,
      Optional<String> shownBoundary,
      Optional<List<Tag>> tags,
      Optional<RoleLastUsed> lastUsed) {
    return new RoleMessages.Role(
        path,
        name,
        id,
        arn(),
        createdAt,
        new PolicyText(trustPolicy),
        description,
        longest,
        shownBoundary.map(AttachedPermissionsBoundary::of),
        tags,
        lastUsed);
  }
}
