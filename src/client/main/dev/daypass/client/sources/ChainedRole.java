package dev.daypass.client.sources;

import java.util.function.Supplier;

/// A role assumed with the credentials of another. AWS lets such a session last an hour at most.
///
/// @param via the other's credentials as they are now
public record ChainedRole(SecurityTokenService service, RoleRequest role, Supplier<Fetched> via)
    implements Source {
  @Override
  public Fetched fetch() {
    return switch (via.get()) {
      case Fetched.Fresh(var credentials) ->
          service.assumeRole(role, SecurityTokenService.signer(credentials));
      case Fetched.Away away -> away;
      case Fetched.Refused refused -> refused;
    };
  }
}
