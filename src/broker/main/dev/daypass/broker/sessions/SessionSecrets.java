package dev.daypass.broker.sessions;

import dev.daypass.broker.signing.BrokerKey;
import dev.daypass.broker.signing.KeyPurpose;
import dev.daypass.broker.signing.SigningKeys;
import dev.daypass.wire.Secret;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The secret access keys of sessions. None is stored: each is derived from a root key and the
/// session's unguessable id, so that neither the database nor a token alone yields one.
@Singleton
final class SessionSecrets {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String LABEL = "daypass session secret access key\0";
  // 30 bytes are the 40 characters that a secret access key has.
  private static final int SECRET_BYTES = 30;

  private final SigningKeys keys;

  SessionSecrets(SigningKeys keys) {
    this.keys = keys;
  }

  /// The id of the root key that new sessions derive from.
  String activeRoot() {
    return keys.ring().active(KeyPurpose.SESSION_SECRET).id();
  }

  /// The secret of a session; absent where its root key is not honoured any more.
  Optional<Secret> derive(String rootId, String sessionId, String accessKeyId) {
    return keys.ring()
        .find(KeyPurpose.SESSION_SECRET, rootId)
        .map(root -> derive(root, sessionId + "\0" + accessKeyId));
  }

  private static Secret derive(BrokerKey root, String session) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(root.secret().reveal(), ALGORITHM));
      byte[] derived = mac.doFinal((LABEL + session).getBytes(StandardCharsets.UTF_8));
      return Secret.of(Base64.getEncoder().encodeToString(Arrays.copyOf(derived, SECRET_BYTES)));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new AssertionError("every JDK has HmacSHA256", e);
    }
  }
}
