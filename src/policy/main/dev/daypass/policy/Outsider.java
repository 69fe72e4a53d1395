package dev.daypass.policy;

import dev.daypass.policy.Context.Value;
import java.util.Set;

/// Somebody of whom a policy names nothing: no account, organization, network or identity.
final class Outsider {
  /// Keys whose value one cannot choose for oneself.
  private static final Set<String> GIVEN =
      Set.of(
          "aws:principalarn",
          "aws:principalaccount",
          "aws:principalorgid",
          "aws:principalorgpaths",
          "aws:userid",
          "aws:username",
          "aws:sourceaccount",
          "aws:sourcearn",
          "aws:sourceorgid",
          "aws:sourceorgpaths",
          "aws:sourcevpc",
          "aws:sourcevpcarn",
          "aws:sourcevpce",
          "aws:vpceaccount",
          "aws:vpceorgid",
          "aws:vpceorgpaths");

  private static final Set<String> ANY_ADDRESS = Set.of("0.0.0.0", "::");

  private Outsider() {}

  /// Whether such a one could make this request.
  static boolean couldAsk(Access access) {
    return isUnnamed(access.principal())
        && access.context().all().entrySet().stream()
            .allMatch(key -> isPossible(key.getKey(), key.getValue()));
  }

  private static boolean isUnnamed(Principal principal) {
    return switch (principal) {
      case Principal.Anonymous _ -> true;
      case Principal.User user ->
          isUnnamed(user.userArn(), PrincipalCandidates.SOMEONE.userArn())
              && isUnnamed(user.accountId(), PrincipalCandidates.SOMEONE.accountId())
              && isUnnamed(user.id(), PrincipalCandidates.SOMEONE.id())
              && isUnnamed(user.name(), PrincipalCandidates.SOMEONE.name());
      default -> false;
    };
  }

  private static boolean isUnnamed(String own, String usual) {
    return own.equals(usual) || own.equals(KeyValues.NEVER_NAMED);
  }

  private static boolean isPossible(String key, Value value) {
    if (key.equals("aws:sourceip")) {
      return value instanceof Value.Single(var address) && ANY_ADDRESS.contains(address);
    }
    return !GIVEN.contains(key) || value.equals(new Value.Single(KeyValues.NEVER_NAMED));
  }
}
