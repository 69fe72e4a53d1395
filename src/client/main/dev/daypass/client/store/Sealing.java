package dev.daypass.client.store;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.daypass.wire.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// What a passphrase seals: AES-256-GCM, under a key that PBKDF2 with HMAC-SHA-256 makes of it (RFC
/// 8018 §5.2), which costs whoever guesses as much each time.
///
/// @param passphrase of which `key` was made with `salt` and `iterations`
record Sealing(Secret passphrase, Secret key, byte[] salt, int iterations) {
  /// What OWASP's Password Storage Cheat Sheet asks for.
  static final int ITERATIONS = 600_000;

  /// Whoever can change the file must neither make guessing cheap nor opening endless.
  private static final int MOST_ITERATIONS = 10_000_000;

  private static final int KEY_BITS = 256;
  private static final int SALT_BYTES = 16;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final String KDF = "PBKDF2WithHmacSHA256";
  private static final String CIPHER = "AES/GCM/NoPadding";

  /// A file's content.
  record Sealed(int iterations, byte[] salt, byte[] nonce, byte[] content) {
    /// Fails with `IllegalArgumentException` for anything else.
    static Sealed read(String text) {
      try {
        Map<String, Object> json = JSON.std.mapFrom(text);
        if (!Integer.valueOf(1).equals(json.get("version"))
            || !KDF.equals(json.get("kdf"))
            || !(json.get("iterations") instanceof Integer iterations)
            || iterations < ITERATIONS
            || iterations > MOST_ITERATIONS) {
          throw new IllegalArgumentException("not sealed so");
        }
        return new Sealed(
            iterations, bytes(json, "salt"), bytes(json, "nonce"), bytes(json, "content"));
      } catch (IOException e) {
        throw new IllegalArgumentException("not sealed", e);
      }
    }

    private static byte[] bytes(Map<String, Object> json, String name) {
      return Base64.getDecoder().decode(String.valueOf(json.get(name)));
    }

    String write() throws IOException {
      Base64.Encoder base64 = Base64.getEncoder();
      return JSON.std.asString(
          new TreeMap<>(
              Map.of(
                  "version",
                  1,
                  "kdf",
                  KDF,
                  "iterations",
                  iterations,
                  "salt",
                  base64.encodeToString(salt),
                  "nonce",
                  base64.encodeToString(nonce),
                  "content",
                  base64.encodeToString(content))));
    }
  }

  static Sealing anew(Secret passphrase, SecureRandom random) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return of(passphrase, salt, ITERATIONS);
  }

  /// What opens this, which is often what opened it before.
  static Sealing of(@Nullable Sealing before, Sealed sealed, Passphrases passphrases) {
    if (before == null) {
      return of(passphrases.known(), sealed.salt(), sealed.iterations());
    }
    return java.util.Arrays.equals(before.salt(), sealed.salt())
            && before.iterations() == sealed.iterations()
        ? before
        : of(before.passphrase(), sealed.salt(), sealed.iterations());
  }

  private static Sealing of(Secret passphrase, byte[] salt, int iterations) {
    PBEKeySpec spec =
        new PBEKeySpec(passphrase.revealText().toCharArray(), salt, iterations, KEY_BITS);
    try {
      byte[] key = SecretKeyFactory.getInstance(KDF).generateSecret(spec).getEncoded();
      return new Sealing(passphrase, Secret.of(key), salt, iterations);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("no key comes of it", e);
    } finally {
      spec.clearPassword();
    }
  }

  Sealed seal(Secret content, SecureRandom random) throws GeneralSecurityException {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    return new Sealed(
        iterations, salt, nonce, cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(content.reveal()));
  }

  Secret open(Sealed sealed) throws GeneralSecurityException {
    return Secret.of(cipher(Cipher.DECRYPT_MODE, sealed.nonce()).doFinal(sealed.content()));
  }

  private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(
        mode, new SecretKeySpec(key.reveal(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(
        "daypass 1 %s %d".formatted(KDF, iterations).getBytes(StandardCharsets.US_ASCII));
    return cipher;
  }
}
