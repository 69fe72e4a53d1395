package dev.daypass.broker.passkeys;

import java.util.Optional;

/// An answer to a challenge, as the browser hands it over (WebAuthn's
/// `AuthenticationResponseJSON`). Bytes are Base64url.
///
/// @param userHandle from authenticators that keep one
public record Assertion(
    String id,
    String clientData,
    String authenticatorData,
    String signature,
    Optional<String> userHandle) {}
