package dev.daypass.broker.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import software.amazon.awssdk.services.iam.model.DeleteConflictException;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.InvalidInputException;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.User;

/// Users and their tags.
final class UserStories implements Stories {

  @Answers("CreateUser")
  void the_answer_tells_all_of_the_new_user(Aws aws) {
    String name = aws.name();
    String boundary = aws.policy();

    User user =
        aws.iam()
            .createUser(
                r ->
                    r.userName(name)
                        .path("/a/b/")
                        .permissionsBoundary(boundary)
                        .tags(Aws.tag("Team", "x y"), Aws.tag("empty", "")))
            .user();

    assertThat(user.userName()).isEqualTo(name);
    assertThat(user.path()).isEqualTo("/a/b/");
    assertThat(user.arn()).isEqualTo(Aws.arn("user/a/b/" + name));
    assertThat(user.userId()).matches("AIDA[A-Z2-7]{17}");
    assertThat(user.passwordLastUsed()).isNull();
    assertThat(user.permissionsBoundary().permissionsBoundaryArn()).isEqualTo(boundary);
    assertThat(user.permissionsBoundary().permissionsBoundaryTypeAsString()).isEqualTo("Policy");
    assertThat(user.tags()).containsExactly(Aws.tag("Team", "x y"), Aws.tag("empty", ""));
    Aws.assertRecent(user.createDate());
  }

  @Refuses("CreateUser")
  void a_name_is_taken_whatever_its_case(Aws aws) {
    String name = aws.user();
    String shouted = name.toUpperCase(Locale.ROOT);

    Aws.assertRefused(
        EntityAlreadyExistsException.class,
        "EntityAlreadyExists",
        "User with name " + shouted + " already exists.",
        () -> aws.iam().createUser(r -> r.userName(shouted)));
  }

  @Refuses("CreateUser")
  void tag_keys_that_differ_in_case_only_and_those_of_aws(Aws aws) {
    Aws.assertRefused(
        InvalidInputException.class,
        "InvalidInput",
        "Duplicate tag keys found.",
        () ->
            aws.iam()
                .createUser(
                    r -> r.userName(aws.name()).tags(Aws.tag("Key", "1"), Aws.tag("key", "2"))));
    Aws.assertRefused(
        InvalidInputException.class,
        "InvalidInput",
        "",
        () -> aws.iam().createUser(r -> r.userName(aws.name()).tags(Aws.tag("aws:x", "1"))));
  }

  @Answers("GetUser")
  void a_user_reads_itself_without_saying_its_name(Aws aws) {
    String name = aws.user();
    aws.allow(name, "iam:GetUser", "*");

    User self = aws.iam(aws.key(name)).getUser().user();

    assertThat(self).isEqualTo(aws.iam().getUser(r -> r.userName(name)).user());
    assertThat(self.userName()).isEqualTo(name);
    assertThat(self.hasTags()).isFalse();
    assertThat(self.permissionsBoundary()).isNull();
  }

  @Refuses("GetUser")
  void nobody_has_this_name(Aws aws) {
    String name = aws.name();

    Aws.assertUnknown(
        "The user with name " + name + " cannot be found.",
        () -> aws.iam().getUser(r -> r.userName(name)));
  }

  @Refuses("GetUser")
  void a_session_of_a_role_is_no_user(Aws aws) {
    Aws.assertRefused(
        IamException.class,
        "ValidationError",
        "Must specify userName when calling with non-User credentials",
        () -> aws.iam(SessionStories.assumed(aws)).getUser());
  }

  @Answers("ListUsers")
  void a_path_is_listed_page_by_page_without_what_lists_leave_out(Aws aws) {
    String path = "/" + aws.name() + "/";
    String boundary = aws.policy();
    for (int i = 0; i < 3; i++) {
      aws.iam()
          .createUser(
              r ->
                  r.userName(aws.name())
                      .path(path)
                      .permissionsBoundary(boundary)
                      .tags(Aws.tag("a", "b")));
    }

    var first = aws.iam().listUsers(r -> r.pathPrefix(path).maxItems(2));
    var all = aws.iam().listUsersPaginator(r -> r.pathPrefix(path).maxItems(2)).users().stream();

    assertThat(first.users()).hasSize(2);
    assertThat(first.isTruncated()).isTrue();
    assertThat(first.marker()).isNotBlank();
    assertThat(all)
        .hasSize(3)
        .allSatisfy(
            user -> {
              assertThat(user.path()).isEqualTo(path);
              assertThat(user.hasTags()).isFalse();
              assertThat(user.permissionsBoundary()).isNull();
            });
  }

  @Refuses("ListUsers")
  void a_marker_that_no_answer_had(Aws aws) {
    Aws.assertRefused(
        IamException.class,
        "ValidationError",
        "Invalid Marker.",
        () -> aws.iam().listUsers(r -> r.marker("!")));
    Aws.assertRefused(
        IamException.class,
        "ValidationError",
        "Invalid Marker.",
        () -> aws.iam().listUsers(r -> r.marker("YQBi"))); // "a", NUL, "b"
  }

  @Answers("UpdateUser")
  void another_name_and_path_and_the_same_id(Aws aws) {
    String name = aws.user();
    String id = aws.iam().getUser(r -> r.userName(name)).user().userId();
    String next = name.toLowerCase(Locale.ROOT);

    aws.iam().updateUser(r -> r.userName(name).newUserName(next).newPath("/new/"));

    User user = aws.iam().getUser(r -> r.userName(next)).user();
    assertThat(user.userId()).isEqualTo(id);
    assertThat(user.arn()).isEqualTo(Aws.arn("user/new/" + next));
  }

  @Refuses("UpdateUser")
  void the_name_of_another(Aws aws) {
    String name = aws.user();
    String other = aws.user();

    Aws.assertRefused(
        EntityAlreadyExistsException.class,
        "EntityAlreadyExists",
        "User with name " + other + " already exists.",
        () -> aws.iam().updateUser(r -> r.userName(name).newUserName(other)));
  }

  @Answers("DeleteUser")
  void a_user_that_is_deleted_is_gone_with_its_tags(Aws aws) {
    String name = aws.user();
    aws.iam().tagUser(r -> r.userName(name).tags(Aws.tag("a", "b")));

    aws.iam().deleteUser(r -> r.userName(name));

    assertThat(aws.iam().createUser(r -> r.userName(name)).user().hasTags()).isFalse();
    assertThat(aws.iam().listUserTags(r -> r.userName(name)).tags()).isEmpty();
  }

  @Refuses("DeleteUser")
  void one_who_still_has_something_is_told_what_to_remove(Aws aws) {
    assertStays(aws, has -> has.policy(aws), "must delete policies first.");
    assertStays(aws, has -> has.attachment(aws), "must detach all policies first.");
    assertStays(aws, has -> aws.key(has.user()), "must delete access keys first.");
    assertStays(aws, has -> has.password(aws), "must delete login profile first.");
    assertStays(aws, has -> has.group(aws), "must remove users from group first.");
    assertStays(
        aws, has -> DeviceStories.enabled(aws, has.user()), "must delete MFA device first.");
  }

  private interface Gift {
    void to(Has user);
  }

  private static void assertStays(Aws aws, Gift gift, String words) {
    String name = aws.user();
    gift.to(new Has(name));

    Aws.assertRefused(
        DeleteConflictException.class,
        "DeleteConflict",
        "Cannot delete entity, " + words,
        () -> aws.iam().deleteUser(r -> r.userName(name)));
  }

  /// Ways to have something.
  private record Has(String user) {
    void policy(Aws aws) {
      aws.allow(user, "s3:*", "*");
    }

    void attachment(Aws aws) {
      aws.iam().attachUserPolicy(r -> r.userName(user).policyArn(aws.policy()));
    }

    void password(Aws aws) {
      aws.iam().createLoginProfile(r -> r.userName(user).password(LoginProfileStories.PASSWORD));
    }

    void group(Aws aws) {
      String group = aws.group();
      aws.iam().addUserToGroup(r -> r.groupName(group).userName(user));
    }
  }

  @Answers("TagUser")
  @Answers("ListUserTags")
  void a_key_gets_another_value_and_tags_come_page_by_page(Aws aws) {
    String name = aws.user();

    aws.iam().tagUser(r -> r.userName(name).tags(Aws.tag("a", "1"), Aws.tag("b", "2")));
    aws.iam().tagUser(r -> r.userName(name).tags(Aws.tag("A", "3")));

    var first = aws.iam().listUserTags(r -> r.userName(name).maxItems(1));
    assertThat(first.isTruncated()).isTrue();
    assertThat(aws.iam().listUserTagsPaginator(r -> r.userName(name).maxItems(1)).tags())
        .containsExactlyInAnyOrder(Aws.tag("A", "3"), Aws.tag("b", "2"));
  }

  @Answers("UntagUser")
  void a_tag_goes_whatever_the_case_of_its_key_and_one_that_is_not_there_too(Aws aws) {
    String name = aws.user();
    aws.iam().tagUser(r -> r.userName(name).tags(Aws.tag("Team", "1"), Aws.tag("b", "2")));

    aws.iam().untagUser(r -> r.userName(name).tagKeys("team", "none"));

    assertThat(aws.iam().listUserTags(r -> r.userName(name)).tags())
        .extracting(Tag::key)
        .containsExactly("b");
  }

  @Refuses("TagUser")
  @Refuses("UntagUser")
  @Refuses("ListUserTags")
  void tags_of_nobody(Aws aws) {
    String name = aws.name();
    String words = "The user with name " + name + " cannot be found.";

    Aws.assertUnknown(
        words,
        () -> aws.iam().tagUser(r -> r.userName(name).tags(Aws.tag("a", "b"))),
        () -> aws.iam().untagUser(r -> r.userName(name).tagKeys("a")),
        () -> aws.iam().listUserTags(r -> r.userName(name)));
  }
}
