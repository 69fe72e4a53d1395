package dev.daypass.wire.sigv4;

import static dev.daypass.wire.ErrorCode.SIGNATURE_DOES_NOT_MATCH;

import dev.daypass.wire.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/// A [SignedClaim] as it is told to somebody who did not see the request: enough to prove it, and
/// nothing of what was asked.
///
/// @param signedAt as written: `20150830T123600Z`
/// @param requestHash the SHA-256 of the canonical request, in lower-case hexadecimal digits
public record RelayedClaim(
    String accessKeyId,
    Optional<String> sessionToken,
    String signedAt,
    Scope scope,
    String requestHash,
    String signature)
    implements Claim {
  private static final Timeliness LONGEST = Timeliness.presigned(Duration.ofDays(7));

  /// Fails with AWS's refusals where the time is none, lies too far from `now` for any signature,
  /// or is not of the scope's date.
  public void checkTime(Instant now) {
    LONGEST.check(SignedTime.parse(signedAt), now);
    if (!signedAt.startsWith(scope.date() + "T")) {
      throw SIGNATURE_DOES_NOT_MATCH.error("The scope is not of the date of the signature.");
    }
  }

  @Override
  public SigningKey verify(Secret secretAccessKey) {
    SigningKey key = SigningKey.derive(secretAccessKey, scope);
    verify(key);
    return key;
  }

  /// Fails with `SignatureDoesNotMatch` unless this derived key signed.
  public void verify(SigningKey key) {
    byte[] expected = sign(key, signedAt, scope, requestHash).getBytes(StandardCharsets.US_ASCII);
    if (!MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.US_ASCII))) {
      throw SIGNATURE_DOES_NOT_MATCH.error(
          "The request signature we calculated does not match the signature you provided. Check your"
              + " AWS Secret Access Key and signing method. Consult the service documentation for details.");
    }
  }

  /// The one right signature, in lower-case hexadecimal digits.
  static String sign(SigningKey key, String signedAt, Scope scope, String requestHash) {
    return HexFormat.of()
        .formatHex(
            key.sign(
                String.join("\n", SignedClaim.ALGORITHM, signedAt, scope.toString(), requestHash)));
  }
}
