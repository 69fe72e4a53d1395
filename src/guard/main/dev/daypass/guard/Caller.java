package dev.daypass.guard;

import dev.daypass.policy.Access;
import dev.daypass.policy.Context;
import dev.daypass.policy.Policies;
import dev.daypass.policy.Principal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Who sent a request, as proven, and what they were given. Good for that request alone.
///
/// @param policies the caller's own side of a decision
/// @param mfaAt when a second factor was verified for the credentials at hand
/// @param context the condition keys of the request
public record Caller(
    Principal principal,
    Policies policies,
    Optional<Instant> mfaAt,
    Optional<String> sourceIdentity,
    Context context) {
  private static final int ACCOUNT = 4;
  private static final int FIELDS = 6;

  /// The caller's ARN; for bearer tokens, the issuer and the subject.
  public String arn() {
    return principal.arn().orElseGet(() -> subject().orElseThrow());
  }

  private Optional<String> subject() {
    return principal instanceof Principal.Federated(var issuer)
        ? context
            .find(issuer + ":sub")
            .map(value -> issuer + "/" + ((Context.Value.Single) value).value())
        : Optional.empty();
  }

  /// The account it belongs to; absent for bearer tokens.
  public Optional<String> account() {
    return principal.account();
  }

  /// The name of a role's session.
  public Optional<String> sessionName() {
    return principal instanceof Principal.AssumedRole role
        ? Optional.of(role.sessionName())
        : Optional.empty();
  }

  /// The caller's tags, and those of its session.
  public Map<String, String> tags() {
    return switch (principal) {
      case Principal.User user -> user.tags();
      case Principal.AssumedRole role -> role.tags();
      case Principal.FederatedUser federated -> federated.tags();
      default -> Map.of();
    };
  }

  /// Decides by AWS's rules. A pure function.
  public Outcome decide(Ask ask) {
    Access access =
        new Access(
            principal,
            ask.action(),
            ask.resource(),
            owner(ask.resource()),
            ask.context().with(context));
    Policies all = ask.policy().map(policies::on).orElse(policies);
    return new Outcome(this, access, all, all.decide(access));
  }

  /// An ARN without an account is of something of the caller's own account.
  private static Optional<String> owner(String resource) {
    String[] fields = resource.split(":", FIELDS);
    return fields.length < FIELDS || fields[ACCOUNT].isEmpty()
        ? Optional.empty()
        : Optional.of(fields[ACCOUNT]);
  }
}
