package dev.daypass.wire.signin;

import dev.daypass.wire.Constraint;
import dev.daypass.wire.Secret;
import java.util.Optional;

/// A code or a refresh token for temporary credentials.
///
/// @see <a href="https://docs.aws.amazon.com/signin/latest/APIReference/">AWS Sign-In API</a>
public record CreateOAuth2Token(
    ClientId clientId,
    GrantType grantType,
    Optional<AuthorizationCode> code,
    Optional<RedirectUri> redirectUri,
    Optional<CodeVerifier> codeVerifier,
    Optional<RefreshToken> refreshToken) {

  /// @param tokenType `aws_sigv4`
  /// @param expiresIn seconds, 900 at most
  /// @param idToken a JWT whose `sub` is the ARN of whoever the credentials are for
  public record Result(
      AccessToken accessToken,
      String tokenType,
      int expiresIn,
      Secret refreshToken,
      Optional<Secret> idToken) {}

  /// Credentials that sign requests.
  public record AccessToken(String accessKeyId, Secret secretAccessKey, Secret sessionToken) {}

  /// Which tool it is for.
  public enum ClientId {
    /// The one on this computer, which waits for the browser on a port of its own.
    SAME_DEVICE("arn:aws:signin:::devtools/same-device"),
    /// One on another computer, to which a person carries the code.
    CROSS_DEVICE("arn:aws:signin:::devtools/cross-device");

    private final String wireName;

    ClientId(String wireName) {
      this.wireName = wireName;
    }

    @Override
    public String toString() {
      return wireName;
    }
  }

  /// What is brought.
  public enum GrantType {
    AUTHORIZATION_CODE("authorization_code"),
    REFRESH_TOKEN("refresh_token");

    private final String wireName;

    GrantType(String wireName) {
      this.wireName = wireName;
    }

    @Override
    public String toString() {
      return wireName;
    }
  }

  /// The code that the browser was given.
  public record AuthorizationCode(Secret value) {
    private static final Constraint RULE = Constraint.of(1, 512, "[\\x21-\\x7E]+");

    public AuthorizationCode {
      RULE.check(value.revealText());
    }
  }

  /// Where the browser was sent with the code.
  public record RedirectUri(String value) {
    private static final Constraint RULE = Constraint.of(1, 2048, "[\\x21-\\x7E]+");

    public RedirectUri {
      RULE.check(value);
    }
  }

  /// What the code challenge was made of (RFC 7636 §4.1).
  public record CodeVerifier(Secret value) {
    private static final Constraint RULE = Constraint.of(43, 128, "[A-Za-z0-9\\-._~]+");

    public CodeVerifier {
      RULE.check(value.revealText());
    }
  }

  /// For the next credentials.
  public record RefreshToken(Secret value) {
    private static final Constraint RULE = Constraint.of(1, 2048, "[\\x21-\\x7E]+");

    public RefreshToken {
      RULE.check(value.revealText());
    }
  }
}
