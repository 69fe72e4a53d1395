package dev.daypass.broker;

import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/// A browser with a security key, as WebAuthn Level 3 §6 and CTAP 2 have them: one credential, and
/// a counter. What it does can be changed to what it must not do.
final class Authenticator {
  static final int PRESENT = 0x01;
  static final int VERIFIED = 0x04;
  private static final int ATTESTED = 0x40;
  private static final int COORDINATE = 32;

  final byte[] id = new byte[32];
  final KeyPair keys;
  String origin = "http://localhost:8080";
  String site = "localhost";
  String userHandle = "";
  int flags = PRESENT | VERIFIED;
  int count;
  boolean attestsItself;
  String type = "";
  boolean framed;

  Authenticator() {
    new SecureRandom().nextBytes(id);
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      keys = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// Makes the credential for creation options.
  Map<String, Object> make(Map<String, ?> options) {
    userHandle = (String) ((Map<?, ?>) options.get("user")).get("id");
    byte[] client = client("webauthn.create", (String) options.get("challenge"));
    byte[] data = data(flags | ATTESTED, attested());
    Map<String, Object> response = new TreeMap<>();
    response.put("clientDataJSON", text(client));
    response.put("attestationObject", text(attestation(data, client)));
    response.put("transports", new String[] {"usb", "of-tomorrow"});
    response.put("authenticatorData", text(data));
    response.put("publicKeyAlgorithm", -7);
    return credential(response);
  }

  /// Signs for request options.
  Map<String, Object> sign(Map<String, ?> options) {
    count++;
    byte[] client = client("webauthn.get", (String) options.get("challenge"));
    byte[] data = data(flags, new byte[0]);
    Map<String, Object> response = new TreeMap<>();
    response.put("clientDataJSON", text(client));
    response.put("authenticatorData", text(data));
    response.put("signature", text(signature(data, client)));
    response.put("userHandle", userHandle);
    return credential(response);
  }

  /// With all that browsers say, of which not everything matters.
  private Map<String, Object> credential(Map<String, Object> response) {
    Map<String, Object> credential = new TreeMap<>();
    credential.put("id", text(id));
    credential.put("rawId", text(id));
    credential.put("type", "public-key");
    credential.put("response", response);
    credential.put("authenticatorAttachment", "cross-platform");
    credential.put("clientExtensionResults", Map.of("credProps", Map.of("rk", true)));
    return credential;
  }

  private byte[] client(String usual, String challenge) {
    String json =
        "{\"type\":\"%s\",\"challenge\":\"%s\",\"origin\":\"%s\",\"crossOrigin\":%b}"
            .formatted(type.isEmpty() ? usual : type, challenge, origin, framed);
    return json.getBytes(StandardCharsets.UTF_8);
  }

  private byte[] data(int flagBits, byte[] attested) {
    return ByteBuffer.allocate(37 + attested.length)
        .put(sha256(site.getBytes(StandardCharsets.UTF_8)))
        .put((byte) flagBits)
        .putInt(count)
        .put(attested)
        .array();
  }

  private byte[] attested() {
    byte[] key = cbor(this::writeKey);
    return ByteBuffer.allocate(16 + 2 + id.length + key.length)
        .put(new byte[16])
        .putShort((short) id.length)
        .put(id)
        .put(key)
        .array();
  }

  private void writeKey(CBORGenerator cbor) throws IOException {
    ECPublicKey key = (ECPublicKey) keys.getPublic();
    cbor.writeStartObject(null, 5);
    cbor.writeFieldId(1);
    cbor.writeNumber(2);
    cbor.writeFieldId(3);
    cbor.writeNumber(-7);
    cbor.writeFieldId(-1);
    cbor.writeNumber(1);
    cbor.writeFieldId(-2);
    cbor.writeBinary(coordinate(key.getW().getAffineX().toByteArray()));
    cbor.writeFieldId(-3);
    cbor.writeBinary(coordinate(key.getW().getAffineY().toByteArray()));
    cbor.writeEndObject();
  }

  private static byte[] coordinate(byte[] number) {
    byte[] fixed = new byte[COORDINATE];
    int length = Math.min(number.length, COORDINATE);
    System.arraycopy(number, number.length - length, fixed, COORDINATE - length, length);
    return fixed;
  }

  private byte[] attestation(byte[] data, byte[] client) {
    return cbor(
        cbor -> {
          cbor.writeStartObject(null, 3);
          cbor.writeStringField("fmt", attestsItself ? "packed" : "none");
          cbor.writeFieldName("attStmt");
          cbor.writeStartObject(null, attestsItself ? 2 : 0);
          if (attestsItself) {
            cbor.writeNumberField("alg", -7);
            cbor.writeBinaryField("sig", signature(data, client));
          }
          cbor.writeEndObject();
          cbor.writeBinaryField("authData", data);
          cbor.writeEndObject();
        });
  }

  private byte[] signature(byte[] data, byte[] client) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(data);
      signature.update(sha256(client));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private interface Content {
    void writeTo(CBORGenerator cbor) throws IOException;
  }

  private static byte[] cbor(Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (CBORGenerator cbor = new CBORFactory().createGenerator(bytes)) {
      content.writeTo(cbor);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
