package dev.daypass.policy;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// An [Access] made ready to be matched against many statements.
final class Question {
  private final Access access;
  private final String action;
  private final ArnFields resource;
  private final Context principal;
  private final boolean bounded;

  /// @param bounded whether the principal has a permissions boundary
  Question(Access access, boolean bounded) {
    this.access = access;
    this.bounded = bounded;
    this.action = access.action().toLowerCase(Locale.ROOT);
    this.resource = ArnFields.of(access.resource());
    this.principal = describe(access.principal());
  }

  Access access() {
    return access;
  }

  boolean bounded() {
    return bounded;
  }

  /// In lower case.
  String action() {
    return action;
  }

  ArnFields resource() {
    return resource;
  }

  /// What a condition key holds. What the principal is, is not for the context to say.
  Optional<Context.Value> find(String key) {
    return principal.find(key).or(() -> access.context().find(key));
  }

  /// The value of a single-valued key.
  Optional<String> single(String key) {
    return find(key)
        .filter(Context.Value.Single.class::isInstance)
        .map(value -> ((Context.Value.Single) value).value());
  }

  private static Context describe(Principal principal) {
    Context.Builder known = Context.builder().put("aws:PrincipalAccount", principal.account());
    switch (principal) {
      case Principal.Root root ->
          known
              .put("aws:PrincipalArn", root.arn())
              .put("aws:PrincipalType", "Account")
              .put("aws:userid", root.accountId());
      case Principal.User user -> {
        known
            .put("aws:PrincipalArn", user.userArn())
            .put("aws:PrincipalType", "User")
            .put("aws:userid", user.id())
            .put("aws:username", user.name());
        tags(known, user.tags());
      }
      case Principal.AssumedRole role -> {
        known
            .put("aws:PrincipalArn", role.roleArn())
            .put("aws:PrincipalType", "AssumedRole")
            .put("aws:userid", role.roleId() + ":" + role.sessionName());
        tags(known, role.tags());
      }
      case Principal.FederatedUser federated -> {
        known
            .put("aws:PrincipalArn", federated.arn())
            .put("aws:PrincipalType", "FederatedUser")
            .put("aws:userid", federated.accountId() + ":" + federated.name());
        tags(known, federated.tags());
      }
      case Principal.Service _, Principal.Federated _ -> {}
      case Principal.Anonymous _ ->
          known
              .put("aws:PrincipalAccount", "anonymous")
              .put("aws:PrincipalType", "Anonymous")
              .put("aws:userid", "anonymous");
    }
    if (!(principal instanceof Principal.Anonymous)) {
      known.put(
          "aws:PrincipalIsAWSService", Boolean.toString(principal instanceof Principal.Service));
    }
    return known.build();
  }

  private static void tags(Context.Builder known, Map<String, String> tags) {
    tags.forEach((key, value) -> known.put("aws:PrincipalTag/" + key, value));
  }
}
