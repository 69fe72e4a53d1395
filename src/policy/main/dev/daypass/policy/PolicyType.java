package dev.daypass.policy;

/// Where a policy is used, which decides what it may contain and what it does to a decision.
///
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#access_policy-types">Policy
///   types</a>
public enum PolicyType {
  /// Of a user, a group or a role.
  IDENTITY("identity-based policy", "an identity-based policy"),
  /// Says who may assume a role.
  TRUST("role trust policy", "the role trust policy"),
  /// Of a resource.
  RESOURCE("resource-based policy", "a resource-based policy"),
  /// The most an identity can be given.
  PERMISSIONS_BOUNDARY("permissions boundary", "a permissions boundary"),
  /// The most one session can do.
  SESSION("session policy", "a session policy"),
  /// The most the principals of an account can do.
  SERVICE_CONTROL("service control policy", "a service control policy"),
  /// The most that can be done to the resources of an account.
  RESOURCE_CONTROL("resource control policy", "a resource control policy");

  private final String noun;
  private final String withArticle;

  PolicyType(String noun, String withArticle) {
    this.noun = noun;
    this.withArticle = withArticle;
  }

  /// What AWS calls it when none of its kind allows.
  public String noun() {
    return noun;
  }

  /// What AWS calls it when one of its kind denies.
  String withArticle() {
    return withArticle;
  }

  /// Whether its statements say who.
  public boolean namesPrincipals() {
    return this == TRUST || this == RESOURCE || this == RESOURCE_CONTROL;
  }

  /// Whether its statements must say on what.
  public boolean needsResource() {
    return this != TRUST && this != RESOURCE;
  }
}
