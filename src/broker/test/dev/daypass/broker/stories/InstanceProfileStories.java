package dev.daypass.broker.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import software.amazon.awssdk.services.iam.model.DeleteConflictException;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.InstanceProfile;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;

/// Instance profiles, their roles and tags.
final class InstanceProfileStories implements Stories {

  private static String unknown(String profile) {
    return "Instance Profile " + profile + " cannot be found.";
  }

  private static String profile(Aws aws) {
    String name = aws.name();
    aws.iam().createInstanceProfile(r -> r.instanceProfileName(name));
    return name;
  }

  /// A new profile with a role.
  static String profileOf(Aws aws, String role) {
    String profile = profile(aws);
    put(aws, profile, role);
    return profile;
  }

  private static void put(Aws aws, String profile, String role) {
    aws.iam().addRoleToInstanceProfile(r -> r.instanceProfileName(profile).roleName(role));
  }

  private static InstanceProfile get(Aws aws, String profile) {
    return aws.iam().getInstanceProfile(r -> r.instanceProfileName(profile)).instanceProfile();
  }

  @Answers("CreateInstanceProfile")
  void the_answer_tells_all_of_the_new_profile(Aws aws) {
    String name = aws.name();

    InstanceProfile made =
        aws.iam()
            .createInstanceProfile(
                r -> r.instanceProfileName(name).path("/a/").tags(Aws.tag("a", "b")))
            .instanceProfile();

    assertThat(made.instanceProfileName()).isEqualTo(name);
    assertThat(made.path()).isEqualTo("/a/");
    assertThat(made.arn()).isEqualTo(Aws.arn("instance-profile/a/" + name));
    assertThat(made.instanceProfileId()).matches("AIPA[A-Z2-7]{17}");
    assertThat(made.roles()).isEmpty();
    assertThat(made.tags()).containsExactly(Aws.tag("a", "b"));
    Aws.assertRecent(made.createDate());
    assertThat(get(aws, name)).isEqualTo(made);
  }

  @Refuses("CreateInstanceProfile")
  void a_name_is_taken_whatever_its_case(Aws aws) {
    String shouted = profile(aws).toUpperCase(Locale.ROOT);

    Aws.assertRefused(
        EntityAlreadyExistsException.class,
        "EntityAlreadyExists",
        "Instance Profile " + shouted + " already exists.",
        () -> aws.iam().createInstanceProfile(r -> r.instanceProfileName(shouted)));
  }

  @Answers("AddRoleToInstanceProfile")
  @Answers("GetInstanceProfile")
  void a_profile_shows_its_role(Aws aws) {
    String role = aws.role();

    Role shown = get(aws, profileOf(aws, role)).roles().getFirst();

    assertThat(shown.arn()).isEqualTo(Aws.arn("role/" + role));
    assertThat(Aws.decoded(shown.assumeRolePolicyDocument())).isEqualTo(Aws.trust(":root"));
  }

  @Refuses("AddRoleToInstanceProfile")
  void a_second_role(Aws aws) {
    String profile = profileOf(aws, aws.role());

    Aws.assertRefused(
        LimitExceededException.class,
        "LimitExceeded",
        "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1",
        () -> put(aws, profile, aws.role()));
  }

  @Refuses("AddRoleToInstanceProfile")
  void whoever_may_not_pass_the_role(Aws aws) {
    String user = aws.user();
    String profile = profile(aws);
    String role = aws.role();
    aws.allow(user, "iam:AddRoleToInstanceProfile", "*");

    Aws.assertRefused(
        IamException.class,
        "AccessDenied",
        "is not authorized to perform: iam:PassRole on resource: " + Aws.arn("role/" + role),
        () ->
            aws.iam(aws.key(user))
                .addRoleToInstanceProfile(r -> r.instanceProfileName(profile).roleName(role)));
  }

  @Refuses("GetInstanceProfile")
  @Refuses("DeleteInstanceProfile")
  @Refuses("TagInstanceProfile")
  @Refuses("UntagInstanceProfile")
  @Refuses("ListInstanceProfileTags")
  void no_profile_has_this_name(Aws aws) {
    String name = aws.name();

    Aws.assertUnknown(
        unknown(name),
        () -> get(aws, name),
        () -> aws.iam().deleteInstanceProfile(r -> r.instanceProfileName(name)),
        () ->
            aws.iam().tagInstanceProfile(r -> r.instanceProfileName(name).tags(Aws.tag("a", "b"))),
        () -> aws.iam().untagInstanceProfile(r -> r.instanceProfileName(name).tagKeys("a")),
        () -> aws.iam().listInstanceProfileTags(r -> r.instanceProfileName(name)));
  }

  @Answers("ListInstanceProfiles")
  void a_path_is_listed_page_by_page_without_tags(Aws aws) {
    String path = "/" + aws.name() + "/";
    for (int i = 0; i < 2; i++) {
      aws.iam()
          .createInstanceProfile(
              r -> r.instanceProfileName(aws.name()).path(path).tags(Aws.tag("a", "b")));
    }

    var first = aws.iam().listInstanceProfiles(r -> r.pathPrefix(path).maxItems(1));
    var all = aws.iam().listInstanceProfilesPaginator(r -> r.pathPrefix(path).maxItems(1));

    assertThat(first.isTruncated()).isTrue();
    assertThat(all.instanceProfiles()).hasSize(2).noneMatch(InstanceProfile::hasTags);
  }

  @Refuses("ListInstanceProfiles")
  void a_prefix_that_begins_with_no_slash(Aws aws) {
    Aws.assertRefused(
        IamException.class,
        "ValidationError",
        "Value 'a' at 'pathPrefix' failed to satisfy constraint",
        () -> aws.iam().listInstanceProfiles(r -> r.pathPrefix("a")));
  }

  @Answers("ListInstanceProfilesForRole")
  void the_profiles_of_a_role(Aws aws) {
    String role = aws.role();
    profileOf(aws, role);
    profileOf(aws, role);

    var first = aws.iam().listInstanceProfilesForRole(r -> r.roleName(role).maxItems(1));
    var rest = aws.iam().listInstanceProfilesForRole(r -> r.roleName(role).marker(first.marker()));

    assertThat(first.isTruncated()).isTrue();
    assertThat(rest.isTruncated()).isFalse();
    assertThat(rest.instanceProfiles()).hasSize(1);
    assertThat(rest.instanceProfiles().getFirst().roles().getFirst().roleName()).isEqualTo(role);
  }

  @Refuses("ListInstanceProfilesForRole")
  void the_profiles_of_no_role(Aws aws) {
    String role = aws.name();

    Aws.assertUnknown(
        RoleStories.unknown(role),
        () -> aws.iam().listInstanceProfilesForRole(r -> r.roleName(role)));
  }

  @Answers("RemoveRoleFromInstanceProfile")
  @Answers("DeleteInstanceProfile")
  void an_empty_profile_goes(Aws aws) {
    String role = aws.role();
    String profile = profileOf(aws, role);

    aws.iam().removeRoleFromInstanceProfile(r -> r.instanceProfileName(profile).roleName(role));
    assertThat(get(aws, profile).roles()).isEmpty();
    aws.iam().deleteInstanceProfile(r -> r.instanceProfileName(profile));

    Aws.assertUnknown(unknown(profile), () -> get(aws, profile));
  }

  @Refuses("RemoveRoleFromInstanceProfile")
  void a_role_that_is_in_another_profile(Aws aws) {
    String role = aws.role();
    profileOf(aws, role);
    String profile = profile(aws);

    Aws.assertUnknown(
        "",
        () ->
            aws.iam()
                .removeRoleFromInstanceProfile(r -> r.instanceProfileName(profile).roleName(role)));
  }

  @Refuses("DeleteInstanceProfile")
  void a_profile_with_a_role_stays(Aws aws) {
    String profile = profileOf(aws, aws.role());

    Aws.assertRefused(
        DeleteConflictException.class,
        "DeleteConflict",
        "Cannot delete entity, must remove roles from instance profile first.",
        () -> aws.iam().deleteInstanceProfile(r -> r.instanceProfileName(profile)));
  }

  @Answers("TagInstanceProfile")
  @Answers("UntagInstanceProfile")
  @Answers("ListInstanceProfileTags")
  void tags_come_page_by_page_and_go(Aws aws) {
    String name = profile(aws);

    aws.iam()
        .tagInstanceProfile(
            r -> r.instanceProfileName(name).tags(Aws.tag("a", "1"), Aws.tag("b", "2")));
    var first = aws.iam().listInstanceProfileTags(r -> r.instanceProfileName(name).maxItems(1));
    aws.iam().untagInstanceProfile(r -> r.instanceProfileName(name).tagKeys("A"));

    assertThat(first.tags()).containsExactly(Aws.tag("a", "1"));
    assertThat(first.isTruncated()).isTrue();
    assertThat(get(aws, name).tags()).extracting(Tag::key).containsExactly("b");
  }
}
