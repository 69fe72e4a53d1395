package dev.daypass.broker.awslogin;

import dev.daypass.broker.logingrants.AuthorizationQuery;
import dev.daypass.broker.logingrants.AuthorizationQuery.Invalid;
import dev.daypass.broker.logingrants.Loopback;
import dev.daypass.wire.signin.CreateOAuth2Token.ClientId;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a tool asks a person for, by way of the browser (RFC 6749 §4.1.1, RFC 7636 §4.3).
///
/// @param port the port that the tool waits on; absent for one on another computer
public record AuthorizationRequest(
    ClientId client,
    String redirectUri,
    String state,
    String codeChallenge,
    Optional<Integer> port) {
  /// Where a person is shown the code, to carry it to another computer.
  public static final String CONFIRMATION = "/v1/sessions/confirmation";

  private static final String CALLBACK = "/oauth/callback";

  /// AWS's name for it, and that of RFC 7636.
  private static final List<String> METHODS = List.of("SHA-256", "S256");

  /// Reads a query; fails with [AuthorizationQuery.Invalid].
  ///
  /// @param here the authorities under which this installation is reached
  public static AuthorizationRequest of(String text, List<String> here) {
    AuthorizationQuery query = new AuthorizationQuery(text);
    query.expect("response_type", "code");
    query.expect("scope", "openid");
    if (!METHODS.contains(query.one("code_challenge_method"))) {
      throw new Invalid("code_challenge_method must be SHA-256 or S256.");
    }
    String redirectUri = query.one("redirect_uri");
    String clientId = query.one("client_id");
    ClientId client =
        Stream.of(ClientId.values())
            .filter(known -> known.toString().equals(clientId))
            .findFirst()
            .orElseThrow(() -> new Invalid("The client is not known."));
    return new AuthorizationRequest(
        client, redirectUri, query.state(), query.codeChallenge(), port(client, redirectUri, here));
  }

  private static Optional<Integer> port(ClientId client, String redirectUri, List<String> here) {
    return switch (client) {
      case SAME_DEVICE ->
          Loopback.of(redirectUri)
              .filter(address -> address.path().equals(CALLBACK))
              .map(Loopback::port)
              .filter(Optional::isPresent)
              .orElseThrow(() -> new Invalid("The tool does not wait on this computer."));
      case CROSS_DEVICE -> {
        if (!isConfirmation(redirectUri, here)) {
          throw new Invalid("The code would be shown elsewhere.");
        }
        yield Optional.empty();
      }
    };
  }

  private static boolean isConfirmation(String redirectUri, List<String> here) {
    try {
      URI uri = URI.create(redirectUri);
      return List.of("http", "https").contains(String.valueOf(uri.getScheme()))
          && here.contains(String.valueOf(uri.getRawAuthority()))
          && CONFIRMATION.equals(uri.getRawPath())
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /// Where the browser goes with the code. What is shown here is shown here, whatever the address
  /// was that the tool knows.
  public String target(String code) {
    String base = port.isPresent() ? redirectUri : CONFIRMATION;
    return AuthorizationQuery.answered(base, "code", code, state);
  }

  /// Where the browser goes when the person would not.
  public String denied() {
    return AuthorizationQuery.answered(redirectUri, "error", "access_denied", state);
  }
}
