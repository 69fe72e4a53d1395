package dev.daypass.guard;

import dev.daypass.policy.Context;
import dev.daypass.policy.Policies;
import dev.daypass.policy.Principal;
import dev.daypass.wire.sigv4.SigningKey;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// What the broker lends: the key of one signer for one day, who that is, and every policy that has
/// a say.
///
/// @param context the condition keys that come with the credentials
/// @param dependencies the names of what it rests on, as the broker calls it when it changes
record Lent(
    SigningKey key,
    Principal principal,
    Policies policies,
    Optional<Instant> mfaAt,
    Optional<String> sourceIdentity,
    Context context,
    Set<String> dependencies,
    Instant expiresAt) {}
