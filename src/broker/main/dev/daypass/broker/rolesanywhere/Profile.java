package dev.daypass.broker.rolesanywhere;

import dev.daypass.wire.DateTime;
import dev.daypass.wire.rolesanywhere.ProfileMessages.ProfileDetail;
import java.util.List;
import java.util.Optional;

/// Which roles certificates may be traded for, and what narrows the sessions.
///
/// @param createdBy the ARN of whoever made it
/// @param durationSeconds how long a session lasts at most
record Profile(
    Resource resource,
    boolean requireInstanceProperties,
    String createdBy,
    Optional<String> sessionPolicy,
    List<String> roleArns,
    List<String> managedPolicyArns,
    int durationSeconds,
    boolean acceptRoleSessionName,
    List<Mapping> mappings) {
  Profile {
    roleArns = List.copyOf(roleArns);
    managedPolicyArns = List.copyOf(managedPolicyArns);
    mappings = List.copyOf(mappings);
  }

  Profile with(Resource changed) {
    return new Profile(
        changed,
        requireInstanceProperties,
        createdBy,
        sessionPolicy,
        roleArns,
        managedPolicyArns,
        durationSeconds,
        acceptRoleSessionName,
        mappings);
  }

  Profile with(Resource changed, List<Mapping> newMappings) {
    return new Profile(
        changed,
        requireInstanceProperties,
        createdBy,
        sessionPolicy,
        roleArns,
        managedPolicyArns,
        durationSeconds,
        acceptRoleSessionName,
        newMappings);
  }

  ProfileDetail onWire() {
    return new ProfileDetail(
        resource.id(),
        resource.arn(),
        resource.name(),
        requireInstanceProperties,
        resource.enabled(),
        createdBy,
        sessionPolicy,
        roleArns,
        managedPolicyArns,
        DateTime.of(resource.createdAt()),
        DateTime.of(resource.updatedAt()),
        durationSeconds,
        acceptRoleSessionName,
        Mapping.onWire(mappings));
  }
}
