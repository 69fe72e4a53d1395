package dev.daypass.broker.livesessions;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Lineage.Link;
import dev.daypass.broker.access.Session;
import dev.daypass.broker.database.Page;
import dev.daypass.broker.livesessions.SessionQuery.By;
import java.util.List;
import java.util.Optional;

/// Which sessions are whose: what everyone may see and end without being allowed to.
///
/// A user's are all that go back to the user. Those of a session of a role, or of one that
/// something narrows, are itself and what came of it: what was given little must not end what has
/// more.
public final class Own {
  private Own() {}

  /// The user whose sessions all are the caller's own, if the caller is one.
  static Optional<String> user(Caller caller) {
    boolean whole =
        caller
            .session()
            .map(session -> session.kind() == Session.Kind.USER && !session.narrowed())
            .orElse(true);
    return caller.user().filter(_ -> whole).map(user -> user.id());
  }

  static boolean is(LiveSession session, Caller caller) {
    return is(session.links(), caller);
  }

  /// Whether what came of these, oldest first, is the caller's own.
  public static boolean is(List<Link> links, Caller caller) {
    Optional<String> user = user(caller);
    return user.isPresent()
        ? links.getFirst().principalId().equals(user.get())
        : links.stream().map(Link::id).anyMatch(id -> isOf(caller, id));
  }

  private static boolean isOf(Caller caller, String id) {
    return caller.session().filter(own -> own.accessKeyId().equals(id)).isPresent();
  }

  static SessionQuery query(Caller caller, Page.Wanted page) {
    Optional<String> user = user(caller);
    Optional<String> own = caller.session().map(Session::accessKeyId);
    return SessionQuery.of(
            By.ORIGIN, user.orElseGet(() -> origin(caller)), caller.origin().time(), page)
        .descendantsOf(user.isPresent() ? Optional.empty() : own);
  }

  private static String origin(Caller caller) {
    return caller
        .session()
        .map(Session::links)
        .map(List::getFirst)
        .map(Link::principalId)
        .orElseGet(caller::userId);
  }
}
