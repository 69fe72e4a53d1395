package dev.daypass.broker.passkeys;

import java.util.List;

/// What a browser is to have signed: WebAuthn's `PublicKeyCredentialRequestOptionsJSON`.
///
/// @param timeout in milliseconds
/// @param allowCredentials none where whatever the person has for this site will do
public record RequestOptions(
    String challenge,
    String rpId,
    long timeout,
    List<Descriptor> allowCredentials,
    String userVerification) {}
