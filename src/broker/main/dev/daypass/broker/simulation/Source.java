package dev.daypass.broker.simulation;

import dev.daypass.policy.Policies;
import dev.daypass.policy.Principal;
import java.util.Optional;

/// The user, group or role whose policies are asked.
///
/// @param kind as AWS calls the source of its inline policies: `user`, `group` or `role`
/// @param principal who would call with them; absent for groups, which cannot
record Source(String kind, Policies policies, Optional<Principal> principal) {}
