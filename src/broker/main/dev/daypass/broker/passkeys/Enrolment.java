package dev.daypass.broker.passkeys;

/// A passkey that is being enrolled, by one user in one sign-in.
///
/// @param userHandle who the user is to be to the authenticator
record Enrolment(String userId, String signIn, String challenge, String userHandle) {}
