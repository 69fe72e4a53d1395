package dev.daypass.policy;

import java.util.Optional;

/// Where a statement stands.
///
/// @param policy a managed policy's ARN, an inline policy's name, or a role's ARN for its trust
///   policy
/// @param index counted from 0
public record StatementId(String policy, int index, Optional<String> sid, Position position) {}
