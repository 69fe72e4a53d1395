package dev.daypass.broker.calls;

import static dev.daypass.wire.ErrorCode.ACCESS_DENIED;
import static dev.daypass.wire.ErrorCode.INVALID_CLIENT_TOKEN_ID;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Session;
import dev.daypass.wire.Service;
import java.util.Set;

/// What a session of a user (GetSessionToken) cannot call, whatever its policies say.
///
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_sts-comparison.html">Compare
///   AWS STS credentials</a>
final class SessionLimits {
  private static final Set<String> STS = Set.of("AssumeRole", "GetCallerIdentity");

  private SessionLimits() {}

  static void check(Action<?, ?> action, Caller caller) {
    boolean ofUser =
        caller.session().filter(session -> session.kind() == Session.Kind.USER).isPresent();
    if (!ofUser) {
      return;
    }
    if (action.service() == Service.IAM && caller.mfaAt().isEmpty()) {
      throw INVALID_CLIENT_TOKEN_ID.error("The security token included in the request is invalid.");
    }
    if (action.service() == Service.STS && !STS.contains(action.name())) {
      throw ACCESS_DENIED.error("Cannot call %s with session credentials".formatted(action.name()));
    }
  }
}
