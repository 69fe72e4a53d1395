package dev.daypass.broker.pages;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Road;
import dev.daypass.broker.pages.Pages.Outcome;
import dev.daypass.broker.pages.Templates.Link;
import dev.daypass.broker.pages.Templates.Problem;
import dev.daypass.broker.pages.Templates.UserShown;
import dev.daypass.wire.ConstraintViolation;
import dev.daypass.wire.ErrorCode;
import dev.daypass.wire.daypass.EnrolmentMessages.CreateEnrolmentLink;
import dev.daypass.wire.daypass.PrincipalReference;
import dev.daypass.wire.daypass.SessionMessages.RevokeSessions;
import dev.daypass.wire.iam.DeviceMessages.ListMFADevices;
import dev.daypass.wire.iam.GroupMessages.ListGroupsForUser;
import dev.daypass.wire.iam.Marker;
import dev.daypass.wire.iam.NewUserName;
import dev.daypass.wire.iam.PermissionMessages.ListAttachedUserPolicies;
import dev.daypass.wire.iam.UserMessages.CreateUser;
import dev.daypass.wire.iam.UserMessages.GetUser;
import dev.daypass.wire.iam.UserMessages.ListUsers;
import dev.daypass.wire.iam.UserMessages.User;
import dev.daypass.wire.iam.UserName;
import dev.daypass.wire.query.Parameters;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// Users, as administrators see them: the actions of IAM and of ours, with what these take, and
/// what all of IAM takes: a second factor.
@Singleton
final class AdminPages {
  static final String USERS = "/admin/users";
  private static final int REFUSED = 400;
  private static final int FORBIDDEN = 403;

  private final Pages pages;
  private final Road road;

  AdminPages(Pages pages, Road road) {
    this.pages = pages;
    this.road = road;
  }

  /// For those who have proven a second factor.
  static Function<Caller, Uni<Outcome>> withMfa(String here, Function<Caller, Uni<Outcome>> page) {
    return caller ->
        caller.mfaAt().isPresent()
            ? page.apply(caller)
            : Uni.createFrom()
                .item(
                    () ->
                        Pages.shown(
                            FORBIDDEN,
                            Templates.message(
                                "This takes a second factor",
                                "You have signed in without one.",
                                Optional.of(
                                    new Link(
                                        SignInPages.stepUpBefore(here),
                                        "Prove your second factor")))));
  }

  Uni<Outcome> users(Visit visit) {
    return pages.forVisitor(
        visit, USERS, withMfa(USERS, caller -> users(visit, caller, Optional.empty())));
  }

  private Uni<Outcome> users(Visit visit, Caller caller, Optional<Problem> problem) {
    Uni<Outcome> shown =
        Uni.createFrom()
            .deferred(
                () -> {
                  String marker = Visit.one(visit.query(), "marker");
                  return road.take(
                      caller,
                      new ListUsers(
                          Optional.empty(),
                          marker.isEmpty()
                              ? Optional.empty()
                              : Optional.of(given(() -> new Marker(marker))),
                          Optional.empty()));
                })
            .map(
                found ->
                    users(
                        visit,
                        caller,
                        found.users().stream().map(AdminPages::shown).toList(),
                        found.marker(),
                        problem));
    return Pages.told(
        shown,
        refusal ->
            Uni.createFrom()
                .item(users(visit, caller, List.of(), Optional.empty(), Optional.of(refusal))));
  }

  private static Outcome users(
      Visit visit,
      Caller caller,
      List<UserShown> users,
      Optional<String> next,
      Optional<Problem> problem) {
    return Pages.shown(
        problem.isPresent() ? REFUSED : 200,
        Templates.adminUsers(Pages.name(caller), visit.csrf(), users, next, problem));
  }

  private static UserShown shown(User user) {
    return new UserShown(
        user.userName(),
        URLEncoder.encode(user.userName(), StandardCharsets.UTF_8),
        user.arn(),
        Times.day(user.createDate()),
        user.passwordLastUsed().map(Times::day));
  }

  private static <T> T given(Supplier<T> value) {
    try {
      return value.get();
    } catch (ConstraintViolation _) {
      throw ErrorCode.VALIDATION_ERROR.error("There is nothing of this name.");
    }
  }

  Uni<Outcome> user(Visit visit) {
    return pages.forVisitor(
        visit,
        USERS,
        withMfa(
            USERS,
            caller -> user(visit, caller, Visit.one(visit.query(), "name"), Optional.empty())));
  }

  /// Whoever may not see all of it is told so among the users.
  private Uni<Outcome> user(Visit visit, Caller caller, String text, Optional<Problem> problem) {
    Uni<Outcome> shown =
        Uni.createFrom()
            .deferred(
                () -> {
                  UserName name = given(() -> new UserName(text));
                  // One after the other: they share what they read with.
                  return Uni.combine()
                      .all()
                      .unis(
                          road.take(caller, new GetUser(Optional.of(name))),
                          road.take(
                              caller,
                              new ListGroupsForUser(name, Optional.empty(), Optional.empty())),
                          road.take(
                              caller,
                              new ListAttachedUserPolicies(
                                  name, Optional.empty(), Optional.empty(), Optional.empty())),
                          road.take(
                              caller,
                              new ListMFADevices(
                                  Optional.of(name), Optional.empty(), Optional.empty())))
                      .usingConcurrencyOf(1)
                      .asTuple();
                })
            .map(
                found ->
                    Pages.shown(
                        problem.isPresent() ? REFUSED : 200,
                        Templates.adminUser(
                            Pages.name(caller),
                            visit.csrf(),
                            shown(found.getItem1().user()),
                            found.getItem2().groups().stream().map(is -> is.groupName()).toList(),
                            found.getItem3().attachedPolicies().stream()
                                .map(is -> is.policyName())
                                .toList(),
                            found.getItem4().mfaDevices().stream()
                                .map(is -> is.serialNumber())
                                .toList(),
                            problem)));
    return Pages.told(shown, refusal -> users(visit, caller, Optional.of(refusal)));
  }

  /// A new user, and the link that the user begins with.
  Uni<Outcome> create(Visit visit) {
    return pages.forForm(
        visit,
        USERS,
        withMfa(
            USERS,
            caller ->
                Pages.told(
                    Uni.createFrom()
                        .deferred(() -> road.take(caller, newUser(Visit.one(visit.form(), "name"))))
                        .chain(made -> link(visit, caller, made.user().userName())),
                    problem -> users(visit, caller, Optional.of(problem)))));
  }

  private static CreateUser newUser(String text) {
    return new CreateUser(
        Optional.empty(), given(() -> new NewUserName(text)), Optional.empty(), List.of());
  }

  Uni<Outcome> link(Visit visit) {
    return changed(visit, (caller, name) -> link(visit, caller, name));
  }

  private Uni<Outcome> link(Visit visit, Caller caller, String name) {
    return road.take(caller, new CreateEnrolmentLink(given(() -> new UserName(name))))
        .map(
            made ->
                Pages.shown(
                    Templates.adminLink(
                        Pages.name(caller),
                        visit.csrf(),
                        name,
                        made.link().revealText(),
                        Times.today(made.expiresAt()))));
  }

  Uni<Outcome> end(Visit visit) {
    return changed(
        visit,
        (caller, name) ->
            road.take(caller, new GetUser(Optional.of(given(() -> new UserName(name)))))
                .chain(
                    found ->
                        road.take(
                            caller,
                            new RevokeSessions(
                                new PrincipalReference(found.user().arn()), Optional.empty())))
                .chain(() -> user(visit, caller, name, Optional.empty())));
  }

  private interface Change {
    Uni<Outcome> of(Caller caller, String name);
  }

  private Uni<Outcome> changed(Visit visit, Change change) {
    return pages.forForm(
        visit,
        USERS,
        withMfa(
            USERS,
            caller -> {
              Parameters form = visit.form();
              String name = Visit.one(form, "name");
              return Pages.told(
                  Uni.createFrom().deferred(() -> change.of(caller, name)),
                  problem -> user(visit, caller, name, Optional.of(problem)));
            }));
  }
}
