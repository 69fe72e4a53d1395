package dev.daypass.client.sources;

import dev.daypass.wire.Secret;
import dev.daypass.wire.sigv4.RequestSigner;
import java.util.Optional;

/// An access key that lasts. Better ways need no secret that does.
public record AccessKey(
    SecurityTokenService service, RoleRequest role, String accessKeyId, Secret secretAccessKey)
    implements Source {
  @Override
  public Fetched fetch() {
    return service.assumeRole(
        role, new RequestSigner(accessKeyId, secretAccessKey, Optional.empty()));
  }
}
