package dev.daypass.broker.identities;

import java.util.Optional;

/// An account as the evaluator sees it.
///
/// @param closed whether nobody in it can do anything any more
/// @param membership absent for an account in no organization
public record AccountIdentity(String id, boolean closed, Optional<Membership> membership) {}
