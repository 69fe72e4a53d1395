package dev.daypass.broker.pages;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Road;
import dev.daypass.broker.pages.Pages.Outcome;
import dev.daypass.broker.pages.Templates.Problem;
import dev.daypass.broker.pages.Templates.SessionShown;
import dev.daypass.wire.ConstraintViolation;
import dev.daypass.wire.ErrorCode;
import dev.daypass.wire.daypass.PrincipalReference;
import dev.daypass.wire.daypass.SessionId;
import dev.daypass.wire.daypass.SessionMessages.ListSessions;
import dev.daypass.wire.daypass.SessionMessages.RevokeSession;
import dev.daypass.wire.daypass.SessionMessages.RevokeSessions;
import dev.daypass.wire.daypass.SessionMessages.Session;
import dev.daypass.wire.iam.MaxItems;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/// What goes on in a person's name, and its end.
@Singleton
final class SessionPages {
  static final String SESSIONS = "/security/sessions";
  private static final int REFUSED = 400;
  private static final MaxItems MOST = new MaxItems(50);

  private final Pages pages;
  private final Road road;

  SessionPages(Pages pages, Road road) {
    this.pages = pages;
    this.road = road;
  }

  Uni<Outcome> show(Visit visit) {
    return pages.forPerson(visit, SESSIONS, caller -> shown(visit, caller, Optional.empty()));
  }

  private Uni<Outcome> shown(Visit visit, Caller caller, Optional<Problem> problem) {
    ListSessions own =
        new ListSessions(
            Optional.of(true),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(MOST));
    return road.take(caller, own)
        .map(
            found ->
                Pages.shown(
                    problem.isPresent() ? REFUSED : 200,
                    Templates.ownSessions(
                        Pages.name(caller),
                        visit.csrf(),
                        shown(caller, found.sessions()),
                        found.isTruncated(),
                        problem)));
  }

  private static List<SessionShown> shown(Caller caller, List<Session> sessions) {
    String here = caller.session().orElseThrow().accessKeyId();
    return sessions.stream()
        .filter(session -> !session.revoked())
        .map(session -> shown(session, here))
        .toList();
  }

  private static SessionShown shown(Session session, String here) {
    String name =
        session.began().equals("ConsoleLogin")
            ? "Sign-in"
            : session.arn().substring(session.arn().lastIndexOf(':') + 1);
    return new SessionShown(
        session.sessionId(),
        name,
        Places.of(session.sourceIpAddress(), session.userAgent()),
        Times.day(session.issuedAt()),
        Times.day(session.expiresAt()),
        session.mfaAt().isPresent(),
        session.sessionId().equals(here));
  }

  Uni<Outcome> end(Visit visit) {
    return pages.forFormOfPerson(
        visit,
        SESSIONS,
        caller ->
            Pages.told(
                Uni.createFrom()
                    .deferred(
                        () ->
                            road.take(
                                caller, new RevokeSession(id(Visit.one(visit.form(), "session")))))
                    .map(_ -> Pages.sent(SESSIONS)),
                problem -> shown(visit, caller, Optional.of(problem))));
  }

  /// Ends all that the person was given, this sign-in among it.
  Uni<Outcome> endAll(Visit visit) {
    return pages.forForm(
        visit,
        SESSIONS,
        caller ->
            Pages.told(
                road.take(
                        caller,
                        new RevokeSessions(
                            new PrincipalReference(caller.userId()), Optional.empty()))
                    .map(_ -> Pages.signedOut(SignInPages.SIGN_IN)),
                problem -> shown(visit, caller, Optional.of(problem))));
  }

  private static SessionId id(String text) {
    try {
      return new SessionId(text);
    } catch (ConstraintViolation _) {
      throw ErrorCode.VALIDATION_ERROR.error("There is no such session.");
    }
  }
}
