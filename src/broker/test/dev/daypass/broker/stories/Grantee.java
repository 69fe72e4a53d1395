package dev.daypass.broker.stories;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;

/// Whom policies are given to. The SDK has methods of its own for each; the stories are the same.
enum Grantee {
  USER {
    @Override
    String make(Aws aws) {
      return aws.user();
    }

    @Override
    void put(IamClient iam, String to, String policy, String document) {
      iam.putUserPolicy(r -> r.userName(to).policyName(policy).policyDocument(document));
    }

    @Override
    Inline get(IamClient iam, String of, String policy) {
      var got = iam.getUserPolicy(r -> r.userName(of).policyName(policy));
      return new Inline(got.userName(), got.policyName(), got.policyDocument());
    }

    @Override
    void delete(IamClient iam, String of, String policy) {
      iam.deleteUserPolicy(r -> r.userName(of).policyName(policy));
    }

    @Override
    Page<String> list(IamClient iam, String of, Wanted wanted) {
      var page =
          iam.listUserPolicies(
              r -> r.userName(of).marker(wanted.marker()).maxItems(wanted.maxItems()));
      return new Page<>(page.policyNames(), page.isTruncated(), page.marker());
    }

    @Override
    void attach(IamClient iam, String to, String policy) {
      iam.attachUserPolicy(r -> r.userName(to).policyArn(policy));
    }

    @Override
    void detach(IamClient iam, String from, String policy) {
      iam.detachUserPolicy(r -> r.userName(from).policyArn(policy));
    }

    @Override
    Page<AttachedPolicy> attached(IamClient iam, String to, String prefix, Wanted wanted) {
      var page =
          iam.listAttachedUserPolicies(
              r ->
                  r.userName(to)
                      .pathPrefix(prefix)
                      .marker(wanted.marker())
                      .maxItems(wanted.maxItems()));
      return new Page<>(page.attachedPolicies(), page.isTruncated(), page.marker());
    }
  },
  GROUP {
    @Override
    String make(Aws aws) {
      return aws.group();
    }

    @Override
    void put(IamClient iam, String to, String policy, String document) {
      iam.putGroupPolicy(r -> r.groupName(to).policyName(policy).policyDocument(document));
    }

    @Override
    Inline get(IamClient iam, String of, String policy) {
      var got = iam.getGroupPolicy(r -> r.groupName(of).policyName(policy));
      return new Inline(got.groupName(), got.policyName(), got.policyDocument());
    }

    @Override
    void delete(IamClient iam, String of, String policy) {
      iam.deleteGroupPolicy(r -> r.groupName(of).policyName(policy));
    }

    @Override
    Page<String> list(IamClient iam, String of, Wanted wanted) {
      var page =
          iam.listGroupPolicies(
              r -> r.groupName(of).marker(wanted.marker()).maxItems(wanted.maxItems()));
      return new Page<>(page.policyNames(), page.isTruncated(), page.marker());
    }

    @Override
    void attach(IamClient iam, String to, String policy) {
      iam.attachGroupPolicy(r -> r.groupName(to).policyArn(policy));
    }

    @Override
    void detach(IamClient iam, String from, String policy) {
      iam.detachGroupPolicy(r -> r.groupName(from).policyArn(policy));
    }

    @Override
    Page<AttachedPolicy> attached(IamClient iam, String to, String prefix, Wanted wanted) {
      var page =
          iam.listAttachedGroupPolicies(
              r ->
                  r.groupName(to)
                      .pathPrefix(prefix)
                      .marker(wanted.marker())
                      .maxItems(wanted.maxItems()));
      return new Page<>(page.attachedPolicies(), page.isTruncated(), page.marker());
    }
  },
  ROLE {
    @Override
    String make(Aws aws) {
      return aws.role();
    }

    @Override
    void put(IamClient iam, String to, String policy, String document) {
      iam.putRolePolicy(r -> r.roleName(to).policyName(policy).policyDocument(document));
    }

    @Override
    Inline get(IamClient iam, String of, String policy) {
      var got = iam.getRolePolicy(r -> r.roleName(of).policyName(policy));
      return new Inline(got.roleName(), got.policyName(), got.policyDocument());
    }

    @Override
    void delete(IamClient iam, String of, String policy) {
      iam.deleteRolePolicy(r -> r.roleName(of).policyName(policy));
    }

    @Override
    Page<String> list(IamClient iam, String of, Wanted wanted) {
      var page =
          iam.listRolePolicies(
              r -> r.roleName(of).marker(wanted.marker()).maxItems(wanted.maxItems()));
      return new Page<>(page.policyNames(), page.isTruncated(), page.marker());
    }

    @Override
    void attach(IamClient iam, String to, String policy) {
      iam.attachRolePolicy(r -> r.roleName(to).policyArn(policy));
    }

    @Override
    void detach(IamClient iam, String from, String policy) {
      iam.detachRolePolicy(r -> r.roleName(from).policyArn(policy));
    }

    @Override
    Page<AttachedPolicy> attached(IamClient iam, String to, String prefix, Wanted wanted) {
      var page =
          iam.listAttachedRolePolicies(
              r ->
                  r.roleName(to)
                      .pathPrefix(prefix)
                      .marker(wanted.marker())
                      .maxItems(wanted.maxItems()));
      return new Page<>(page.attachedPolicies(), page.isTruncated(), page.marker());
    }
  };

  /// A policy as it was answered.
  record Inline(String owner, String name, String document) {}

  /// Which page is asked for.
  record Wanted(@Nullable String marker, @Nullable Integer maxItems) {
    static final Wanted ALL = new Wanted(null, null);
  }

  /// The page that came.
  record Page<T>(List<T> items, boolean isTruncated, @Nullable String marker) {}

  abstract String make(Aws aws);

  abstract void put(IamClient iam, String to, String policy, String document);

  abstract Inline get(IamClient iam, String of, String policy);

  abstract void delete(IamClient iam, String of, String policy);

  abstract Page<String> list(IamClient iam, String of, Wanted wanted);

  abstract void attach(IamClient iam, String to, String policy);

  abstract void detach(IamClient iam, String from, String policy);

  abstract Page<AttachedPolicy> attached(IamClient iam, String to, String prefix, Wanted wanted);

  /// As actions name it: `User`.
  String action() {
    return name().charAt(0) + noun().substring(1);
  }

  /// As messages name it: `user`.
  String noun() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// What is said of one that is not there.
  String unknown(String name) {
    return "The %s with name %s cannot be found.".formatted(noun(), name);
  }
}
