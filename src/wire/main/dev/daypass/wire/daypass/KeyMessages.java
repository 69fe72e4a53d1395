package dev.daypass.wire.daypass;

import dev.daypass.wire.Request;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What travels about the broker's own keys.
public final class KeyMessages {
  private KeyMessages() {}

  /// The keys that sign and derive, and those that they were sealed with.
  public record ListKeys() implements Request<ListKeys.Result> {
    public record Result(List<Key> keys, List<SealingKey> sealingKeys) {}
  }

  /// A key that signs or derives.
  ///
  /// @param purpose as [KeyUse] has it, `SessionToken` by example
  /// @param state `NEXT`, `ACTIVE`, `VERIFY_ONLY` or `RETIRED`
  public record Key(
      String keyId,
      String purpose,
      String state,
      Instant createdAt,
      Optional<Instant> activatedAt,
      Optional<Instant> demotedAt,
      Optional<Instant> retiredAt) {}

  /// A key-encryption key of the file that the answering broker has read.
  ///
  /// @param primary whether new secrets are sealed with it
  /// @param sealed how many secrets in the database are sealed with it
  public record SealingKey(String keyId, boolean primary, int sealed) {}

  /// Lets the next key take over, of one purpose or of each.
  ///
  /// @param force also where the next key was published too short a time ago for everyone to know
  ///   it
  public record RotateKey(Optional<KeyUse> purpose, Optional<Boolean> force)
      implements Request<RotateKey.Result> {
    public record Result(List<Key> keys) {}
  }

  /// Forgets a key at once, and ends all that it vouched for and whatever came of that.
  public record RetireKey(KeyId keyId) implements Request<RetireKey.Result> {
    public record Result(List<Key> keys) {}
  }

  /// Seals some more secrets anew with the primary key-encryption key.
  public record RewrapSecrets() implements Request<RewrapSecrets.Result> {
    /// @param rewrapped how many this call sealed anew
    /// @param remaining how many are left, sealed with another key of the file
    /// @param unreadable how many no key of the file opens
    public record Result(int rewrapped, int remaining, int unreadable) {}
  }
}
