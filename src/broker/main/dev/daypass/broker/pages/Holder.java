package dev.daypass.broker.pages;

import dev.daypass.broker.pages.Pages.Outcome;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.Request;
import dev.daypass.wire.iam.GroupName;
import dev.daypass.wire.iam.PermissionMessages.AttachGroupPolicy;
import dev.daypass.wire.iam.PermissionMessages.AttachRolePolicy;
import dev.daypass.wire.iam.PermissionMessages.AttachUserPolicy;
import dev.daypass.wire.iam.PermissionMessages.AttachedPolicyPage;
import dev.daypass.wire.iam.PermissionMessages.DetachGroupPolicy;
import dev.daypass.wire.iam.PermissionMessages.DetachRolePolicy;
import dev.daypass.wire.iam.PermissionMessages.DetachUserPolicy;
import dev.daypass.wire.iam.PermissionMessages.GetGroupPolicy;
import dev.daypass.wire.iam.PermissionMessages.GetRolePolicy;
import dev.daypass.wire.iam.PermissionMessages.GetUserPolicy;
import dev.daypass.wire.iam.PermissionMessages.ListAttachedGroupPolicies;
import dev.daypass.wire.iam.PermissionMessages.ListAttachedRolePolicies;
import dev.daypass.wire.iam.PermissionMessages.ListAttachedUserPolicies;
import dev.daypass.wire.iam.PermissionMessages.ListGroupPolicies;
import dev.daypass.wire.iam.PermissionMessages.ListRolePolicies;
import dev.daypass.wire.iam.PermissionMessages.ListUserPolicies;
import dev.daypass.wire.iam.PermissionMessages.PolicyNamePage;
import dev.daypass.wire.iam.PolicyArn;
import dev.daypass.wire.iam.PolicyName;
import dev.daypass.wire.iam.PolicyText;
import dev.daypass.wire.iam.RoleName;
import dev.daypass.wire.iam.UserName;
import io.smallrye.mutiny.Uni;
import java.util.Locale;
import java.util.Optional;

/// What policies are attached to, and the actions of IAM for each kind.
enum Holder {
  USER,
  GROUP,
  ROLE;

  /// As paths have it.
  String kind() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// To its page.
  Outcome page(String name) {
    return Pages.sent("/admin/" + kind() + "?name=" + AdminVisit.encoded(name));
  }

  Request<AttachedPolicyPage> attached(String name) {
    return switch (this) {
      case USER ->
          new ListAttachedUserPolicies(
              user(name), Optional.empty(), Optional.empty(), Optional.empty());
      case GROUP ->
          new ListAttachedGroupPolicies(
              group(name), Optional.empty(), Optional.empty(), Optional.empty());
      case ROLE ->
          new ListAttachedRolePolicies(
              role(name), Optional.empty(), Optional.empty(), Optional.empty());
    };
  }

  Request<PolicyNamePage> inline(String name) {
    return switch (this) {
      case USER -> new ListUserPolicies(user(name), Optional.empty(), Optional.empty());
      case GROUP -> new ListGroupPolicies(group(name), Optional.empty(), Optional.empty());
      case ROLE -> new ListRolePolicies(role(name), Optional.empty(), Optional.empty());
    };
  }

  /// The document of an inline policy.
  Uni<PolicyText> document(AdminVisit visit, String name, PolicyName policy) {
    return switch (this) {
      case USER ->
          visit.take(new GetUserPolicy(user(name), policy)).map(found -> found.policyDocument());
      case GROUP ->
          visit.take(new GetGroupPolicy(group(name), policy)).map(found -> found.policyDocument());
      case ROLE ->
          visit.take(new GetRolePolicy(role(name), policy)).map(found -> found.policyDocument());
    };
  }

  Request<Nothing> attach(String name, PolicyArn policy) {
    return switch (this) {
      case USER -> new AttachUserPolicy(user(name), policy);
      case GROUP -> new AttachGroupPolicy(group(name), policy);
      case ROLE -> new AttachRolePolicy(role(name), policy);
    };
  }

  Request<Nothing> detach(String name, PolicyArn policy) {
    return switch (this) {
      case USER -> new DetachUserPolicy(user(name), policy);
      case GROUP -> new DetachGroupPolicy(group(name), policy);
      case ROLE -> new DetachRolePolicy(role(name), policy);
    };
  }

  private static UserName user(String name) {
    return AdminVisit.named(name, UserName::new);
  }

  private static GroupName group(String name) {
    return AdminVisit.named(name, GroupName::new);
  }

  private static RoleName role(String name) {
    return AdminVisit.named(name, RoleName::new);
  }
}
