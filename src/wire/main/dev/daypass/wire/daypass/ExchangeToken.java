package dev.daypass.wire.daypass;

import dev.daypass.wire.Constraint;
import dev.daypass.wire.Request;
import dev.daypass.wire.Secret;
import dev.daypass.wire.sts.GetWebIdentityToken.Audience;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Asks for a token for one service, with as much of a scope as the caller's policies allow.
///
/// @param resource what the scope is about; everything, where it is left out
/// @see <a href="https://www.rfc-editor.org/rfc/rfc8693.html">RFC 8693, OAuth 2.0 Token
///   Exchange</a>
public record ExchangeToken(
    Audience audience, Optional<Scope> scope, Optional<ResourceArn> resource)
    implements Request<ExchangeToken.Result> {

  /// @param scope what of the scope was granted, where one was asked for
  public record Result(Secret token, Instant expiration, Optional<String> scope) {}

  /// Actions, such as `orders:GetOrder`, with spaces between (RFC 6749 §3.3); at most fifty.
  public record Scope(String value) {
    private static final Constraint RULE =
        Constraint.of(3, 2048, "[A-Za-z0-9-]+:[A-Za-z0-9]+( [A-Za-z0-9-]+:[A-Za-z0-9]+){0,49}");

    public Scope {
      RULE.check(value);
    }

    /// Each action once.
    public List<String> actions() {
      return List.of(value.split(" ")).stream().distinct().toList();
    }

    @Override
    public String toString() {
      return value;
    }
  }

  /// The ARN of one thing, and no pattern: that a pattern is allowed says nothing of all that it
  /// matches.
  public record ResourceArn(String value) {
    private static final Constraint RULE =
        Constraint.of(8, 2048, "arn:[^:\\s]*:[^:\\s]+:[^:\\s]*:[^:\\s]*:[^\\s*?]+");

    public ResourceArn {
      RULE.check(value);
    }

    @Override
    public String toString() {
      return value;
    }
  }
}
