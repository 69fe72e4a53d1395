package dev.daypass.broker.passkeys;

import java.util.List;

/// A new credential, as the browser hands it over (WebAuthn's `RegistrationResponseJSON`). Bytes
/// are Base64url.
public record Attestation(
    String id, String clientData, String attestationObject, List<String> transports) {
  public Attestation {
    transports = List.copyOf(transports);
  }
}
