package dev.daypass.broker.passkeys;

import java.util.List;

/// What a browser is to make a credential by: WebAuthn's `PublicKeyCredentialCreationOptionsJSON`.
///
/// @param timeout in milliseconds
public record CreationOptions(
    Site rp,
    Holder user,
    String challenge,
    List<CredentialParameter> pubKeyCredParams,
    long timeout,
    List<Descriptor> excludeCredentials,
    Selection authenticatorSelection,
    String attestation) {
  /// The relying party.
  public record Site(String id, String name) {}

  /// Who it is for. The id is random, the names are for people to see.
  public record Holder(String id, String name, String displayName) {}

  /// What the authenticator is to do.
  public record Selection(
      String residentKey, boolean requireResidentKey, String userVerification) {}
}
