package dev.daypass.broker.identities;

import dev.daypass.wire.Secret;

/// A long-term access key: whose it is, and what proves it.
///
/// @param id `AKIA…`
public record KeyOwner(String id, String account, String userId, boolean active, Secret secret) {}
