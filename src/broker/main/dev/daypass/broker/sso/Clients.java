package dev.daypass.broker.sso;

import dev.daypass.broker.digests.Base64Url;
import dev.daypass.broker.digests.Sha256;
import dev.daypass.broker.publicurl.PublicUrl;
import dev.daypass.wire.Secret;
import dev.daypass.wire.ssooidc.RegisterClient;
import dev.daypass.wire.ssooidc.SsoOidcError;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Instant;

/// Registers tools, and knows them again.
@Singleton
final class Clients {
  private static final int SECRET_BYTES = 32;

  private final PublicUrl url;
  private final SecureRandom random;

  Clients(PublicUrl url, SecureRandom random) {
    this.url = url;
    this.random = random;
  }

  /// Anybody may register anything that can be.
  RegisterClient.Result register(RegisterClient request, Instant now) {
    if (!request.clientType().equals("public")) {
      throw SsoOidcError.INVALID_CLIENT_METADATA.error("clientType must be public.");
    }
    String secret = Base64Url.random(SECRET_BYTES, random);
    Client client =
        new Client(
                request.clientName(),
                request.scopes(),
                request.redirectUris(),
                request.grantTypes(),
                now.getEpochSecond(),
                Sha256.base64Url(secret))
            .check();
    return new RegisterClient.Result(
        client.id(),
        Secret.of(secret),
        now.getEpochSecond(),
        now.plus(Client.LASTS).getEpochSecond(),
        url.origin() + Authorization.PATH,
        url.origin() + SsoOidcEndpoint.TOKEN);
  }

  /// The tool that brings its id and secret; fails with `invalid_client`.
  Client known(String id, Secret secret, Instant now) {
    return Client.of(id, now)
        .filter(client -> client.has(secret))
        .orElseThrow(
            () ->
                SsoOidcError.INVALID_CLIENT.error(
                    "The client is not registered, or not any more. Register again."));
  }
}
