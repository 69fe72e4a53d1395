package dev.daypass.broker.access;

import java.time.Instant;
import java.util.Optional;

/// What an assertion says about the session that it is traded for.
///
/// @param assertionId unique among the assertions of its issuer
/// @param name the session's
/// @param recipient where the assertion was to be presented
/// @param endsAt when the session must have ended
/// @param goodUntil from when on the assertion counts for nothing
public record SamlSession(
    String assertionId,
    String name,
    String issuer,
    String recipient,
    Optional<Instant> endsAt,
    Instant goodUntil)
    implements Terms {}
