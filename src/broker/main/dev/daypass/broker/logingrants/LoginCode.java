package dev.daypass.broker.logingrants;

import dev.daypass.broker.signin.SignInFacts;

/// What a code stands for, kept for a few minutes under an unguessable name. Times are seconds
/// since 1970.
///
/// @param clientId of the tool that it is for
/// @param codeChallenge the hash of what only that tool knows (RFC 7636)
/// @param roleArn whose sessions it is for; empty for none in particular
public record LoginCode(
    String clientId,
    String redirectUri,
    String codeChallenge,
    SignInFacts signIn,
    String roleArn,
    long givenAt) {}
