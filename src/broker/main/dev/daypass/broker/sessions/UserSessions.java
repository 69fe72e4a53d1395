package dev.daypass.broker.sessions;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.IssuedSession;
import dev.daypass.broker.access.Session;
import dev.daypass.broker.audit.Audit;
import dev.daypass.broker.audit.CloudTrail;
import dev.daypass.wire.sts.Credentials;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/// Credentials for those who have signed in, for themselves.
@Singleton
public final class UserSessions {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SessionActions sessions;
  private final SessionTokens tokens;
  private final Audit audit;

  UserSessions(SessionActions sessions, SessionTokens tokens, Audit audit) {
    this.sessions = sessions;
    this.tokens = tokens;
    this.audit = audit;
  }

  /// Begins a session of the caller's own, recorded before it is given out.
  public Uni<Credentials> open(Caller caller, Duration lifetime) {
    Session session =
        sessions.userSession(caller, lifetime, caller.session().flatMap(Session::signIn));
    Credentials credentials = tokens.issue(session).credentials();
    return audit
        .append(
            new CloudTrail(caller.origin())
                .event("sts.amazonaws.com", "GetSessionToken", "AwsApiCall")
                .readOnly(true)
                .by(caller)
                .response(shown(credentials))
                .issued(IssuedSession.ofUser(session, tokens.marks(), Optional.empty()))
                .entry())
        .replaceWith(credentials);
  }

  private static ObjectNode shown(Credentials credentials) {
    ObjectNode shown = JSON.createObjectNode();
    shown
        .putObject("credentials")
        .put("accessKeyId", credentials.accessKeyId().value())
        .put("expiration", credentials.expiration().toString());
    return shown;
  }
}
