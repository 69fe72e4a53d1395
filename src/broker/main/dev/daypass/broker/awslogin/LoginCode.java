package dev.daypass.broker.awslogin;

import dev.daypass.broker.signin.SignInFacts;

/// What a code stands for, kept for a few minutes under an unguessable name. Times are seconds
/// since 1970.
///
/// @param roleArn whose sessions it is for; empty for the user's own
record LoginCode(
    String clientId,
    String redirectUri,
    String codeChallenge,
    SignInFacts signIn,
    String roleArn,
    long givenAt) {}
