package dev.daypass.broker.sso;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.daypass.broker.digests.Sha256;
import dev.daypass.broker.logingrants.Loopback;
import dev.daypass.wire.Secret;
import dev.daypass.wire.ssooidc.SsoOidcError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// A tool, as it describes itself. Its id is that description: nothing is kept of a registration,
/// so that nobody can fill a database with them. Whoever asks gets one, so there is nothing in it
/// to vouch for; whatever it claims is checked whenever it is used. Its secret tells one tool from
/// another that has seen its id.
///
/// @param name for people to read
/// @param redirectUris without their ports, which tools choose as they go (RFC 8252 §7.3)
/// @param registeredAt seconds since 1970
/// @param secretHash SHA-256 of the secret, in Base64url
record Client(
    String name,
    List<String> scopes,
    List<String> redirectUris,
    List<String> grantTypes,
    long registeredAt,
    String secretHash) {
  static final String AUTHORIZATION_CODE = "authorization_code";
  static final String REFRESH_TOKEN = "refresh_token";
  static final String DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code";
  static final String SCOPE = "sso:account:access";

  /// Everything that the person can do at the broker's own endpoints.
  static final String API_SCOPE = "daypass:api";

  /// As AWS has it.
  static final Duration LASTS = Duration.ofDays(90);

  private static final Set<String> GRANT_TYPES =
      Set.of(AUTHORIZATION_CODE, REFRESH_TOKEN, DEVICE_CODE);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_ID = 2048;
  private static final int MOST_REDIRECT_URIS = 3;

  /// Nothing that people cannot see, or that turns text around.
  private static final Pattern NAME = Pattern.compile("[^\\p{C}\\p{Zl}\\p{Zp}]{1,100}");

  /// Fails in the words of RFC 7591 §3.2.2 for a tool that cannot be.
  Client check() {
    if (!NAME.matcher(name).matches()) {
      throw SsoOidcError.INVALID_CLIENT_METADATA.error(
          "clientName must have 1 to 100 visible characters.");
    }
    if (!GRANT_TYPES.containsAll(grantTypes)) {
      throw SsoOidcError.UNSUPPORTED_GRANT_TYPE.error(
          "grantTypes can be authorization_code, refresh_token and " + DEVICE_CODE + ".");
    }
    // A consent is to one of them, and never to the other.
    if (!Set.of(SCOPE).containsAll(scopes) && !scopes.equals(List.of(API_SCOPE))) {
      throw SsoOidcError.INVALID_SCOPE.error(
          "scopes can be %s or %s, not both.".formatted(SCOPE, API_SCOPE));
    }
    if (opensApi() && grantTypes.contains(REFRESH_TOKEN)) {
      throw SsoOidcError.UNSUPPORTED_GRANT_TYPE.error(
          "There are no refresh tokens for %s: it lasts as long as the sign-in."
              .formatted(API_SCOPE));
    }
    if (redirectUris.size() > MOST_REDIRECT_URIS
        || !redirectUris.stream().allMatch(uri -> portless(uri).filter(uri::equals).isPresent())) {
      throw SsoOidcError.INVALID_REDIRECT_URI.error(
          "redirectUris can be up to 3 on this computer, as http://127.0.0.1/oauth/callback.");
    }
    return this;
  }

  private static Optional<String> portless(String uri) {
    return Loopback.of(uri).map(Loopback::portless);
  }

  /// What the tool calls itself by.
  String id() {
    try {
      return Base64.getUrlEncoder().withoutPadding().encodeToString(JSON.writeValueAsBytes(this));
    } catch (JsonProcessingException e) {
      throw new AssertionError("a record can be written", e);
    }
  }

  /// The tool of this id; absent where it is none, or too old.
  static Optional<Client> of(String id, Instant now) {
    if (id.length() > LONGEST_ID) {
      return Optional.empty();
    }
    try {
      Client client = JSON.readValue(Base64.getUrlDecoder().decode(id), Client.class).check();
      return Optional.of(client).filter(is -> is.id().equals(id)).filter(is -> is.isOf(now));
    } catch (IOException | RuntimeException _) {
      return Optional.empty();
    }
  }

  private boolean isOf(Instant now) {
    return registeredAt <= now.getEpochSecond()
        && now.getEpochSecond() < registeredAt + LASTS.toSeconds();
  }

  boolean has(Secret secret) {
    return MessageDigest.isEqual(
        secretHash.getBytes(StandardCharsets.US_ASCII),
        Sha256.base64Url(secret.revealText()).getBytes(StandardCharsets.US_ASCII));
  }

  /// Whether a browser may be sent there.
  boolean waitsAt(String redirectUri) {
    return portless(redirectUri).filter(redirectUris::contains).isPresent();
  }

  /// A tool that registered for nothing in particular may do what devices do.
  boolean mayUse(String grantType) {
    return grantTypes.isEmpty()
        ? !grantType.equals(AUTHORIZATION_CODE)
        : grantTypes.contains(grantType);
  }

  /// What it asks a person for.
  String scope() {
    return opensApi() ? API_SCOPE : SCOPE;
  }

  /// Whether it asks for all that the person can do, rather than for roles.
  boolean opensApi() {
    return scopes.contains(API_SCOPE);
  }

  /// Whether it asks to go on without a person.
  boolean wantsRefreshTokens() {
    return scopes.contains(SCOPE) && mayUse(REFRESH_TOKEN);
  }
}
