package dev.daypass.broker.passkeys;

import static java.util.Objects.requireNonNull;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticationRequest;
import com.webauthn4j.data.AuthenticatorTransport;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.RegistrationRequest;
import com.webauthn4j.data.attestation.authenticator.AAGUID;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.authenticator.COSEKey;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.verifier.attestation.statement.none.NoneAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.packed.PackedAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.trustworthiness.certpath.NullCertPathTrustworthinessVerifier;
import com.webauthn4j.verifier.attestation.trustworthiness.self.NullSelfAttestationTrustworthinessVerifier;
import dev.daypass.broker.digests.Base64Url;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The rules of WebAuthn Level 3 §7: whether what a browser brings answers a challenge of ours.
/// Pure; signatures are checked where it is called, in well under a millisecond.
@Singleton
final class WebAuthn {
  /// ES256, Ed25519, and RS256 for older Windows.
  static final List<CredentialParameter> ALGORITHMS =
      List.of(
          new CredentialParameter(COSEAlgorithmIdentifier.ES256.getValue()),
          new CredentialParameter(COSEAlgorithmIdentifier.EdDSA.getValue()),
          new CredentialParameter(COSEAlgorithmIdentifier.RS256.getValue()));

  private static final List<PublicKeyCredentialParameters> ACCEPTED =
      ALGORITHMS.stream()
          .map(
              is ->
                  new PublicKeyCredentialParameters(
                      PublicKeyCredentialType.PUBLIC_KEY, COSEAlgorithmIdentifier.create(is.alg())))
          .toList();

  private static final Set<String> TRANSPORTS =
      Set.of("usb", "nfc", "ble", "smart-card", "hybrid", "internal");

  private static final int LONGEST_CREDENTIAL_ID = 1023;
  private static final int LONGEST_USER_HANDLE = 64;
  private static final int LONGEST_SIGNATURE = 1024;
  private static final int LONGEST_DATA = 4 * 1024;
  private static final int LONGEST_ATTESTATION = 16 * 1024;

  private final RelyingParty site;
  private final ObjectConverter converter = new ObjectConverter();
  private final WebAuthnManager rules =
      new WebAuthnManager(
          List.of(new NoneAttestationStatementVerifier(), new PackedAttestationStatementVerifier()),
          // Whose model it is decides nothing here, so no maker's certificate is asked for.
          new NullCertPathTrustworthinessVerifier(),
          new NullSelfAttestationTrustworthinessVerifier(),
          converter);

  WebAuthn(RelyingParty site) {
    this.site = site;
  }

  /// The credential that was made for the challenge; absent where it was not.
  Optional<Passkey> made(Attestation attestation, Enrolment enrolment, String serialNumber) {
    try {
      RegistrationRequest request =
          new RegistrationRequest(
              bytes(attestation.attestationObject(), LONGEST_ATTESTATION),
              bytes(attestation.clientData(), LONGEST_DATA),
              known(attestation.transports()));
      var expected = site.expecting(Base64Url.decode(enrolment.challenge()));
      RegistrationData data =
          rules.verify(request, new RegistrationParameters(expected, ACCEPTED, false, true));
      return Optional.of(passkey(data, enrolment, serialNumber))
          .filter(made -> made.credentialId().equals(attestation.id()));
    } catch (RuntimeException _) {
      // Whatever the library trips over, it was brought from outside.
      return Optional.empty();
    }
  }

  private Passkey passkey(RegistrationData data, Enrolment enrolment, String serialNumber) {
    AuthenticatorData<?> authenticator =
        requireNonNull(data.getAttestationObject()).getAuthenticatorData();
    AttestedCredentialData made = requireNonNull(authenticator.getAttestedCredentialData());
    bounded(made.getCredentialId(), LONGEST_CREDENTIAL_ID);
    return new Passkey(
        serialNumber,
        Base64Url.encode(made.getCredentialId()),
        enrolment.userHandle(),
        converter.getCborConverter().writeValueAsBytes(made.getCOSEKey()),
        requireNonNull(made.getAaguid().getValue()),
        authenticator.getSignCount(),
        requireNonNull(data.getTransports()).stream()
            .map(AuthenticatorTransport::getValue)
            .sorted()
            .toList(),
        authenticator.isFlagBE(),
        authenticator.isFlagBS(),
        Optional.empty());
  }

  /// What an assertion told, once it is proven.
  record Proven(long signCount, boolean backedUp) {}

  /// Absent where the assertion is not this passkey's answer to this challenge.
  ///
  /// @param verified whether the authenticator must have made sure of the person
  Optional<Proven> proven(
      Assertion assertion, String challenge, Passkey passkey, boolean verified) {
    try {
      AuthenticationRequest request =
          new AuthenticationRequest(
              bytes(assertion.id(), LONGEST_CREDENTIAL_ID),
              assertion.userHandle().map(handle -> bytes(handle, LONGEST_USER_HANDLE)).orElse(null),
              bytes(assertion.authenticatorData(), LONGEST_DATA),
              bytes(assertion.clientData(), LONGEST_DATA),
              null,
              bytes(assertion.signature(), LONGEST_SIGNATURE));
      var expected = site.expecting(Base64Url.decode(challenge));
      AuthenticationData data =
          rules.verify(
              request,
              new AuthenticationParameters(
                  expected,
                  record(passkey),
                  List.of(Base64Url.decode(passkey.credentialId())),
                  verified,
                  true));
      AuthenticatorData<?> told = requireNonNull(data.getAuthenticatorData());
      return Optional.of(new Proven(told.getSignCount(), told.isFlagBS()));
    } catch (RuntimeException _) {
      // Whatever the library trips over, it was brought from outside.
      return Optional.empty();
    }
  }

  private CredentialRecordImpl record(Passkey passkey) {
    COSEKey key =
        requireNonNull(converter.getCborConverter().readValue(passkey.publicKey(), COSEKey.class));
    AttestedCredentialData credential =
        new AttestedCredentialData(
            new AAGUID(passkey.aaguid()), Base64Url.decode(passkey.credentialId()), key);
    return new CredentialRecordImpl(
        null,
        null,
        passkey.backupEligible(),
        passkey.backedUp(),
        passkey.signCount(),
        credential,
        null,
        null,
        null,
        null);
  }

  /// Browsers may tell of transports that are not known yet; they are only hints.
  private static Set<String> known(List<String> transports) {
    return transports.stream()
        .filter(TRANSPORTS::contains)
        .collect(Collectors.toCollection(HashSet::new));
  }

  /// Whether it can be a credential's id at all.
  static boolean isCredentialId(String text) {
    try {
      return bytes(text, LONGEST_CREDENTIAL_ID).length > 0;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static byte[] bytes(String text, int longest) {
    // Four characters are three bytes; what is far too long is not even decoded.
    if (text.length() > (longest + 2) / 3 * 4) {
      throw new IllegalArgumentException("too long");
    }
    return bounded(Base64Url.decode(text), longest);
  }

  private static byte[] bounded(byte[] bytes, int longest) {
    if (bytes.length > longest) {
      throw new IllegalArgumentException("too long");
    }
    return bytes;
  }
}
