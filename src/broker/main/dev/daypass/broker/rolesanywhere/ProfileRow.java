package dev.daypass.broker.rolesanywhere;

import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "roles_anywhere_profile")
@NullUnmarked
class ProfileRow extends ResourceRow {
  boolean requireInstanceProperties;
  String createdBy;
  String sessionPolicy;
  String[] roleArns;
  String[] managedPolicyArns;
  int durationSeconds;
  boolean acceptRoleSessionName;
  String[] mappings;

  Profile toProfile() {
    return new Profile(
        toResource(Resource.Kind.PROFILE),
        requireInstanceProperties,
        createdBy,
        Optional.ofNullable(sessionPolicy),
        List.of(roleArns),
        List.of(managedPolicyArns),
        durationSeconds,
        acceptRoleSessionName,
        Stream.of(mappings).map(Mapping::read).toList());
  }

  static ProfileRow of(Profile profile) {
    ProfileRow row = new ProfileRow();
    row.set(profile.resource());
    row.requireInstanceProperties = profile.requireInstanceProperties();
    row.createdBy = profile.createdBy();
    row.sessionPolicy = profile.sessionPolicy().orElse(null);
    row.roleArns = profile.roleArns().toArray(String[]::new);
    row.managedPolicyArns = profile.managedPolicyArns().toArray(String[]::new);
    row.durationSeconds = profile.durationSeconds();
    row.acceptRoleSessionName = profile.acceptRoleSessionName();
    row.mappings = profile.mappings().stream().map(Mapping::stored).toArray(String[]::new);
    return row;
  }
}
