package dev.daypass.policy;

import dev.daypass.policy.Context.Value;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The condition keys that say who the principal is. They are the principal's own, whatever the
/// context of a request claims.
///
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principal-properties">Properties
///   of the principal</a>
final class PrincipalKeys {
  private static final String TAG = "aws:principaltag/";

  private PrincipalKeys() {}

  /// @param key in lower case
  static @Nullable Value find(Principal principal, String key) {
    if (!key.startsWith("aws:")) {
      return null;
    }
    String value =
        switch (key) {
          case "aws:principalarn" -> arn(principal);
          case "aws:principalaccount" -> account(principal);
          case "aws:principaltype" -> type(principal);
          case "aws:principalisawsservice" -> isService(principal);
          case "aws:userid" -> userId(principal);
          case "aws:federatedprovider" -> provider(principal);
          case "aws:username" -> principal instanceof Principal.User user ? user.name() : null;
          default -> key.startsWith(TAG) ? tag(principal, key.substring(TAG.length())) : null;
        };
    return value == null ? null : new Value.Single(value);
  }

  /// Whether it is for the principal alone to say what the key holds, and be it nothing: nobody who
  /// is signed in becomes a user by claiming a user's name.
  static boolean isOwn(Principal principal, String key) {
    boolean signedIn = principal.account().isPresent();
    return signedIn
        && switch (key) {
          case "aws:principalarn",
              "aws:principalaccount",
              "aws:principaltype",
              "aws:principalisawsservice",
              "aws:userid",
              "aws:username" ->
              true;
          default -> false;
        };
  }

  private static @Nullable String arn(Principal principal) {
    return switch (principal) {
      case Principal.AssumedRole role -> role.roleArn();
      default -> principal.arn().orElse(null);
    };
  }

  private static @Nullable String account(Principal principal) {
    return principal instanceof Principal.Anonymous
        ? "anonymous"
        : principal.account().orElse(null);
  }

  private static @Nullable String type(Principal principal) {
    return switch (principal) {
      case Principal.Root _ -> "Account";
      case Principal.User _ -> "User";
      case Principal.AssumedRole _ -> "AssumedRole";
      case Principal.FederatedUser _ -> "FederatedUser";
      case Principal.Anonymous _ -> "Anonymous";
      case Principal.Service _, Principal.Federated _ -> null;
    };
  }

  private static @Nullable String userId(Principal principal) {
    return switch (principal) {
      case Principal.Root root -> root.accountId();
      case Principal.User user -> user.id();
      case Principal.AssumedRole role -> role.roleId() + ":" + role.sessionName();
      case Principal.FederatedUser federated -> federated.accountId() + ":" + federated.name();
      case Principal.Anonymous _ -> "anonymous";
      case Principal.Service _, Principal.Federated _ -> null;
    };
  }

  private static @Nullable String provider(Principal principal) {
    return switch (principal) {
      case Principal.Federated(var provider) -> provider;
      case Principal.AssumedRole role -> role.provider().orElse(null);
      default -> null;
    };
  }

  private static @Nullable String isService(Principal principal) {
    return principal instanceof Principal.Anonymous
        ? null
        : Boolean.toString(principal instanceof Principal.Service);
  }

  /// Tag keys differ by more than case within one identity; where they do not, the first in order
  /// is the one, everywhere.
  private static @Nullable String tag(Principal principal, String name) {
    Map<String, String> tags =
        switch (principal) {
          case Principal.User user -> user.tags();
          case Principal.AssumedRole role -> role.tags();
          case Principal.FederatedUser federated -> federated.tags();
          default -> Map.of();
        };
    return tags.entrySet().stream()
        .filter(tag -> tag.getKey().equalsIgnoreCase(name))
        .min(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .orElse(null);
  }
}
