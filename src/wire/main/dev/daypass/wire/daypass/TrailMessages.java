package dev.daypass.wire.daypass;

import dev.daypass.wire.Request;
import java.util.List;
import java.util.Optional;

/// What travels about the trail as a whole.
public final class TrailMessages {
  private TrailMessages() {}

  /// Compares some digests of the trail with what they were made of.
  ///
  /// @param after the number of the digest behind which to begin; 0 for the first
  public record VerifyTrail(Optional<DigestNumber> after) implements Request<VerifyTrail.Result> {
    /// @param digests those that were looked at, in order; the next call goes on behind the last
    /// @param newest the number of the newest digest there is; 0 where there is none
    /// @param unsigned how many records came after it
    public record Result(List<VerifiedDigest> digests, long newest, long unsigned) {}
  }

  /// A digest, and whether it still tells the truth.
  ///
  /// @param token the digest: a JWS, whose `previous` is the SHA-256 of the token before it
  /// @param records how many records it is of
  /// @param problem `BROKEN_CHAIN`, `NOT_SIGNED`, `LINES_CHANGED`, `CHANGED`, `REMOVED` or `ADDED`
  /// @param message which record it is, where it is one
  public record VerifiedDigest(
      long number, String token, int records, Optional<String> problem, Optional<String> message) {}
}
