package dev.daypass.broker.livesessions;

import static dev.daypass.wire.ErrorCode.VALIDATION_ERROR;

import dev.daypass.broker.access.Authorizer;
import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Lineage.Link;
import dev.daypass.broker.access.Target;
import dev.daypass.broker.database.Page;
import dev.daypass.broker.livesessions.SessionQuery.By;
import dev.daypass.broker.revocations.Revocations;
import dev.daypass.broker.roles.PostgresRoles;
import dev.daypass.broker.roles.Role;
import dev.daypass.broker.roles.RoleActions;
import dev.daypass.broker.users.PostgresUsers;
import dev.daypass.broker.users.User;
import dev.daypass.broker.users.UserActions;
import dev.daypass.wire.daypass.SessionMessages;
import dev.daypass.wire.daypass.SessionMessages.Ancestor;
import dev.daypass.wire.daypass.SessionMessages.ListSessions;
import dev.daypass.wire.iam.RoleName;
import dev.daypass.wire.iam.UserName;
import dev.daypass.wire.sts.SourceIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Shows the sessions there are: one's own to everyone, any other to whoever may see them.
@Singleton
public final class LiveSessionActions {
  private static final String PERMISSION = "daypass:ListSessions";

  private final PostgresLiveSessions sessions;
  private final Revocations revocations;
  private final Authorizer authorizer;
  private final UserActions userActions;
  private final PostgresUsers users;
  private final RoleActions roleActions;
  private final PostgresRoles roles;

  LiveSessionActions(
      PostgresLiveSessions sessions,
      Revocations revocations,
      Authorizer authorizer,
      UserActions userActions,
      PostgresUsers users,
      RoleActions roleActions,
      PostgresRoles roles) {
    this.sessions = sessions;
    this.revocations = revocations;
    this.authorizer = authorizer;
    this.userActions = userActions;
    this.users = users;
    this.roleActions = roleActions;
    this.roles = roles;
  }

  /// The policies are asked on the user's or the role's ARN where one is named, else on `*`; for
  /// one's own sessions they are not asked.
  public Uni<ListSessions.Result> list(Caller caller, ListSessions request) {
    if (filters(request) > 1) {
      return refuseSeveral(caller);
    }
    Page.Wanted page = Page.Wanted.of(request.marker(), request.maxItems());
    return query(caller, request, page).chain(sessions::page).chain(this::shown);
  }

  private static long filters(ListSessions request) {
    return Stream.of(
            request.own().filter(own -> own),
            request.userName(),
            request.roleName(),
            request.sourceIdentity())
        .filter(Optional::isPresent)
        .count();
  }

  private Uni<ListSessions.Result> refuseSeveral(Caller caller) {
    return authorizer
        .require(caller, PERMISSION, Target.of("*", caller.account()))
        .map(
            _ -> {
              throw VALIDATION_ERROR.error(
                  "Own, UserName, RoleName and SourceIdentity cannot be combined.");
            });
  }

  private Uni<SessionQuery> query(Caller caller, ListSessions request, Page.Wanted page) {
    if (request.own().orElse(false)) {
      return Uni.createFrom().item(() -> Own.query(caller, page));
    }
    Instant now = caller.origin().time();
    return request
        .userName()
        .map(name -> user(caller, name).map(is -> SessionQuery.of(By.ORIGIN, is.id(), now, page)))
        .or(
            () ->
                request
                    .roleName()
                    .map(
                        name ->
                            role(caller, name)
                                .map(is -> SessionQuery.of(By.PRINCIPAL, is.id(), now, page))))
        .orElseGet(() -> ofAccount(caller, request, page));
  }

  private Uni<User> user(Caller caller, UserName name) {
    return userActions
        .target(caller, name.value())
        .chain(target -> authorizer.require(caller, PERMISSION, target))
        .chain(() -> users.get(caller.account(), name.value()));
  }

  private Uni<Role> role(Caller caller, RoleName name) {
    return roleActions
        .target(caller, name.value())
        .chain(target -> authorizer.require(caller, PERMISSION, target))
        .chain(() -> roles.get(caller.account(), name.value()));
  }

  private Uni<SessionQuery> ofAccount(Caller caller, ListSessions request, Page.Wanted page) {
    return authorizer
        .require(caller, PERMISSION, Target.of("*", caller.account()))
        .replaceWith(
            SessionQuery.of(By.ACCOUNT, caller.account(), caller.origin().time(), page)
                .with(request.sourceIdentity().map(SourceIdentity::value)));
  }

  private Uni<ListSessions.Result> shown(Page<LiveSession> page) {
    List<String> ancestors =
        page.items().stream()
            .flatMap(session -> session.ancestors().stream())
            .map(Link::id)
            .distinct()
            .toList();
    List<String> origins = page.items().stream().map(LiveSession::origin).distinct().toList();
    return sessions
        .arns(ancestors)
        .chain(
            arns ->
                users
                    .byIds(origins)
                    .map(found -> new Known(arns, found))
                    .map(known -> result(page, known)));
  }

  private ListSessions.Result result(Page<LiveSession> page, Known known) {
    return new ListSessions.Result(
        page.items().stream().map(session -> shown(session, known)).toList(),
        page.isTruncated(),
        page.marker());
  }

  /// @param arns who calls with a session, by its id
  /// @param users by their unique ids
  private record Known(Map<String, String> arns, Map<String, User> users) {
    Ancestor ancestor(Link link) {
      return new Ancestor(
          link.id(),
          Optional.ofNullable(arns.get(link.id()))
              .or(() -> Optional.ofNullable(users.get(link.principalId())).map(User::arn)));
    }

    /// A user that is gone is known by its unique id.
    String origin(String id) {
      return Optional.ofNullable(users.get(id)).map(User::arn).orElse(id);
    }
  }

  private SessionMessages.Session shown(LiveSession session, Known known) {
    return new SessionMessages.Session(
        session.id(),
        session.ofRecord("eventName"),
        session.arn(),
        session.principalArn(),
        known.origin(session.origin()),
        session.ancestors().stream().map(known::ancestor).toList(),
        session.text("sourceIdentity"),
        session.text("mfaAt").map(Instant::parse),
        session.text("mfaSerialNumber"),
        session.ofRecord("sourceIPAddress"),
        session.ofRecord("userAgent"),
        session.issuedAt(),
        session.expiresAt(),
        revocations.ended(session.links()));
  }
}
