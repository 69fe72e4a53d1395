package dev.daypass.broker.pages;

import dev.daypass.broker.pages.AdminTemplates.Entry;
import dev.daypass.broker.pages.AdminTemplates.UserShown;
import dev.daypass.broker.pages.Administration.Section;
import dev.daypass.broker.pages.Pages.Outcome;
import dev.daypass.wire.daypass.EnrolmentMessages.CreateEnrolmentLink;
import dev.daypass.wire.daypass.PrincipalReference;
import dev.daypass.wire.daypass.SessionMessages.RevokeSessions;
import dev.daypass.wire.iam.DeviceMessages.ListMFADevices;
import dev.daypass.wire.iam.GroupMessages.AddUserToGroup;
import dev.daypass.wire.iam.GroupMessages.ListGroupsForUser;
import dev.daypass.wire.iam.GroupMessages.RemoveUserFromGroup;
import dev.daypass.wire.iam.GroupName;
import dev.daypass.wire.iam.NewUserName;
import dev.daypass.wire.iam.UserMessages.CreateUser;
import dev.daypass.wire.iam.UserMessages.GetUser;
import dev.daypass.wire.iam.UserMessages.ListUsers;
import dev.daypass.wire.iam.UserMessages.User;
import dev.daypass.wire.iam.UserName;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/// Users, as administrators see them: the actions of IAM and of ours, with what these take, and
/// what all of IAM takes: a second factor.
@Singleton
final class AdminUserPages {
  static final String USERS = "/admin/users";

  private final Administration administration;
  private final Holdings holdings;
  private final Section section;

  AdminUserPages(Administration administration, Holdings holdings) {
    this.administration = administration;
    this.holdings = holdings;
    this.section = new Section(USERS, AdminUserPages::users, this::user);
  }

  Uni<Outcome> users(Visit visit) {
    return administration.show(visit, USERS, AdminUserPages::list, AdminUserPages::nobody);
  }

  private static Uni<Outcome> users(AdminVisit visit) {
    return Administration.telling(visit, AdminUserPages::list, AdminUserPages::nobody);
  }

  private static Uni<Outcome> list(AdminVisit visit) {
    return visit
        .take(new ListUsers(Optional.empty(), visit.marker(), Optional.empty()))
        .map(
            found ->
                users(
                    visit,
                    found.users().stream().map(AdminUserPages::shown).toList(),
                    found.marker()));
  }

  private static Uni<Outcome> nobody(AdminVisit visit) {
    return Uni.createFrom().item(() -> users(visit, List.of(), Optional.empty()));
  }

  private static Outcome users(AdminVisit visit, List<UserShown> users, Optional<String> next) {
    return visit.shown(
        AdminTemplates.adminUsers(
            visit.name(), visit.csrf(), users, next.map(AdminVisit::encoded), visit.problem()));
  }

  private static UserShown shown(User user) {
    return new UserShown(
        user.userName(),
        AdminVisit.encoded(user.userName()),
        user.arn(),
        Times.day(user.createDate()),
        user.passwordLastUsed().map(Times::day));
  }

  Uni<Outcome> user(Visit visit) {
    return administration.show(visit, section);
  }

  private Uni<Outcome> user(AdminVisit visit, String text) {
    UserName name = AdminVisit.named(text, UserName::new);
    // One after the other: they share what they read with.
    return Uni.combine()
        .all()
        .unis(
            visit.take(new GetUser(Optional.of(name))),
            visit.take(new ListGroupsForUser(name, Optional.empty(), Optional.empty())),
            visit.take(new ListMFADevices(Optional.of(name), Optional.empty(), Optional.empty())),
            holdings.of(visit, Holder.USER, text))
        .usingConcurrencyOf(1)
        .with(
            (user, groups, devices, holding) ->
                visit.shown(
                    AdminTemplates.adminUser(
                        visit.name(),
                        visit.csrf(),
                        shown(user.user()),
                        groups.groups().stream().map(is -> Entry.named(is.groupName())).toList(),
                        holding,
                        devices.mfaDevices().stream().map(is -> is.serialNumber()).toList(),
                        visit.problem())));
  }

  /// A new user, and the link that the user begins with.
  Uni<Outcome> create(Visit visit) {
    return administration.change(
        visit,
        USERS,
        admin ->
            admin
                .take(newUser(admin.given("name")))
                .chain(made -> link(admin, made.user().userName())),
        AdminUserPages::users);
  }

  private static CreateUser newUser(String name) {
    return new CreateUser(
        Optional.empty(),
        AdminVisit.written("name", name, NewUserName::new),
        Optional.empty(),
        List.of());
  }

  Uni<Outcome> link(Visit visit) {
    return administration.change(visit, section, AdminUserPages::link);
  }

  private static Uni<Outcome> link(AdminVisit visit, String name) {
    return visit
        .take(new CreateEnrolmentLink(AdminVisit.named(name, UserName::new)))
        .map(
            made ->
                Pages.shown(
                    AdminTemplates.adminLink(
                        visit.name(),
                        visit.csrf(),
                        name,
                        made.link().revealText(),
                        Times.today(made.expiresAt()))));
  }

  Uni<Outcome> end(Visit visit) {
    return administration.change(
        visit,
        section,
        (admin, name) ->
            admin
                .take(new GetUser(Optional.of(AdminVisit.named(name, UserName::new))))
                .chain(
                    found ->
                        admin.take(
                            new RevokeSessions(
                                new PrincipalReference(found.user().arn()), Optional.empty())))
                .chain(() -> user(admin, name)));
  }

  Uni<Outcome> join(Visit visit) {
    return administration.change(
        visit,
        section,
        (admin, name) ->
            admin
                .take(
                    new AddUserToGroup(
                        AdminVisit.named(admin.given("group"), GroupName::new),
                        AdminVisit.named(name, UserName::new)))
                .map(_ -> Holder.USER.page(name)));
  }

  Uni<Outcome> leave(Visit visit) {
    return administration.change(
        visit,
        section,
        (admin, name) ->
            admin
                .take(
                    new RemoveUserFromGroup(
                        AdminVisit.named(admin.given("group"), GroupName::new),
                        AdminVisit.named(name, UserName::new)))
                .map(_ -> Holder.USER.page(name)));
  }

  Uni<Outcome> attach(Visit visit) {
    return administration.change(
        visit, section, (admin, name) -> Holdings.attach(admin, Holder.USER, name));
  }

  Uni<Outcome> detach(Visit visit) {
    return administration.change(
        visit, section, (admin, name) -> Holdings.detach(admin, Holder.USER, name));
  }
}
