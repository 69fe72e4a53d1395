package dev.daypass.client.login;

import dev.daypass.client.Forms;
import dev.daypass.client.RandomText;
import dev.daypass.client.SignIn;
import dev.daypass.client.login.LoginFailed.Reason;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;

/// A sign-in by a browser on this computer: an authorization code with PKCE, brought to a port of
/// it (RFC 6749 §4.1, RFC 7636, RFC 8252).
public final class BrowserLogin implements AutoCloseable {
  /// How long a person has.
  public static final Duration LONGEST = Duration.ofMinutes(5);

  private final TokenService tokens;
  private final TokenService.Tool tool;
  private final Pkce pkce;
  private final Callback callback;
  private final String state;

  private BrowserLogin(
      TokenService tokens, TokenService.Tool tool, Pkce pkce, Callback callback, String state) {
    this.tokens = tokens;
    this.tool = tool;
    this.pkce = pkce;
    this.callback = callback;
    this.state = state;
  }

  /// Begins to wait for the browser; [LoginFailed] where it cannot.
  ///
  /// @param port where it waits on 127.0.0.1; 0 for any that is free
  public static BrowserLogin begin(TokenService tokens, int port, SecureRandom random) {
    TokenService.Tool tool = tokens.register(TokenService.AUTHORIZATION_CODE);
    String state = RandomText.next(random);
    return new BrowserLogin(tokens, tool, Pkce.next(random), Callback.open(port, state), state);
  }

  /// Where the browser is to go.
  public URI link() {
    Map<String, String> query =
        Map.of(
            "response_type",
            "code",
            "client_id",
            tool.id(),
            "redirect_uri",
            callback.redirectUri(),
            "scopes",
            TokenService.SCOPE,
            "state",
            state,
            "code_challenge",
            pkce.challenge(),
            "code_challenge_method",
            "S256");
    return URI.create(tool.authorizationEndpoint() + "?" + Forms.of(query));
  }

  /// Whether the browser has brought an answer, which is waited for that long.
  public boolean answered(Duration patience) throws InterruptedException {
    return callback.await(patience).isPresent();
  }

  /// The sign-in; [LoginFailed] where the person would not, or did not answer within `limit`.
  public SignIn finish(Duration limit) throws InterruptedException {
    Callback.Answer answer =
        callback
            .await(limit)
            .orElseThrow(
                () ->
                    new LoginFailed(
                        Reason.TOO_LATE,
                        "No answer came from the browser in time. Run: daypass login"));
    return switch (answer) {
      case Callback.Answer.Allowed(var code) ->
          tokens.byCode(tool, code, callback.redirectUri(), pkce);
      case Callback.Answer.Refused() -> throw LoginFailed.refused();
    };
  }

  /// Waits no longer.
  @Override
  public void close() {
    callback.close();
  }
}
