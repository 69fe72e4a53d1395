package dev.daypass.guard;

import dev.daypass.policy.Context;
import dev.daypass.policy.Policy;
import java.util.Optional;

/// What somebody wants to do.
///
/// @param action `orders:GetOrder`
/// @param resource the ARN of what it is done to, or `*`
/// @param policy the policy of that resource, of the type `RESOURCE`
/// @param context what conditions can look at besides; what the guard itself knows goes before
public record Ask(String action, String resource, Optional<Policy> policy, Context context) {
  public Ask(String action, String resource) {
    this(action, resource, Optional.empty(), Context.EMPTY);
  }

  /// The same to a resource with a policy.
  public Ask under(Policy ofResource) {
    return new Ask(action, resource, Optional.of(ofResource), context);
  }

  /// The same with more known about it.
  public Ask with(Context more) {
    return new Ask(action, resource, policy, context.with(more));
  }
}
