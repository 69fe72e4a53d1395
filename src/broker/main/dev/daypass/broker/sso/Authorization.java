package dev.daypass.broker.sso;

import dev.daypass.broker.logingrants.AuthorizationQuery;
import java.time.Instant;

/// What a tool on this computer asks a person for, by way of the browser (RFC 6749 §4.1.1, RFC 7636
/// §4.3).
///
/// @param clientName what the tool calls itself
/// @param everything whether it asks for all that the person can do, rather than for roles
/// @param redirectUri where it waits
public record Authorization(
    String clientId,
    String clientName,
    boolean everything,
    String redirectUri,
    String state,
    String codeChallenge) {
  /// Where a browser brings it.
  public static final String PATH = "/authorize";

  /// Reads a query; fails with [AuthorizationQuery.Invalid].
  public static Authorization of(String text, Instant now) {
    AuthorizationQuery query = new AuthorizationQuery(text);
    query.expect("response_type", "code");
    query.expect("code_challenge_method", "S256");
    Client client =
        Client.of(query.one("client_id"), now)
            .orElseThrow(() -> new AuthorizationQuery.Invalid("The client is not known."));
    String redirectUri = query.one("redirect_uri");
    if (!client.mayUse(Client.AUTHORIZATION_CODE) || !client.waitsAt(redirectUri)) {
      throw new AuthorizationQuery.Invalid("The tool does not wait on this computer.");
    }
    if (!client.scopes().isEmpty()) {
      query.expect("scopes", client.scope());
    }
    return new Authorization(
        query.one("client_id"),
        client.name(),
        client.opensApi(),
        redirectUri,
        query.state(),
        query.codeChallenge());
  }

  /// Where the browser goes with the code.
  public String target(String code) {
    return AuthorizationQuery.answered(redirectUri, "code", code, state);
  }

  /// Where it goes when the person would not.
  public String denied() {
    return AuthorizationQuery.answered(redirectUri, "error", "access_denied", state);
  }
}
