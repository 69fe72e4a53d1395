package dev.daypass.wire.sigv4;

import static dev.daypass.wire.ErrorCode.INCOMPLETE_SIGNATURE;
import static dev.daypass.wire.ErrorCode.SIGNATURE_DOES_NOT_MATCH;

import dev.daypass.wire.Service;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A request's claim to be signed with the key of a certificate that came with it: Signature
/// Version 4 with X.509, well-formed and timely but not yet proven. Nothing is known of the
/// certificate, which is for whoever proves it to trust or not.
///
/// @see <a
///   href="https://docs.aws.amazon.com/rolesanywhere/latest/userguide/authentication-sign-process.html">Signing
///   process for IAM Roles Anywhere</a>
public final class CertificateClaim {
  static final String CERTIFICATE = "x-amz-x509";
  static final String CHAIN = "x-amz-x509-chain";

  /// More certificates between the signing one and a root than anybody has.
  private static final int LONGEST_CHAIN = 5;

  private static final Pattern SERIAL_NUMBER = Pattern.compile("[0-9]{1,50}");
  private static final Pattern SIGNATURE = Pattern.compile("(?:[0-9a-fA-F]{2}){1,1024}");

  private final SignedClaim claim;
  private final CertificateAlgorithm algorithm;
  private final byte[] certificate;
  private final List<byte[]> chain;

  private CertificateClaim(
      SignedClaim claim, CertificateAlgorithm algorithm, byte[] certificate, List<byte[]> chain) {
    this.claim = claim;
    this.algorithm = algorithm;
    this.certificate = certificate;
    this.chain = chain;
  }

  /// Reads the `Authorization` header and the headers with the certificates; fails with AWS's
  /// refusals, as [SignedClaim] does.
  public static CertificateClaim read(HttpMessage message, Service service, Instant now) {
    SignedClaim claim =
        SignedClaim.read(
            message,
            SignedService.of(service),
            now,
            CertificateAlgorithm.WIRE_NAMES,
            List.of(CERTIFICATE, CHAIN));
    if (!claim.authorization().inHeader()) {
      throw INCOMPLETE_SIGNATURE.error("A certificate signs in the Authorization header.");
    }
    if (!SERIAL_NUMBER.matcher(claim.accessKeyId()).matches()) {
      throw INCOMPLETE_SIGNATURE.error(
          "Credential must begin with the serial number of the certificate, in decimal digits.");
    }
    byte[] certificate =
        header(message, CERTIFICATE)
            .map(CertificateClaim::decoded)
            .orElseThrow(
                () -> INCOMPLETE_SIGNATURE.error("The request has no 'X-Amz-X509' header."));
    String[] chain = header(message, CHAIN).map(text -> text.split(",", -1)).orElse(new String[0]);
    if (chain.length > LONGEST_CHAIN) {
      throw INCOMPLETE_SIGNATURE.error(
          "No more than %d certificates can come in a chain.".formatted(LONGEST_CHAIN));
    }
    return new CertificateClaim(
        claim,
        CertificateAlgorithm.named(claim.authorization().algorithm()).orElseThrow(),
        certificate,
        Arrays.stream(chain).map(CertificateClaim::decoded).toList());
  }

  private static Optional<String> header(HttpMessage message, String name) {
    if (message.values(name).count() > 1) {
      throw INCOMPLETE_SIGNATURE.error("'%s' is given more than once.".formatted(name));
    }
    return message.header(name);
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64.strip());
    } catch (IllegalArgumentException _) {
      throw INCOMPLETE_SIGNATURE.error("A certificate is not Base64.");
    }
  }

  /// The certificate that is claimed to have signed, DER as it should be.
  public byte[] certificate() {
    return certificate.clone();
  }

  /// What came with it, in the order it came.
  public List<byte[]> chain() {
    return chain.stream().map(byte[]::clone).toList();
  }

  /// The serial number of the certificate, as the signature names it.
  public BigInteger serialNumber() {
    return new BigInteger(claim.accessKeyId());
  }

  public Scope scope() {
    return claim.scope();
  }

  /// Fails with `SignatureDoesNotMatch` unless the owner of this key signed the request, in the way
  /// the request says.
  public void verify(PublicKey key) {
    if (!algorithm.fits(key) || !signed(key)) {
      throw SIGNATURE_DOES_NOT_MATCH.error(
          "The request signature does not match the certificate. Check your private key and signing"
              + " method.");
    }
  }

  private boolean signed(PublicKey key) {
    RelayedClaim relayed = claim.relayed();
    if (!SIGNATURE.matcher(relayed.signature()).matches()) {
      return false;
    }
    String text =
        String.join(
            "\n",
            algorithm.wireName(),
            relayed.signedAt(),
            relayed.scope().toString(),
            relayed.requestHash());
    try {
      Signature signature = Signature.getInstance(algorithm.jcaName());
      signature.initVerify(key);
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return signature.verify(HexFormat.of().parseHex(relayed.signature()));
    } catch (GeneralSecurityException _) {
      return false;
    }
  }
}
