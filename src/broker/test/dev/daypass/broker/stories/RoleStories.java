package dev.daypass.broker.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import software.amazon.awssdk.services.iam.model.DeleteConflictException;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;

/// Roles and their tags.
final class RoleStories implements Stories {

  static String unknown(String role) {
    return "The role with name " + role + " cannot be found.";
  }

  @Answers("CreateRole")
  void the_answer_tells_all_of_the_new_role(Aws aws) {
    String name = aws.name();
    String trust = Aws.trust(":root");

    Role role =
        aws.iam()
            .createRole(
                r ->
                    r.roleName(name)
                        .path("/a/b/")
                        .description("what it <is> & for")
                        .assumeRolePolicyDocument(trust)
                        .maxSessionDuration(7200)
                        .tags(Aws.tag("a", "b")))
            .role();

    assertThat(role.arn()).isEqualTo(Aws.arn("role/a/b/" + name));
    assertThat(role.roleId()).matches("AROA[A-Z2-7]{17}");
    assertThat(role.path()).isEqualTo("/a/b/");
    assertThat(Aws.decoded(role.assumeRolePolicyDocument())).isEqualTo(trust);
    assertThat(role.tags()).containsExactly(Aws.tag("a", "b"));
    Aws.assertRecent(role.createDate());
    Role got = aws.iam().getRole(r -> r.roleName(name)).role();
    assertThat(got.description()).isEqualTo("what it <is> & for");
    assertThat(got.maxSessionDuration()).isEqualTo(7200);
  }

  @Refuses("CreateRole")
  void a_name_is_taken_whatever_its_case(Aws aws) {
    String shouted = aws.role().toUpperCase(Locale.ROOT);

    Aws.assertRefused(
        EntityAlreadyExistsException.class,
        "EntityAlreadyExists",
        "Role with name " + shouted + " already exists.",
        () ->
            aws.iam()
                .createRole(r -> r.roleName(shouted).assumeRolePolicyDocument(Aws.trust(":root"))));
  }

  @Answers("GetRole")
  void a_new_role_has_the_usual_length_of_sessions_and_was_never_used(Aws aws) {
    String name = aws.role();

    Role role = aws.iam().getRole(r -> r.roleName(name)).role();

    assertThat(role.maxSessionDuration()).isEqualTo(3600);
    assertThat(role.description()).isNull();
    assertThat(role.hasTags()).isFalse();
    assertThat(role.roleLastUsed().lastUsedDate()).isNull();
    assertThat(role.roleLastUsed().region()).isNull();
  }

  @Refuses("GetRole")
  void no_role_has_this_name(Aws aws) {
    String name = aws.name();

    Aws.assertUnknown(unknown(name), () -> aws.iam().getRole(r -> r.roleName(name)));
  }

  @Answers("ListRoles")
  void a_path_is_listed_page_by_page_without_what_lists_leave_out(Aws aws) {
    String path = "/" + aws.name() + "/";
    for (int i = 0; i < 2; i++) {
      aws.iam()
          .createRole(
              r ->
                  r.roleName(aws.name())
                      .path(path)
                      .tags(Aws.tag("a", "b"))
                      .assumeRolePolicyDocument(Aws.trust(":root")));
    }

    var first = aws.iam().listRoles(r -> r.pathPrefix(path).maxItems(1));
    var all = aws.iam().listRolesPaginator(r -> r.pathPrefix(path).maxItems(1)).roles();

    assertThat(first.isTruncated()).isTrue();
    assertThat(all)
        .hasSize(2)
        .allSatisfy(
            role -> {
              assertThat(role.hasTags()).isFalse();
              assertThat(role.roleLastUsed()).isNull();
              assertThat(role.maxSessionDuration()).isEqualTo(3600);
              assertThat(Aws.decoded(role.assumeRolePolicyDocument()))
                  .isEqualTo(Aws.trust(":root"));
            });
  }

  @Refuses("ListRoles")
  void a_prefix_that_begins_with_no_slash(Aws aws) {
    Aws.assertRefused(
        IamException.class,
        "ValidationError",
        "Value 'a' at 'pathPrefix' failed to satisfy constraint",
        () -> aws.iam().listRoles(r -> r.pathPrefix("a")));
  }

  @Answers("UpdateRole")
  void what_is_left_out_stays_and_an_empty_description_takes_it_away(Aws aws) {
    String name = aws.role();

    aws.iam().updateRole(r -> r.roleName(name).description("d").maxSessionDuration(43200));
    aws.iam().updateRole(r -> r.roleName(name));
    Role kept = aws.iam().getRole(r -> r.roleName(name)).role();
    aws.iam().updateRole(r -> r.roleName(name).description(""));
    Role cleared = aws.iam().getRole(r -> r.roleName(name)).role();

    assertThat(kept.description()).isEqualTo("d");
    assertThat(kept.maxSessionDuration()).isEqualTo(43200);
    assertThat(cleared.description()).isNullOrEmpty();
    assertThat(cleared.maxSessionDuration()).isEqualTo(43200);
  }

  @Refuses("UpdateRole")
  void sessions_of_less_than_an_hour_or_more_than_twelve(Aws aws) {
    String name = aws.role();

    for (int seconds : new int[] {3599, 43201}) {
      Aws.assertRefused(
          IamException.class,
          "ValidationError",
          "Value '" + seconds + "' at 'maxSessionDuration' failed to satisfy constraint",
          () -> aws.iam().updateRole(r -> r.roleName(name).maxSessionDuration(seconds)));
    }
  }

  @Answers("UpdateRoleDescription")
  void the_answer_has_the_new_description(Aws aws) {
    String name = aws.role();

    Role role = aws.iam().updateRoleDescription(r -> r.roleName(name).description("new")).role();

    assertThat(role.description()).isEqualTo("new");
    assertThat(role.arn()).isEqualTo(Aws.arn("role/" + name));
    assertThat(aws.iam().getRole(r -> r.roleName(name)).role().description()).isEqualTo("new");
  }

  @Refuses("UpdateRoleDescription")
  void the_description_of_no_role(Aws aws) {
    String name = aws.name();

    Aws.assertUnknown(
        unknown(name),
        () -> aws.iam().updateRoleDescription(r -> r.roleName(name).description("d")));
  }

  @Answers("DeleteRole")
  void a_role_that_is_made_again_is_another_one(Aws aws) {
    String name = aws.role();
    String id = aws.iam().getRole(r -> r.roleName(name)).role().roleId();

    aws.iam().deleteRole(r -> r.roleName(name));

    Aws.assertUnknown(unknown(name), () -> aws.iam().getRole(r -> r.roleName(name)));
    var again =
        aws.iam()
            .createRole(r -> r.roleName(name).assumeRolePolicyDocument(Aws.trust(":root")))
            .role();
    assertThat(again.roleId()).isNotEqualTo(id);
  }

  @Refuses("DeleteRole")
  void a_role_that_still_has_something_is_told_what_to_remove(Aws aws) {
    String policies = aws.role();
    String attached = aws.role();
    String profile = aws.role();
    aws.iam().putRolePolicy(r -> r.roleName(policies).policyName("p").policyDocument(Aws.DOCUMENT));
    aws.iam().attachRolePolicy(r -> r.roleName(attached).policyArn(aws.policy()));
    InstanceProfileStories.profileOf(aws, profile);

    assertStays(aws, policies, "must delete policies first.");
    assertStays(aws, attached, "must detach all policies first.");
    assertStays(aws, profile, "must remove roles from instance profile first.");
  }

  private static void assertStays(Aws aws, String role, String words) {
    Aws.assertRefused(
        DeleteConflictException.class,
        "DeleteConflict",
        "Cannot delete entity, " + words,
        () -> aws.iam().deleteRole(r -> r.roleName(role)));
  }

  @Answers("TagRole")
  @Answers("UntagRole")
  @Answers("ListRoleTags")
  void tags_come_page_by_page_and_go(Aws aws) {
    String name = aws.role();

    aws.iam().tagRole(r -> r.roleName(name).tags(Aws.tag("a", "1"), Aws.tag("b", "2")));
    var first = aws.iam().listRoleTags(r -> r.roleName(name).maxItems(1));
    var rest = aws.iam().listRoleTags(r -> r.roleName(name).marker(first.marker()));
    aws.iam().untagRole(r -> r.roleName(name).tagKeys("A"));

    assertThat(first.tags()).containsExactly(Aws.tag("a", "1"));
    assertThat(first.isTruncated()).isTrue();
    assertThat(rest.tags()).containsExactly(Aws.tag("b", "2"));
    assertThat(rest.isTruncated()).isFalse();
    assertThat(aws.iam().getRole(r -> r.roleName(name)).role().tags())
        .extracting(Tag::key)
        .containsExactly("b");
  }

  @Refuses("TagRole")
  void more_than_fifty_tags_in_all(Aws aws) {
    String name = aws.role();
    for (int i = 0; i < 50; i += 25) {
      int from = i;
      aws.iam()
          .tagRole(
              r ->
                  r.roleName(name)
                      .tags(
                          java.util.stream.IntStream.range(from, from + 25)
                              .mapToObj(n -> Aws.tag("k" + n, "v"))
                              .toList()));
    }

    aws.iam().tagRole(r -> r.roleName(name).tags(Aws.tag("k0", "again")));
    Aws.assertRefused(
        LimitExceededException.class,
        "LimitExceeded",
        "Cannot exceed quota for TagsPerResource: 50",
        () -> aws.iam().tagRole(r -> r.roleName(name).tags(Aws.tag("k50", "v"))));
  }

  @Refuses("UntagRole")
  @Refuses("ListRoleTags")
  void tags_of_no_role(Aws aws) {
    String name = aws.name();

    Aws.assertUnknown(
        unknown(name),
        () -> aws.iam().untagRole(r -> r.roleName(name).tagKeys("a")),
        () -> aws.iam().listRoleTags(r -> r.roleName(name)));
  }
}
