package dev.daypass.broker.passkeys;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// A security key or passkey of a user, as its authenticator made it.
///
/// @param credentialId what the authenticator knows it by, Base64url like all bytes here
/// @param userHandle who its holder is to the authenticator: random
/// @param publicKey a COSE key (RFC 9052)
/// @param aaguid the authenticator's model, as it says
/// @param signCount what the authenticator counted last; 0 where it does not count
/// @param transports how browsers reach it: `usb`, `internal`, …
/// @param backupEligible whether it may be copied to other devices of its holder
/// @param backedUp whether it was
record Passkey(
    String serialNumber,
    String credentialId,
    String userHandle,
    byte[] publicKey,
    UUID aaguid,
    long signCount,
    List<String> transports,
    boolean backupEligible,
    boolean backedUp,
    Optional<Instant> lastUsedAt) {
  Passkey {
    publicKey = publicKey.clone();
    transports = List.copyOf(transports);
  }

  @Override
  public byte[] publicKey() {
    return publicKey.clone();
  }
}
