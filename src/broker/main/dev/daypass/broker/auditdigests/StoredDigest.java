package dev.daypass.broker.auditdigests;

/// A digest as it lies in the database, where anybody may have changed it.
///
/// @param through up to which record it says to go
/// @param token the signed digest
/// @param lines 48 bytes for each record
record StoredDigest(long number, long through, String token, byte[] lines) {
  /// How many records it has lines for.
  int size() {
    return lines.length / Line.BYTES;
  }
}
