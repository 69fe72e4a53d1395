package dev.daypass.broker.pages;

import dev.daypass.broker.pages.AdminTemplates.Draft;
import dev.daypass.broker.pages.AdminTemplates.Entry;
import dev.daypass.broker.pages.Pages.Outcome;
import dev.daypass.policy.PolicyType;
import dev.daypass.wire.Arn;
import dev.daypass.wire.ConstraintViolation;
import dev.daypass.wire.iam.Description;
import dev.daypass.wire.iam.MaxSessionDuration;
import dev.daypass.wire.iam.Path;
import dev.daypass.wire.iam.RoleMessages.CreateRole;
import dev.daypass.wire.iam.RoleMessages.GetRole;
import dev.daypass.wire.iam.RoleMessages.UpdateAssumeRolePolicy;
import dev.daypass.wire.iam.RoleName;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/// Roles that are being made, and whom they are to trust.
@Singleton
final class AdminRoleEditPages {
  static final String NEW = "/admin/role/new";
  static final String TRUST = "/admin/role/trust";
  private static final int HOUR = 3600;

  /// People of the account who have proven a second factor, as far as their own policies let them.
  private static final String BLANK =
      """
      {
        "Version": "2012-10-17",
        "Statement": [
          {
            "Effect": "Allow",
            "Principal": {"AWS": "%s"},
            "Action": "sts:AssumeRole",
            "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
          }
        ]
      }""";

  private final Administration administration;
  private final Drafts drafts;

  AdminRoleEditPages(Administration administration, Drafts drafts) {
    this.administration = administration;
    this.drafts = drafts;
  }

  Uni<Outcome> begin(Visit visit) {
    return administration.show(
        visit,
        AdminRolePages.ROLES,
        admin -> Uni.createFrom().item(() -> page(admin, blank(admin))),
        AdminRolePages::roles);
  }

  private static Draft blank(AdminVisit visit) {
    Arn account = Arn.iam(visit.caller().account(), "root");
    return Drafts.draft(PolicyType.TRUST, BLANK.formatted(account));
  }

  private static Outcome page(AdminVisit visit, Draft draft) {
    return visit.live(
        AdminTemplates.adminNewRole(
            visit.name(), visit.csrf(), AdminPolicyEditPages.typed(visit), draft, visit.problem()));
  }

  Uni<Outcome> create(Visit visit) {
    return administration.change(
        visit,
        AdminRolePages.ROLES,
        admin ->
            drafts.written(
                admin, PolicyType.TRUST, AdminRoleEditPages::save, draft -> it -> page(it, draft)),
        AdminRolePages::roles);
  }

  private static Uni<Outcome> save(AdminVisit visit) {
    return visit
        .take(
            new CreateRole(
                AdminVisit.optional("path", visit.given("path"), Path::new),
                AdminVisit.written("name", visit.given("name"), RoleName::new),
                AdminPolicyEditPages.text(visit),
                AdminVisit.optional("description", visit.given("description"), Description::new),
                AdminVisit.optional(
                    "longest session", visit.given("duration"), AdminRoleEditPages::hours),
                Optional.empty(),
                List.of()))
        .map(made -> Holder.ROLE.page(made.role().roleName()));
  }

  private static MaxSessionDuration hours(String text) {
    if (!text.matches("[0-9]{1,2}")) {
      throw new ConstraintViolation("Give a number of hours, 1 to 12");
    }
    return new MaxSessionDuration(Integer.parseInt(text) * HOUR);
  }

  Uni<Outcome> edit(Visit visit) {
    return administration.show(
        visit,
        AdminRolePages.ROLES,
        admin ->
            admin
                .take(new GetRole(AdminRolePages.named(admin.asked("name"))))
                .map(found -> found.role().assumeRolePolicyDocument().value())
                .map(text -> Drafts.draft(PolicyType.TRUST, PolicyTexts.laidOut(text)))
                .map(draft -> page(admin, admin.asked("name"), draft)),
        AdminRolePages::roles);
  }

  private static Outcome page(AdminVisit visit, String role, Draft draft) {
    return visit.live(
        AdminTemplates.adminTrust(
            visit.name(), visit.csrf(), Entry.named(role), draft, visit.problem()));
  }

  Uni<Outcome> trust(Visit visit) {
    return administration.change(
        visit,
        AdminRolePages.ROLES,
        admin -> trust(admin, AdminRolePages.named(admin.given("name"))),
        AdminRolePages::roles);
  }

  private Uni<Outcome> trust(AdminVisit visit, RoleName role) {
    return drafts.written(
        visit,
        PolicyType.TRUST,
        admin ->
            admin
                .take(new UpdateAssumeRolePolicy(role, AdminPolicyEditPages.text(admin)))
                .map(_ -> Holder.ROLE.page(role.value())),
        draft -> it -> page(it, role.value(), draft));
  }
}
