package dev.daypass.broker.outboundfederation;

/// How an account's principals are known to services outside.
///
/// @param issuer the URL that their tokens name as issuer; the account's own, and for good
/// @param enabled whether tokens are issued; those from before stay good
public record OutboundFederation(String account, String issuer, boolean enabled) {}
