package dev.daypass.broker.organizations;

import java.time.Instant;

/// An account in an organization.
///
/// @param parent the root or the organizational unit it is in
/// @param joinedMethod `CREATED`, or `INVITED` for the management account, as in AWS
record Member(
    String account, String organization, String parent, String joinedMethod, Instant joinedAt) {}
