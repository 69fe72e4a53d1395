package dev.daypass.broker.apply;

import dev.daypass.wire.Request;
import dev.daypass.wire.iam.GroupMessages.DeleteGroup;
import dev.daypass.wire.iam.GroupName;
import dev.daypass.wire.iam.PermissionMessages.AttachGroupPolicy;
import dev.daypass.wire.iam.PermissionMessages.AttachRolePolicy;
import dev.daypass.wire.iam.PermissionMessages.AttachUserPolicy;
import dev.daypass.wire.iam.PermissionMessages.DeleteGroupPolicy;
import dev.daypass.wire.iam.PermissionMessages.DeleteRolePermissionsBoundary;
import dev.daypass.wire.iam.PermissionMessages.DeleteRolePolicy;
import dev.daypass.wire.iam.PermissionMessages.DeleteUserPermissionsBoundary;
import dev.daypass.wire.iam.PermissionMessages.DeleteUserPolicy;
import dev.daypass.wire.iam.PermissionMessages.DetachGroupPolicy;
import dev.daypass.wire.iam.PermissionMessages.DetachRolePolicy;
import dev.daypass.wire.iam.PermissionMessages.DetachUserPolicy;
import dev.daypass.wire.iam.PermissionMessages.PutGroupPolicy;
import dev.daypass.wire.iam.PermissionMessages.PutRolePermissionsBoundary;
import dev.daypass.wire.iam.PermissionMessages.PutRolePolicy;
import dev.daypass.wire.iam.PermissionMessages.PutUserPermissionsBoundary;
import dev.daypass.wire.iam.PermissionMessages.PutUserPolicy;
import dev.daypass.wire.iam.PolicyArn;
import dev.daypass.wire.iam.PolicyMessages.DeletePolicy;
import dev.daypass.wire.iam.PolicyMessages.TagPolicy;
import dev.daypass.wire.iam.PolicyMessages.UntagPolicy;
import dev.daypass.wire.iam.PolicyName;
import dev.daypass.wire.iam.PolicyText;
import dev.daypass.wire.iam.RoleMessages.DeleteRole;
import dev.daypass.wire.iam.RoleMessages.TagRole;
import dev.daypass.wire.iam.RoleMessages.UntagRole;
import dev.daypass.wire.iam.RoleName;
import dev.daypass.wire.iam.Tag;
import dev.daypass.wire.iam.TagKey;
import dev.daypass.wire.iam.UserMessages.DeleteUser;
import dev.daypass.wire.iam.UserMessages.TagUser;
import dev.daypass.wire.iam.UserMessages.UntagUser;
import dev.daypass.wire.iam.UserName;
import java.util.List;

/// What is asked of things of any kind, in the words that IAM has for each.
///
/// @param arn a policy is named by its ARN
record Requests(Kind kind, String name, String arn) {
  private UserName user() {
    return new UserName(name);
  }

  private GroupName group() {
    return new GroupName(name);
  }

  private RoleName role() {
    return new RoleName(name);
  }

  private IllegalStateException none() {
    return new IllegalStateException("IAM has no such request for a " + kind.noun());
  }

  Request<?> attach(PolicyArn policy) {
    return switch (kind) {
      case USER -> new AttachUserPolicy(user(), policy);
      case GROUP -> new AttachGroupPolicy(group(), policy);
      case ROLE -> new AttachRolePolicy(role(), policy);
      case POLICY -> throw none();
    };
  }

  Request<?> detach(PolicyArn policy) {
    return switch (kind) {
      case USER -> new DetachUserPolicy(user(), policy);
      case GROUP -> new DetachGroupPolicy(group(), policy);
      case ROLE -> new DetachRolePolicy(role(), policy);
      case POLICY -> throw none();
    };
  }

  Request<?> put(PolicyName policy, PolicyText document) {
    return switch (kind) {
      case USER -> new PutUserPolicy(user(), policy, document);
      case GROUP -> new PutGroupPolicy(group(), policy, document);
      case ROLE -> new PutRolePolicy(role(), policy, document);
      case POLICY -> throw none();
    };
  }

  Request<?> take(PolicyName policy) {
    return switch (kind) {
      case USER -> new DeleteUserPolicy(user(), policy);
      case GROUP -> new DeleteGroupPolicy(group(), policy);
      case ROLE -> new DeleteRolePolicy(role(), policy);
      case POLICY -> throw none();
    };
  }

  Request<?> bound(PolicyArn boundary) {
    return switch (kind) {
      case USER -> new PutUserPermissionsBoundary(user(), boundary);
      case ROLE -> new PutRolePermissionsBoundary(role(), boundary);
      case GROUP, POLICY -> throw none();
    };
  }

  Request<?> unbound() {
    return switch (kind) {
      case USER -> new DeleteUserPermissionsBoundary(user());
      case ROLE -> new DeleteRolePermissionsBoundary(role());
      case GROUP, POLICY -> throw none();
    };
  }

  Request<?> tag(List<Tag> tags) {
    return switch (kind) {
      case USER -> new TagUser(user(), tags);
      case ROLE -> new TagRole(role(), tags);
      case POLICY -> new TagPolicy(new PolicyArn(arn), tags);
      case GROUP -> throw none();
    };
  }

  Request<?> untag(List<TagKey> keys) {
    return switch (kind) {
      case USER -> new UntagUser(user(), keys);
      case ROLE -> new UntagRole(role(), keys);
      case POLICY -> new UntagPolicy(new PolicyArn(arn), keys);
      case GROUP -> throw none();
    };
  }

  Request<?> delete() {
    return switch (kind) {
      case USER -> new DeleteUser(user());
      case GROUP -> new DeleteGroup(group());
      case ROLE -> new DeleteRole(role());
      case POLICY -> new DeletePolicy(new PolicyArn(arn));
    };
  }
}
