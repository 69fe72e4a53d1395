package dev.daypass.broker.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import software.amazon.awssdk.services.iam.model.DeleteConflictException;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.Group;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.User;

/// Groups and who is in them.
final class GroupStories implements Stories {

  private static String unknown(String group) {
    return "The group with name " + group + " cannot be found.";
  }

  @Answers("CreateGroup")
  void the_answer_tells_all_of_the_new_group(Aws aws) {
    String name = aws.name();

    Group group = aws.iam().createGroup(r -> r.groupName(name).path("/a/")).group();

    assertThat(group.groupName()).isEqualTo(name);
    assertThat(group.path()).isEqualTo("/a/");
    assertThat(group.arn()).isEqualTo(Aws.arn("group/a/" + name));
    assertThat(group.groupId()).matches("AGPA[A-Z2-7]{17}");
    Aws.assertRecent(group.createDate());
  }

  @Refuses("CreateGroup")
  void a_name_is_taken_whatever_its_case(Aws aws) {
    String shouted = aws.group().toUpperCase(Locale.ROOT);

    Aws.assertRefused(
        EntityAlreadyExistsException.class,
        "EntityAlreadyExists",
        "Group with name " + shouted + " already exists.",
        () -> aws.iam().createGroup(r -> r.groupName(shouted)));
  }

  @Answers("GetGroup")
  @Answers("AddUserToGroup")
  void members_come_page_by_page_and_once_however_often_they_are_added(Aws aws) {
    String group = aws.group();
    String one = aws.user();
    String other = aws.user();
    for (String user : new String[] {one, other, one}) {
      aws.iam().addUserToGroup(r -> r.groupName(group).userName(user));
    }

    var first = aws.iam().getGroup(r -> r.groupName(group).maxItems(1));
    assertThat(first.group().groupName()).isEqualTo(group);
    assertThat(first.isTruncated()).isTrue();
    assertThat(aws.iam().getGroupPaginator(r -> r.groupName(group).maxItems(1)).users())
        .extracting(User::userName)
        .containsExactlyInAnyOrder(one, other);
  }

  @Refuses("GetGroup")
  void no_group_has_this_name(Aws aws) {
    String name = aws.name();

    Aws.assertUnknown(unknown(name), () -> aws.iam().getGroup(r -> r.groupName(name)));
  }

  @Refuses("AddUserToGroup")
  void nobody_is_in_more_than_ten_groups(Aws aws) {
    String user = aws.user();
    for (int i = 0; i < 10; i++) {
      String group = aws.group();
      aws.iam().addUserToGroup(r -> r.groupName(group).userName(user));
    }
    String eleventh = aws.group();

    Aws.assertRefused(
        LimitExceededException.class,
        "LimitExceeded",
        "Cannot exceed quota for GroupsPerUser: 10",
        () -> aws.iam().addUserToGroup(r -> r.groupName(eleventh).userName(user)));
  }

  @Answers("ListGroups")
  void a_path_is_listed_page_by_page(Aws aws) {
    String path = "/" + aws.name() + "/";
    aws.iam().createGroup(r -> r.groupName(aws.name()).path(path));
    aws.iam().createGroup(r -> r.groupName(aws.name()).path(path + "below/"));

    var first = aws.iam().listGroups(r -> r.pathPrefix(path).maxItems(1));
    var last = aws.iam().listGroups(r -> r.pathPrefix(path).marker(first.marker()));

    assertThat(first.isTruncated()).isTrue();
    assertThat(last.isTruncated()).isFalse();
    assertThat(last.marker()).isNull();
    assertThat(last.groups()).hasSize(1).doesNotContainAnyElementsOf(first.groups());
  }

  @Refuses("ListGroups")
  void more_than_a_thousand_at_once(Aws aws) {
    Aws.assertRefused(
        IamException.class,
        "ValidationError",
        "Value '1001' at 'maxItems' failed to satisfy constraint: Member must have value less than"
            + " or equal to 1000",
        () -> aws.iam().listGroups(r -> r.maxItems(1001)));
  }

  @Answers("ListGroupsForUser")
  void the_groups_of_a_user(Aws aws) {
    String user = aws.user();
    String group = aws.group();
    assertThat(aws.iam().listGroupsForUser(r -> r.userName(user)).groups()).isEmpty();

    aws.iam().addUserToGroup(r -> r.groupName(group).userName(user));

    var groups = aws.iam().listGroupsForUser(r -> r.userName(user));
    assertThat(groups.isTruncated()).isFalse();
    assertThat(groups.groups())
        .containsExactly(aws.iam().getGroup(r -> r.groupName(group)).group());
  }

  @Refuses("ListGroupsForUser")
  void the_groups_of_nobody(Aws aws) {
    String user = aws.name();

    Aws.assertUnknown(
        "The user with name " + user + " cannot be found.",
        () -> aws.iam().listGroupsForUser(r -> r.userName(user)));
  }

  @Answers("UpdateGroup")
  void another_name_and_path_and_the_same_id_and_members(Aws aws) {
    String name = aws.group();
    String user = aws.user();
    aws.iam().addUserToGroup(r -> r.groupName(name).userName(user));
    Group before = aws.iam().getGroup(r -> r.groupName(name)).group();
    String next = aws.name();

    aws.iam().updateGroup(r -> r.groupName(name).newGroupName(next).newPath("/n/"));

    var after = aws.iam().getGroup(r -> r.groupName(next));
    assertThat(after.group().groupId()).isEqualTo(before.groupId());
    assertThat(after.group().createDate()).isEqualTo(before.createDate());
    assertThat(after.group().arn()).isEqualTo(Aws.arn("group/n/" + next));
    assertThat(after.users()).extracting(User::userName).containsExactly(user);
    Aws.assertUnknown(unknown(name), () -> aws.iam().getGroup(r -> r.groupName(name)));
  }

  @Refuses("UpdateGroup")
  void the_name_of_another(Aws aws) {
    String name = aws.group();
    String other = aws.group();

    Aws.assertRefused(
        EntityAlreadyExistsException.class,
        "EntityAlreadyExists",
        "Group with name " + other + " already exists.",
        () -> aws.iam().updateGroup(r -> r.groupName(name).newGroupName(other)));
  }

  @Answers("RemoveUserFromGroup")
  void who_is_removed_is_out(Aws aws) {
    String group = aws.group();
    String user = aws.user();
    aws.iam().addUserToGroup(r -> r.groupName(group).userName(user));

    aws.iam().removeUserFromGroup(r -> r.groupName(group).userName(user));

    assertThat(aws.iam().getGroup(r -> r.groupName(group)).users()).isEmpty();
  }

  @Refuses("RemoveUserFromGroup")
  void who_is_not_in_cannot_be_removed(Aws aws) {
    String group = aws.group();
    String user = aws.user();

    Aws.assertUnknown(
        "", () -> aws.iam().removeUserFromGroup(r -> r.groupName(group).userName(user)));
  }

  @Answers("DeleteGroup")
  void an_empty_group_goes(Aws aws) {
    String name = aws.group();

    aws.iam().deleteGroup(r -> r.groupName(name));

    Aws.assertUnknown(unknown(name), () -> aws.iam().deleteGroup(r -> r.groupName(name)));
  }

  @Refuses("DeleteGroup")
  void a_group_that_is_not_empty_stays(Aws aws) {
    String members = aws.group();
    String policies = aws.group();
    String attached = aws.group();
    String user = aws.user();
    aws.iam().addUserToGroup(r -> r.groupName(members).userName(user));
    aws.iam()
        .putGroupPolicy(r -> r.groupName(policies).policyName("p").policyDocument(Aws.DOCUMENT));
    aws.iam().attachGroupPolicy(r -> r.groupName(attached).policyArn(aws.policy()));

    assertStays(aws, members, "must remove users from group first.");
    assertStays(aws, policies, "must delete policies first.");
    assertStays(aws, attached, "must detach all policies first.");
  }

  private static void assertStays(Aws aws, String group, String words) {
    Aws.assertRefused(
        DeleteConflictException.class,
        "DeleteConflict",
        "Cannot delete entity, " + words,
        () -> aws.iam().deleteGroup(r -> r.groupName(group)));
  }
}
