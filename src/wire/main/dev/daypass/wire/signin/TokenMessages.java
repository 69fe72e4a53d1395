package dev.daypass.wire.signin;

import dev.daypass.wire.Constraint;
import dev.daypass.wire.Http;
import dev.daypass.wire.Named;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.Request;
import dev.daypass.wire.Secret;
import java.util.Optional;

/// What is asked, signed, about the tokens of [CreateOAuth2Token].
///
/// @see <a href="https://docs.aws.amazon.com/signin/latest/APIReference/">AWS Sign-In API</a>
public final class TokenMessages {
  private TokenMessages() {}

  /// What there is to know of a token (RFC 7662).
  @Http(method = "POST", path = "/v1/introspect")
  public record IntrospectOAuth2TokenWithIAM(
      Token token, @Named("token_type_hint") Optional<TokenTypeHint> tokenTypeHint)
      implements Request<IntrospectOAuth2TokenWithIAM.Result> {

    /// Of a token that is not active nothing else is said. Times are seconds since 1970.
    ///
    /// @param clientId the tool that a refresh token is for
    /// @param userId as `GetCallerIdentity` has it
    /// @param tokenType `access_token` or `refresh_token`
    /// @param sub the ARN of whom it stands for
    /// @param iss who issued it
    /// @param jti what names it, and is no secret
    /// @param signinSession the sign-in that it came of
    /// @param resource whose sessions a refresh token is for, where it is not the person's own
    public record Result(
        boolean active,
        @Named("client_id") Optional<String> clientId,
        @Named("user_id") Optional<String> userId,
        @Named("token_type") Optional<String> tokenType,
        Optional<Long> exp,
        Optional<Long> iat,
        Optional<String> sub,
        Optional<String> iss,
        Optional<String> jti,
        @Named("account_id") Optional<String> accountId,
        @Named("signin_session") Optional<String> signinSession,
        Optional<String> resource) {
      /// Of a token that is unknown, expired, revoked, or not the caller's to look at.
      public static final Result INACTIVE =
          new Result(
              false,
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty());
    }
  }

  /// Ends a refresh token, and all that came of its login (RFC 7009). What is none is ended
  /// already.
  @Http(method = "POST", path = "/v1/revoke")
  public record RevokeOAuth2TokenWithIAM(Token token) implements Request<Nothing> {}

  /// A refresh token, or the session token of credentials.
  public record Token(Secret value) {
    private static final Constraint RULE = Constraint.of(1, 4096, "[\\x21-\\x7E]+");

    public Token {
      RULE.check(value.revealText());
    }
  }

  /// What the caller takes a token for (RFC 7662 §2.1). A token tells what it is.
  public enum TokenTypeHint {
    ACCESS_TOKEN("access_token"),
    REFRESH_TOKEN("refresh_token");

    private final String wireName;

    TokenTypeHint(String wireName) {
      this.wireName = wireName;
    }

    @Override
    public String toString() {
      return wireName;
    }
  }
}
