package dev.daypass.broker.calls;

import static dev.daypass.wire.ErrorCode.ACCESS_DENIED;
import static dev.daypass.wire.ErrorCode.INVALID_CLIENT_TOKEN_ID;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Session;
import dev.daypass.wire.Service;
import java.util.Set;

/// What a session of a user (GetSessionToken) or of a federated user cannot call, whatever its
/// policies say.
///
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_sts-comparison.html">Compare
///   AWS STS credentials</a>
final class SessionLimits {
  private static final Set<String> OF_USER = Set.of("AssumeRole", "GetCallerIdentity");
  private static final Set<String> OF_FEDERATED_USER = Set.of("GetCallerIdentity");
  private static final Set<String> OF_WEB_IDENTITY = Set.of("AssumeRoleWithWebIdentity");

  /// What a person who has signed in may do about a password without a second factor: whoever has
  /// none yet has a password alone. It takes the former one.
  private static final String OWN_PASSWORD = "ChangePassword";

  private SessionLimits() {}

  static void check(Action<?, ?> action, Caller caller) {
    caller.session().map(Session::kind).ifPresent(kind -> check(action, caller, kind));
  }

  private static void check(Action<?, ?> action, Caller caller, Session.Kind kind) {
    switch (kind) {
      // A root has no more than its task.
      case ROLE, ROOT -> {}
      case USER ->
          limit(action, caller.mfaAt().isPresent() || isOwnPassword(action, caller), OF_USER);
      case FEDERATED -> limit(action, false, OF_FEDERATED_USER);
      case WEB_IDENTITY -> limit(action, false, OF_WEB_IDENTITY);
    }
  }

  private static boolean isOwnPassword(Action<?, ?> action, Caller caller) {
    return action.name().equals(OWN_PASSWORD)
        && caller.session().filter(Session::isSignIn).isPresent();
  }

  private static void limit(Action<?, ?> action, boolean iam, Set<String> sts) {
    if (action.service() == Service.IAM && !iam) {
      throw INVALID_CLIENT_TOKEN_ID.error("The security token included in the request is invalid.");
    }
    if (action.service() == Service.STS && !sts.contains(action.name())) {
      throw ACCESS_DENIED.error("Cannot call %s with session credentials".formatted(action.name()));
    }
  }
}
