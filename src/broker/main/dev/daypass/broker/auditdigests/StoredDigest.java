package dev.daypass.broker.auditdigests;

/// A digest as it lies in the database, where anybody may have changed it, without its lines.
///
/// @param through up to which record it says to go
/// @param token the signed digest
/// @param records how many it has lines for
record StoredDigest(long number, long through, String token, int records) {}
