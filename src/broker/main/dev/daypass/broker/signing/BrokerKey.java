package dev.daypass.broker.signing;

import com.nimbusds.jose.jwk.JWK;
import dev.daypass.wire.Secret;
import java.time.Instant;
import java.util.Optional;

/// A key of the broker's own.
///
/// @param id the `kid`
/// @param publicKey what the JWKS shows of it, for the purposes that publish
/// @param secret the private half: an Ed25519 seed, a key in PKCS #8 or a root, by purpose
/// @param activatedAt when it began to issue
/// @param demotedAt when it stopped
public record BrokerKey(
    String id,
    KeyPurpose purpose,
    KeyState state,
    Optional<JWK> publicKey,
    Secret secret,
    Instant createdAt,
    Optional<Instant> activatedAt,
    Optional<Instant> demotedAt) {
  private static final int MARK_LENGTH = 8;

  /// A short form of a key's id, by which what the key vouched for remembers it.
  public static String mark(String id) {
    return id.length() <= MARK_LENGTH ? id : id.substring(0, MARK_LENGTH);
  }
}
