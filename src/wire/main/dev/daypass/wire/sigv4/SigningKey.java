package dev.daypass.wire.sigv4;

import dev.daypass.wire.Secret;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The key that signs within one [Scope], derived from a secret access key. Whoever holds it can
/// verify and sign for that day, region and service, and nothing else.
///
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">Create
///   a signed request</a>
public final class SigningKey {
  private static final String ALGORITHM = "HmacSHA256";

  private final byte[] key;

  private SigningKey(byte[] key) {
    this.key = key;
  }

  /// Derives the key of this scope.
  public static SigningKey derive(Secret secretAccessKey, Scope scope) {
    byte[] start = ("AWS4" + secretAccessKey.revealText()).getBytes(StandardCharsets.UTF_8);
    byte[] date = hmac(start, scope.date());
    byte[] region = hmac(date, scope.region());
    byte[] service = hmac(region, scope.service());
    return new SigningKey(hmac(service, Scope.TERMINATOR));
  }

  /// A key that was derived before.
  public static SigningKey of(Secret derived) {
    return new SigningKey(derived.reveal());
  }

  /// The key itself, for whoever is to verify in this scope. As good as the secret access key
  /// there.
  public Secret secret() {
    return Secret.of(key);
  }

  byte[] sign(String text) {
    return hmac(key, text);
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new AssertionError("every JDK has HmacSHA256", e);
    }
  }
}
