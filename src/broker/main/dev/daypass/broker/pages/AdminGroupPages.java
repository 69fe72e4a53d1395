package dev.daypass.broker.pages;

import dev.daypass.broker.pages.AdminTemplates.Entry;
import dev.daypass.broker.pages.AdminTemplates.GroupShown;
import dev.daypass.broker.pages.AdminTemplates.Holding;
import dev.daypass.broker.pages.Administration.Section;
import dev.daypass.broker.pages.Pages.Outcome;
import dev.daypass.wire.iam.GroupMessages.AddUserToGroup;
import dev.daypass.wire.iam.GroupMessages.CreateGroup;
import dev.daypass.wire.iam.GroupMessages.DeleteGroup;
import dev.daypass.wire.iam.GroupMessages.GetGroup;
import dev.daypass.wire.iam.GroupMessages.Group;
import dev.daypass.wire.iam.GroupMessages.ListGroups;
import dev.daypass.wire.iam.GroupMessages.RemoveUserFromGroup;
import dev.daypass.wire.iam.GroupName;
import dev.daypass.wire.iam.UserName;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/// Groups: who is in them, and what that gives.
@Singleton
final class AdminGroupPages {
  static final String GROUPS = "/admin/groups";

  private final Administration administration;
  private final Holdings holdings;
  private final Section section;

  AdminGroupPages(Administration administration, Holdings holdings) {
    this.administration = administration;
    this.holdings = holdings;
    this.section = new Section(GROUPS, AdminGroupPages::groups, this::group);
  }

  Uni<Outcome> groups(Visit visit) {
    return administration.show(visit, GROUPS, AdminGroupPages::list, AdminGroupPages::none);
  }

  private static Uni<Outcome> groups(AdminVisit visit) {
    return Administration.telling(visit, AdminGroupPages::list, AdminGroupPages::none);
  }

  private static Uni<Outcome> list(AdminVisit visit) {
    return visit
        .take(new ListGroups(Optional.empty(), visit.marker(), Optional.empty()))
        .map(
            found ->
                groups(
                    visit,
                    found.groups().stream().map(AdminGroupPages::shown).toList(),
                    found.marker()));
  }

  private static Uni<Outcome> none(AdminVisit visit) {
    return Uni.createFrom().item(() -> groups(visit, List.of(), Optional.empty()));
  }

  private static Outcome groups(AdminVisit visit, List<GroupShown> groups, Optional<String> next) {
    return visit.shown(
        AdminTemplates.adminGroups(
            visit.name(), visit.csrf(), groups, next.map(AdminVisit::encoded), visit.problem()));
  }

  private static GroupShown shown(Group group) {
    return new GroupShown(
        group.groupName(),
        AdminVisit.encoded(group.groupName()),
        group.arn(),
        Times.day(group.createDate()));
  }

  Uni<Outcome> group(Visit visit) {
    return administration.show(visit, section);
  }

  private Uni<Outcome> group(AdminVisit visit, String name) {
    // One after the other: they share what they read with.
    return Uni.combine()
        .all()
        .unis(
            visit.take(new GetGroup(named(name), visit.marker(), Optional.empty())),
            holdings.of(visit, Holder.GROUP, name))
        .usingConcurrencyOf(1)
        .with((found, holding) -> group(visit, found, holding));
  }

  private static Outcome group(AdminVisit visit, GetGroup.Result found, Holding holding) {
    return visit.shown(
        AdminTemplates.adminGroup(
            visit.name(),
            visit.csrf(),
            shown(found.group()),
            found.users().stream().map(is -> Entry.named(is.userName())).toList(),
            found.marker().map(AdminVisit::encoded),
            holding,
            visit.problem()));
  }

  Uni<Outcome> create(Visit visit) {
    return administration.change(
        visit,
        GROUPS,
        admin ->
            admin
                .take(
                    new CreateGroup(
                        Optional.empty(),
                        AdminVisit.written("name", admin.given("name"), GroupName::new)))
                .map(made -> Holder.GROUP.page(made.group().groupName())),
        AdminGroupPages::groups);
  }

  /// IAM deletes only groups that have neither members nor policies, and says so.
  Uni<Outcome> delete(Visit visit) {
    return administration.change(
        visit,
        section,
        (admin, name) -> admin.take(new DeleteGroup(named(name))).map(_ -> Pages.sent(GROUPS)));
  }

  Uni<Outcome> add(Visit visit) {
    return administration.change(
        visit,
        section,
        (admin, name) ->
            admin
                .take(new AddUserToGroup(named(name), member(admin)))
                .map(_ -> Holder.GROUP.page(name)));
  }

  Uni<Outcome> remove(Visit visit) {
    return administration.change(
        visit,
        section,
        (admin, name) ->
            admin
                .take(new RemoveUserFromGroup(named(name), member(admin)))
                .map(_ -> Holder.GROUP.page(name)));
  }

  private static UserName member(AdminVisit visit) {
    return AdminVisit.named(visit.given("user"), UserName::new);
  }

  private static GroupName named(String name) {
    return AdminVisit.named(name, GroupName::new);
  }

  Uni<Outcome> attach(Visit visit) {
    return administration.change(
        visit, section, (admin, name) -> Holdings.attach(admin, Holder.GROUP, name));
  }

  Uni<Outcome> detach(Visit visit) {
    return administration.change(
        visit, section, (admin, name) -> Holdings.detach(admin, Holder.GROUP, name));
  }
}
