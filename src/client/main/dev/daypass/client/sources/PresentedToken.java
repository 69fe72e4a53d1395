package dev.daypass.client.sources;

import dev.daypass.wire.Secret;

/// A token that a workload brings itself.
public record PresentedToken(SecurityTokenService service, RoleRequest role, Secret token)
    implements Source {
  @Override
  public Fetched fetch() {
    return service.assumeRoleWithWebIdentity(role, token);
  }
}
