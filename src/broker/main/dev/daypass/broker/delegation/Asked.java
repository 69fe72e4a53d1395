package dev.daypass.broker.delegation;

import dev.daypass.wire.iam.DelegationMessages.DelegationPermission;
import java.time.Duration;
import java.util.Optional;

/// What is asked for, and what is said about it.
///
/// @param workflowId unique among the requests of the requestor's account
/// @param permissions the template and the values for its places
/// @param policy the template with the values in their places: all that is ever delegated
public record Asked(
    String workflowId,
    String description,
    Optional<String> message,
    DelegationPermission permissions,
    String policy,
    Optional<String> redirectUrl,
    String notificationChannel,
    Duration sessionDuration,
    boolean onlySendByOwner) {}
