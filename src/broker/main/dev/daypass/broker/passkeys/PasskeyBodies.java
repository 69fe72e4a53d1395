package dev.daypass.broker.passkeys;

import static dev.daypass.wire.ErrorCode.VALIDATION_ERROR;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Credentials as browsers write them: what `PublicKeyCredential.toJSON()` says.
///
/// @see <a
///   href="https://www.w3.org/TR/webauthn-3/#dictdef-registrationresponsejson">RegistrationResponseJSON</a>
public final class PasskeyBodies {
  private static final String TYPE = "public-key";
  private static final int MOST_TRANSPORTS = 16;

  private PasskeyBodies() {}

  /// A credential, new or asserted. Browsers say more, each year.
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Credential(
      @Nullable String id,
      @Nullable String rawId,
      @Nullable String type,
      @Nullable Response response) {}

  /// What its authenticator answered: the members of either kind.
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Response(
      @Nullable String clientDataJSON,
      @Nullable String attestationObject,
      @Nullable List<@Nullable String> transports,
      @Nullable String authenticatorData,
      @Nullable String signature,
      @Nullable String userHandle) {}

  /// Fails with `ValidationError` where something is missing.
  public static Attestation attestation(@Nullable Credential credential) {
    Response response = response(credential);
    return new Attestation(
        id(credential),
        given(response.clientDataJSON(), "clientDataJSON"),
        given(response.attestationObject(), "attestationObject"),
        transports(response));
  }

  /// Fails with `ValidationError` where something is missing.
  public static Assertion assertion(@Nullable Credential credential) {
    Response response = response(credential);
    return new Assertion(
        id(credential),
        given(response.clientDataJSON(), "clientDataJSON"),
        given(response.authenticatorData(), "authenticatorData"),
        given(response.signature(), "signature"),
        Optional.ofNullable(response.userHandle()).filter(handle -> !handle.isEmpty()));
  }

  private static List<String> transports(Response response) {
    return Optional.ofNullable(response.transports()).orElse(List.of()).stream()
        .limit(MOST_TRANSPORTS)
        .map(String::valueOf)
        .toList();
  }

  private static Response response(@Nullable Credential credential) {
    if (credential == null || credential.response() == null) {
      throw VALIDATION_ERROR.error("credential is missing");
    }
    return credential.response();
  }

  private static String id(@Nullable Credential credential) {
    String id = given(credential == null ? null : credential.id(), "id");
    if (credential != null && (!id.equals(credential.rawId()) || !TYPE.equals(credential.type()))) {
      throw VALIDATION_ERROR.error("credential must be of type public-key, its rawId as its id");
    }
    return id;
  }

  private static String given(@Nullable String value, String name) {
    if (value == null || value.isEmpty()) {
      throw VALIDATION_ERROR.error("credential." + name + " is missing");
    }
    return value;
  }
}
