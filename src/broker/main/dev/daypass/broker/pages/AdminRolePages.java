package dev.daypass.broker.pages;

import dev.daypass.broker.pages.AdminTemplates.Entry;
import dev.daypass.broker.pages.AdminTemplates.RoleShown;
import dev.daypass.broker.pages.Administration.Section;
import dev.daypass.broker.pages.Pages.Outcome;
import dev.daypass.policy.PolicyType;
import dev.daypass.wire.daypass.PrincipalReference;
import dev.daypass.wire.daypass.SessionMessages.RevokeSessions;
import dev.daypass.wire.iam.PathPrefix;
import dev.daypass.wire.iam.RoleMessages.GetRole;
import dev.daypass.wire.iam.RoleMessages.ListRoles;
import dev.daypass.wire.iam.RoleMessages.Role;
import dev.daypass.wire.iam.RoleName;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Roles: who can assume them, and what they can do.
@Singleton
final class AdminRolePages {
  static final String ROLES = "/admin/roles";

  /// Where a role does not say, in seconds.
  private static final int USUAL_SESSION = 3600;

  private final Administration administration;
  private final Holdings holdings;
  private final Section section;

  AdminRolePages(Administration administration, Holdings holdings) {
    this.administration = administration;
    this.holdings = holdings;
    this.section = new Section(ROLES, AdminRolePages::roles, this::role);
  }

  Uni<Outcome> roles(Visit visit) {
    return administration.show(visit, ROLES, AdminRolePages::list, AdminRolePages::none);
  }

  static Uni<Outcome> roles(AdminVisit visit) {
    return Administration.telling(visit, AdminRolePages::list, AdminRolePages::none);
  }

  private static Uni<Outcome> list(AdminVisit visit) {
    return visit
        .take(
            new ListRoles(
                AdminVisit.optional("path", visit.asked("path"), PathPrefix::new),
                visit.marker(),
                Optional.empty()))
        .map(
            found ->
                roles(
                    visit,
                    found.roles().stream().map(AdminRolePages::shown).toList(),
                    found.marker()));
  }

  private static Uni<Outcome> none(AdminVisit visit) {
    return Uni.createFrom().item(() -> roles(visit, List.of(), Optional.empty()));
  }

  private static Outcome roles(AdminVisit visit, List<RoleShown> roles, Optional<String> next) {
    String path = AdminVisit.encoded(visit.asked("path"));
    return visit.shown(
        AdminTemplates.adminRoles(
            visit.name(),
            visit.csrf(),
            visit.asked("path"),
            roles,
            next.map(marker -> AdminVisit.encoded(marker) + "&path=" + path),
            visit.problem()));
  }

  private static RoleShown shown(Role role) {
    int lasts = role.maxSessionDuration().orElse(USUAL_SESSION);
    return new RoleShown(
        role.roleName(),
        AdminVisit.encoded(role.roleName()),
        role.arn(),
        Times.day(role.createDate()),
        role.description().filter(text -> !text.isBlank()),
        Times.lasts(Duration.ofSeconds(lasts)),
        PolicyTexts.told("trust policy", PolicyType.TRUST, role.assumeRolePolicyDocument().value()),
        role.permissionsBoundary().map(is -> is.permissionsBoundaryArn()).map(Entry::named),
        role.roleLastUsed().flatMap(is -> is.lastUsedDate()).map(Times::day));
  }

  Uni<Outcome> role(Visit visit) {
    return administration.show(visit, section);
  }

  private Uni<Outcome> role(AdminVisit visit, String name) {
    // One after the other: they share what they read with.
    return Uni.combine()
        .all()
        .unis(visit.take(new GetRole(named(name))), holdings.of(visit, Holder.ROLE, name))
        .usingConcurrencyOf(1)
        .with(
            (found, holding) ->
                visit.shown(
                    AdminTemplates.adminRole(
                        visit.name(),
                        visit.csrf(),
                        shown(found.role()),
                        holding,
                        visit.problem())));
  }

  static RoleName named(String name) {
    return AdminVisit.named(name, RoleName::new);
  }

  Uni<Outcome> attach(Visit visit) {
    return administration.change(
        visit, section, (admin, name) -> Holdings.attach(admin, Holder.ROLE, name));
  }

  Uni<Outcome> detach(Visit visit) {
    return administration.change(
        visit, section, (admin, name) -> Holdings.detach(admin, Holder.ROLE, name));
  }

  Uni<Outcome> end(Visit visit) {
    return administration.change(
        visit,
        section,
        (admin, name) ->
            admin
                .take(new GetRole(named(name)))
                .chain(found -> admin.take(ended(found.role())))
                .map(_ -> Holder.ROLE.page(name)));
  }

  private static RevokeSessions ended(Role role) {
    return new RevokeSessions(new PrincipalReference(role.arn()), Optional.empty());
  }
}
