package dev.daypass.broker.sshkeys;

import static dev.daypass.wire.ErrorCode.INVALID_PUBLIC_KEY;
import static dev.daypass.wire.ErrorCode.UNRECOGNIZED_PUBLIC_KEY_ENCODING;

import dev.daypass.broker.pem.Pem;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.util.OpenSSHPublicKeyUtil;

/// An RSA public key of 2048 to 16384 bits: the one kind that AWS takes.
///
/// @param blob the key as SSH writes it, in the one form there is (RFC 4253 §6.6)
/// @param comment what its owner wrote behind it; may be empty
record SshRsaKey(byte[] blob, String comment) {
  private static final String NAME = "ssh-rsa";
  private static final int SHORTEST = 2048;
  private static final Pattern LINE =
      Pattern.compile(
          "\\s*+ssh-rsa[ \\t]++([A-Za-z0-9+/]++={0,2}+)(?:[ \\t]++([^\\r\\n]*+))?+\\s*+");

  /// Reads `ssh-rsa <Base64> <comment>`, or PEM: PKCS#1 (RFC 8017) or SubjectPublicKeyInfo (RFC
  /// 5280). `UnrecognizedPublicKeyEncoding` where it is neither, `InvalidPublicKey` where no such
  /// key is in it.
  static SshRsaKey read(String text) {
    String trimmed = text.stripLeading();
    try {
      if (trimmed.startsWith("-----BEGIN ")) {
        return new SshRsaKey(blob(ofPem(Pem.one(text).orElseThrow(SshRsaKey::invalid))), "");
      }
      if (trimmed.startsWith(NAME)) {
        return ofLine(text);
      }
      throw unrecognized();
    } catch (IllegalArgumentException | IOException | GeneralSecurityException _) {
      throw invalid();
    }
  }

  private static RSAPublicKey ofPem(Pem pem) throws IOException, GeneralSecurityException {
    return switch (pem.label()) {
      case "PUBLIC KEY" -> key(new X509EncodedKeySpec(pem.content()));
      case "RSA PUBLIC KEY" -> key(new X509EncodedKeySpec(info(pem.content()).getEncoded()));
      default -> throw unrecognized();
    };
  }

  private static SubjectPublicKeyInfo info(byte[] pkcs1) {
    return new SubjectPublicKeyInfo(
        new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE), pkcs1);
  }

  private static SshRsaKey ofLine(String text) throws IOException, GeneralSecurityException {
    Matcher line = LINE.matcher(text);
    if (!line.matches()) {
      throw invalid();
    }
    byte[] given = Base64.getDecoder().decode(line.group(1));
    if (!Arrays.equals(blob(parse(given)), given)) {
      throw invalid();
    }
    return new SshRsaKey(given, line.group(2) == null ? "" : line.group(2).strip());
  }

  private static RSAPublicKey parse(byte[] blob) throws IOException, GeneralSecurityException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(blob));
    byte[] _ = in.readNBytes(in.readInt());
    BigInteger exponent = new BigInteger(in.readNBytes(in.readInt()));
    BigInteger modulus = new BigInteger(in.readNBytes(in.readInt()));
    return key(new RSAPublicKeySpec(modulus, exponent));
  }

  private static RSAPublicKey key(KeySpec spec) throws GeneralSecurityException {
    RSAPublicKey key = (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(spec);
    if (key.getModulus().bitLength() < SHORTEST) {
      throw new InvalidKeySpecException("too short");
    }
    return key;
  }

  // Internal to BouncyCastle is a key that it does not test for primes, which would take seconds.
  private static byte[] blob(RSAPublicKey key) throws IOException {
    return OpenSSHPublicKeyUtil.encodePublicKey(
        new RSAKeyParameters(false, key.getModulus(), key.getPublicExponent(), true));
  }

  /// As `ssh-keygen` writes it.
  String line() {
    String key = NAME + " " + Base64.getEncoder().encodeToString(blob);
    return comment.isEmpty() ? key : key + " " + comment;
  }

  /// As SubjectPublicKeyInfo in PEM.
  String pem() {
    try {
      return Pem.write("PUBLIC KEY", parse(blob).getEncoded());
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("a stored key cannot be read", e);
    }
  }

  /// The MD5 hash in pairs of hexadecimal digits (RFC 4716 §4). It names a key, and proves nothing.
  String fingerprint() {
    try {
      return HexFormat.ofDelimiter(":").formatHex(MessageDigest.getInstance("MD5").digest(blob));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has MD5", e);
    }
  }

  private static RuntimeException invalid() {
    return INVALID_PUBLIC_KEY.error(
        "The public key is malformed, or not an RSA key of 2048 bits or more.");
  }

  private static RuntimeException unrecognized() {
    return UNRECOGNIZED_PUBLIC_KEY_ENCODING.error(
        "The public key encoding format is unsupported or unrecognized.");
  }
}
