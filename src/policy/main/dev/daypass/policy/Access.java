package dev.daypass.policy;

import java.util.Optional;

/// One question: may this principal do this to that, under these circumstances?
///
/// @param action `service:Name`
/// @param resource an ARN, or `*` for actions that know no resource
/// @param resourceAccount whose the resource is; absent where that is the principal's own account
public record Access(
    Principal principal,
    String action,
    String resource,
    Optional<String> resourceAccount,
    Context context) {}
