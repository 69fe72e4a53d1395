package dev.daypass.broker.calls;

import dev.daypass.broker.instanceprofiles.InstanceProfileActions;
import dev.daypass.broker.roles.RoleActions;
import dev.daypass.broker.tags.PostgresTags;
import dev.daypass.wire.iam.InstanceProfileMessages.AddRoleToInstanceProfile;
import dev.daypass.wire.iam.InstanceProfileMessages.CreateInstanceProfile;
import dev.daypass.wire.iam.InstanceProfileMessages.DeleteInstanceProfile;
import dev.daypass.wire.iam.InstanceProfileMessages.GetInstanceProfile;
import dev.daypass.wire.iam.InstanceProfileMessages.ListInstanceProfileTags;
import dev.daypass.wire.iam.InstanceProfileMessages.ListInstanceProfiles;
import dev.daypass.wire.iam.InstanceProfileMessages.ListInstanceProfilesForRole;
import dev.daypass.wire.iam.InstanceProfileMessages.RemoveRoleFromInstanceProfile;
import dev.daypass.wire.iam.InstanceProfileMessages.TagInstanceProfile;
import dev.daypass.wire.iam.InstanceProfileMessages.UntagInstanceProfile;
import jakarta.inject.Singleton;
import java.util.List;

/// The actions of IAM on instance profiles.
@Singleton
final class InstanceProfileCatalogue implements CatalogueSection {
  private final InstanceProfileActions profiles;
  private final RoleActions roles;

  InstanceProfileCatalogue(InstanceProfileActions profiles, RoleActions roles) {
    this.profiles = profiles;
    this.roles = roles;
  }

  @Override
  public List<Action<?, ?>> actions() {
    return List.of(
        Action.read(
            GetInstanceProfile.class,
            (c, r) -> profiles.target(c, r.instanceProfileName()),
            profiles::get),
        Action.read(ListInstanceProfiles.class, profiles::listed, profiles::list),
        Action.read(
            ListInstanceProfilesForRole.class,
            (c, r) -> roles.target(c, r.roleName().value()),
            profiles::listForRole),
        Action.read(
            ListInstanceProfileTags.class,
            (c, r) -> profiles.target(c, r.instanceProfileName()),
            profiles::listTags),
        Action.write(CreateInstanceProfile.class, profiles::created, profiles::create),
        Action.write(
            AddRoleToInstanceProfile.class,
            (c, r) -> profiles.target(c, r.instanceProfileName()),
            profiles::addRole),
        Action.write(
            RemoveRoleFromInstanceProfile.class,
            (c, r) -> profiles.target(c, r.instanceProfileName()),
            profiles::removeRole),
        Action.write(
            DeleteInstanceProfile.class,
            (c, r) -> profiles.target(c, r.instanceProfileName()),
            profiles::delete),
        Action.write(
            TagInstanceProfile.class,
            (c, r) ->
                profiles
                    .target(c, r.instanceProfileName())
                    .map(t -> t.with(PostgresTags.context(r.tags()))),
            profiles::tag),
        Action.write(
            UntagInstanceProfile.class,
            (c, r) ->
                profiles
                    .target(c, r.instanceProfileName())
                    .map(t -> t.with(PostgresTags.keysContext(r.tagKeys()))),
            profiles::untag));
  }
}
