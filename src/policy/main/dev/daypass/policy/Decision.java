package dev.daypass.policy;

import java.util.Optional;

/// What the policies say about one access, and which of them said it.
public sealed interface Decision {
  /// A statement allows it, and nothing stands in the way. `by` is empty for those whom no policy
  /// needs to allow: the root of the account.
  record Allowed(Optional<StatementId> by) implements Decision {}

  /// A statement denies it. Nothing can outweigh that.
  record ExplicitlyDenied(PolicyType in, StatementId by) implements Decision {}

  /// Nothing of this type allows it, and something of this type must.
  record ImplicitlyDenied(PolicyType missing) implements Decision {}

  /// As AWS's simulator calls it: `allowed`, `explicitDeny` or `implicitDeny`.
  ///
  /// @see <a
  ///   href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html">EvaluationResult</a>
  default String name() {
    return switch (this) {
      case Allowed _ -> "allowed";
      case ExplicitlyDenied _ -> "explicitDeny";
      case ImplicitlyDenied _ -> "implicitDeny";
    };
  }

  default boolean allowed() {
    return this instanceof Allowed;
  }

  /// AWS's sentence for a refusal.
  ///
  /// @see <a
  ///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html">Access
  ///   denied error messages</a>
  default String message(Access access) {
    String who = access.principal().arn().orElse("anonymous");
    String refused =
        "User: %s is not authorized to perform: %s on resource: %s"
            .formatted(who, access.action(), access.resource());
    return switch (this) {
      case Allowed _ -> throw new IllegalStateException("an allowed access is not refused");
      case ExplicitlyDenied(var type, _) ->
          refused + " with an explicit deny in " + type.withArticle();
      case ImplicitlyDenied(var type) ->
          "%s because no %s allows the %s action".formatted(refused, type.noun(), access.action());
    };
  }
}
