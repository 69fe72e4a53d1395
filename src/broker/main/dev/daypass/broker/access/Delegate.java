package dev.daypass.broker.access;

/// For whom a session is that acts with the permissions of somebody else, who granted a request.
///
/// @param requestId the delegation request
/// @param account whose account it is that asked
public record Delegate(String requestId, String account) {}
