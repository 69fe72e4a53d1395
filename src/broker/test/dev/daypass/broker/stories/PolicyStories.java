package dev.daypass.broker.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.services.iam.model.DeleteConflictException;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.EntityType;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.MalformedPolicyDocumentException;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyScopeType;
import software.amazon.awssdk.services.iam.model.PolicyUsageType;
import software.amazon.awssdk.services.iam.model.Tag;

/// Managed policies, their tags, and who has them.
final class PolicyStories implements Stories {

  static String unknown(String arn) {
    return "Policy " + arn + " was not found.";
  }

  @Answers("CreatePolicy")
  @Answers("GetPolicy")
  void the_answer_tells_all_of_the_new_policy(Aws aws) {
    String name = aws.name();

    Policy made =
        aws.iam()
            .createPolicy(
                r ->
                    r.policyName(name)
                        .path("/a/")
                        .description("what it is for")
                        .policyDocument(Aws.DOCUMENT)
                        .tags(Aws.tag("a", "b")))
            .policy();

    assertThat(made.arn()).isEqualTo(Aws.arn("policy/a/" + name));
    assertThat(made.policyId()).matches("ANPA[A-Z2-7]{17}");
    assertThat(made.path()).isEqualTo("/a/");
    assertThat(made.defaultVersionId()).isEqualTo("v1");
    assertThat(made.attachmentCount()).isZero();
    assertThat(made.permissionsBoundaryUsageCount()).isZero();
    assertThat(made.isAttachable()).isTrue();
    assertThat(made.updateDate()).isEqualTo(made.createDate());
    assertThat(made.tags()).containsExactly(Aws.tag("a", "b"));
    Aws.assertRecent(made.createDate());
    Policy got = aws.iam().getPolicy(r -> r.policyArn(made.arn())).policy();
    assertThat(got.description()).isEqualTo("what it is for");
    assertThat(got.tags()).isEqualTo(made.tags());
    assertThat(got.policyId()).isEqualTo(made.policyId());
  }

  @Refuses("CreatePolicy")
  void a_name_is_taken_whatever_its_case_and_path(Aws aws) {
    String arn = aws.policy();
    String name = arn.substring(arn.lastIndexOf('/') + 1).toUpperCase(Locale.ROOT);

    Aws.assertRefused(
        EntityAlreadyExistsException.class,
        "EntityAlreadyExists",
        "A policy called " + name + " already exists. Duplicate names are not allowed.",
        () ->
            aws.iam()
                .createPolicy(
                    r -> r.policyName(name).path("/other/").policyDocument(Aws.DOCUMENT)));
  }

  @Refuses("CreatePolicy")
  void a_document_of_the_old_version(Aws aws) {
    Aws.assertRefused(
        MalformedPolicyDocumentException.class,
        "MalformedPolicyDocument",
        "Policy document must be version 2012-10-17 or greater.",
        () ->
            aws.iam()
                .createPolicy(
                    r ->
                        r.policyName(aws.name())
                            .policyDocument(
                                Aws.DOCUMENT
                                    .replace("2012-10-17", "2008-10-17")
                                    .replace("${aws:username}", ""))));
  }

  @Refuses("GetPolicy")
  @Refuses("DeletePolicy")
  void a_policy_that_is_not_there_or_of_another_account(Aws aws) {
    for (String none :
        List.of(Aws.arn("policy/" + aws.name()), "arn:aws:iam::444455556666:policy/p")) {
      Aws.assertUnknown(
          unknown(none),
          () -> aws.iam().getPolicy(r -> r.policyArn(none)),
          () -> aws.iam().deletePolicy(r -> r.policyArn(none)));
    }
  }

  @Answers("ListPolicies")
  void those_of_a_path_and_those_in_use_without_what_lists_leave_out(Aws aws) {
    String path = "/" + aws.name() + "/";
    Policy used = tagged(aws, path);
    tagged(aws, path);
    aws.iam().attachRolePolicy(r -> r.roleName(aws.role()).policyArn(used.arn()));

    var first = aws.iam().listPolicies(r -> r.pathPrefix(path).maxItems(1));
    var local = aws.iam().listPolicies(r -> r.pathPrefix(path).scope(PolicyScopeType.LOCAL));
    var attached = aws.iam().listPolicies(r -> r.pathPrefix(path).onlyAttached(true));
    var aws1 = aws.iam().listPolicies(r -> r.scope(PolicyScopeType.AWS).maxItems(1000));

    assertThat(first.isTruncated()).isTrue();
    assertThat(local.policies()).hasSize(2).noneMatch(Policy::hasTags);
    assertThat(local.policies()).allMatch(policy -> policy.description() == null);
    assertThat(attached.policies()).extracting(Policy::arn).containsExactly(used.arn());
    assertThat(attached.policies().getFirst().attachmentCount()).isEqualTo(1);
    assertThat(aws1.policies()).allMatch(p -> p.arn().startsWith("arn:aws:iam::aws:policy/"));
  }

  private static Policy tagged(Aws aws, String path) {
    return aws.iam()
        .createPolicy(
            r ->
                r.policyName(aws.name())
                    .path(path)
                    .description("d")
                    .tags(Aws.tag("a", "b"))
                    .policyDocument(Aws.DOCUMENT))
        .policy();
  }

  @Refuses("ListPolicies")
  void a_scope_there_is_not(Aws aws) {
    Aws.assertRefused(
        IamException.class,
        "ValidationError",
        "at 'scope' failed to satisfy constraint: Member must satisfy enum value set",
        () -> aws.iam().listPolicies(r -> r.scope("Global")));
  }

  @Answers("ListEntitiesForPolicy")
  void users_groups_and_roles_that_have_a_policy_page_by_page(Aws aws) {
    String policy = aws.policy();
    String user = aws.user();
    String group = aws.group();
    String role = aws.role();
    aws.iam().attachUserPolicy(r -> r.userName(user).policyArn(policy));
    aws.iam().attachGroupPolicy(r -> r.groupName(group).policyArn(policy));
    aws.iam().attachRolePolicy(r -> r.roleName(role).policyArn(policy));
    aws.iam().putUserPermissionsBoundary(r -> r.userName(user).permissionsBoundary(policy));

    var all = aws.iam().listEntitiesForPolicy(r -> r.policyArn(policy));
    var roles =
        aws.iam().listEntitiesForPolicy(r -> r.policyArn(policy).entityFilter(EntityType.ROLE));
    var bounded =
        aws.iam()
            .listEntitiesForPolicy(
                r -> r.policyArn(policy).policyUsageFilter(PolicyUsageType.PERMISSIONS_BOUNDARY));

    assertThat(all.policyUsers()).extracting("userName").containsExactly(user);
    assertThat(all.policyGroups()).extracting("groupName").containsExactly(group);
    assertThat(all.policyRoles()).extracting("roleName").containsExactly(role);
    assertThat(all.policyRoles().getFirst().roleId()).startsWith("AROA");
    assertThat(all.isTruncated()).isFalse();
    assertThat(roles.policyRoles()).hasSize(1);
    assertThat(roles.policyUsers()).isEmpty();
    assertThat(bounded.policyUsers()).hasSize(1);
    assertThat(bounded.policyRoles()).isEmpty();
  }

  @Answers("ListEntitiesForPolicy")
  void entities_of_every_kind_are_counted_together(Aws aws) {
    String policy = aws.policy();
    for (int i = 0; i < 2; i++) {
      aws.iam().attachUserPolicy(r -> r.userName(aws.user()).policyArn(policy));
      aws.iam().attachRolePolicy(r -> r.roleName(aws.role()).policyArn(policy));
    }

    var first = aws.iam().listEntitiesForPolicy(r -> r.policyArn(policy).maxItems(3));
    var all = aws.iam().listEntitiesForPolicyPaginator(r -> r.policyArn(policy).maxItems(1));

    assertThat(first.policyUsers().size() + first.policyRoles().size()).isEqualTo(3);
    assertThat(first.isTruncated()).isTrue();
    assertThat(all.policyUsers()).hasSize(2).doesNotHaveDuplicates();
    assertThat(all.policyRoles()).hasSize(2).doesNotHaveDuplicates();
  }

  @Answers("ListEntitiesForPolicy")
  void entities_of_a_path(Aws aws) {
    String policy = aws.policy();
    String path = "/" + aws.name() + "/";
    for (String in : List.of(path, "/", path + "below/")) {
      String user = aws.iam().createUser(r -> r.userName(aws.name()).path(in)).user().userName();
      aws.iam().attachUserPolicy(r -> r.userName(user).policyArn(policy));
    }
    aws.iam().attachRolePolicy(r -> r.roleName(aws.role()).policyArn(policy));

    var within = aws.iam().listEntitiesForPolicy(r -> r.policyArn(policy).pathPrefix(path));

    assertThat(within.policyUsers()).hasSize(2);
    assertThat(within.policyRoles()).isEmpty();
  }

  @Refuses("ListEntitiesForPolicy")
  void the_entities_of_no_policy(Aws aws) {
    String none = Aws.arn("policy/" + aws.name());

    Aws.assertUnknown(unknown(none), () -> aws.iam().listEntitiesForPolicy(r -> r.policyArn(none)));
  }

  @Answers("DeletePolicy")
  void a_policy_that_nobody_has_goes(Aws aws) {
    String policy = aws.policy();

    aws.iam().deletePolicy(r -> r.policyArn(policy));

    Aws.assertUnknown(unknown(policy), () -> aws.iam().getPolicy(r -> r.policyArn(policy)));
  }

  @Refuses("DeletePolicy")
  void a_policy_somebody_has_or_with_former_versions_stays(Aws aws) {
    String attached = aws.policy();
    aws.iam().attachUserPolicy(r -> r.userName(aws.user()).policyArn(attached));
    String versions = aws.policy();
    aws.iam().createPolicyVersion(r -> r.policyArn(versions).policyDocument(Aws.DOCUMENT));

    Aws.assertRefused(
        DeleteConflictException.class,
        "DeleteConflict",
        "Cannot delete a policy attached to entities.",
        () -> aws.iam().deletePolicy(r -> r.policyArn(attached)));
    Aws.assertRefused(
        DeleteConflictException.class,
        "DeleteConflict",
        "This policy has more than one version.",
        () -> aws.iam().deletePolicy(r -> r.policyArn(versions)));
  }

  @Answers("TagPolicy")
  @Answers("UntagPolicy")
  @Answers("ListPolicyTags")
  void tags_come_page_by_page_and_go(Aws aws) {
    String policy = aws.policy();

    aws.iam().tagPolicy(r -> r.policyArn(policy).tags(Aws.tag("a", "1"), Aws.tag("b", "2")));
    var first = aws.iam().listPolicyTags(r -> r.policyArn(policy).maxItems(1));
    aws.iam().untagPolicy(r -> r.policyArn(policy).tagKeys("a"));

    assertThat(first.tags()).containsExactly(Aws.tag("a", "1"));
    assertThat(first.isTruncated()).isTrue();
    assertThat(aws.iam().listPolicyTags(r -> r.policyArn(policy)).tags())
        .extracting(Tag::key)
        .containsExactly("b");
  }

  @Refuses("TagPolicy")
  @Refuses("UntagPolicy")
  @Refuses("ListPolicyTags")
  void tags_of_no_policy(Aws aws) {
    String none = Aws.arn("policy/" + aws.name());

    Aws.assertUnknown(
        unknown(none),
        () -> aws.iam().tagPolicy(r -> r.policyArn(none).tags(Aws.tag("a", "b"))),
        () -> aws.iam().untagPolicy(r -> r.policyArn(none).tagKeys("a")),
        () -> aws.iam().listPolicyTags(r -> r.policyArn(none)));
  }
}
