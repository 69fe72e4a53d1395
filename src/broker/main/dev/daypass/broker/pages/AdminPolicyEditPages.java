package dev.daypass.broker.pages;

import dev.daypass.broker.pages.AdminTemplates.Draft;
import dev.daypass.broker.pages.AdminTemplates.Entry;
import dev.daypass.broker.pages.AdminTemplates.Typed;
import dev.daypass.broker.pages.Pages.Outcome;
import dev.daypass.policy.PolicyType;
import dev.daypass.wire.iam.PolicyArn;
import dev.daypass.wire.iam.PolicyDescription;
import dev.daypass.wire.iam.PolicyMessages.CreatePolicy;
import dev.daypass.wire.iam.PolicyMessages.CreatePolicyVersion;
import dev.daypass.wire.iam.PolicyMessages.GetPolicy;
import dev.daypass.wire.iam.PolicyMessages.GetPolicyVersion;
import dev.daypass.wire.iam.PolicyName;
import dev.daypass.wire.iam.PolicyPath;
import dev.daypass.wire.iam.PolicyText;
import dev.daypass.wire.iam.VersionId;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/// Managed policies that are being written: new ones, and new versions of those there are.
@Singleton
final class AdminPolicyEditPages {
  static final String NEW = "/admin/policy/new";
  static final String EDIT = "/admin/policy/edit";

  /// What can be saved only once it says something.
  private static final String BLANK =
      """
      {
        "Version": "2012-10-17",
        "Statement": [
          {
            "Effect": "Allow",
            "Action": [""],
            "Resource": [""]
          }
        ]
      }""";

  private final Administration administration;
  private final Drafts drafts;

  AdminPolicyEditPages(Administration administration, Drafts drafts) {
    this.administration = administration;
    this.drafts = drafts;
  }

  Uni<Outcome> begin(Visit visit) {
    return administration.show(
        visit,
        AdminPolicyPages.POLICIES,
        admin -> Uni.createFrom().item(() -> page(admin, Drafts.draft(PolicyType.IDENTITY, BLANK))),
        AdminPolicyPages::policies);
  }

  private static Outcome page(AdminVisit visit, Draft draft) {
    return visit.live(
        AdminTemplates.adminNewPolicy(
            visit.name(), visit.csrf(), typed(visit), draft, visit.problem()));
  }

  static Typed typed(AdminVisit visit) {
    return new Typed(
        visit.given("name"),
        visit.given("path"),
        visit.given("description"),
        visit.given("duration"));
  }

  Uni<Outcome> create(Visit visit) {
    return administration.change(
        visit,
        AdminPolicyPages.POLICIES,
        admin ->
            drafts.written(
                admin,
                PolicyType.IDENTITY,
                AdminPolicyEditPages::save,
                draft -> it -> page(it, draft)),
        AdminPolicyPages::policies);
  }

  private static Uni<Outcome> save(AdminVisit visit) {
    return visit
        .take(
            new CreatePolicy(
                AdminVisit.written("name", visit.given("name"), PolicyName::new),
                AdminVisit.optional("path", visit.given("path"), PolicyPath::new),
                text(visit),
                AdminVisit.optional(
                    "description", visit.given("description"), PolicyDescription::new),
                List.of()))
        .map(made -> AdminPolicyPages.to(new PolicyArn(made.policy().arn())));
  }

  static PolicyText text(AdminVisit visit) {
    return AdminVisit.written("policy", Drafts.document(visit), PolicyText::new);
  }

  /// A new version begins as the one that is in use.
  Uni<Outcome> edit(Visit visit) {
    return administration.show(
        visit,
        AdminPolicyPages.POLICIES,
        admin -> edit(admin, AdminPolicyPages.arn(admin.asked("arn"))),
        AdminPolicyPages::policies);
  }

  private static Uni<Outcome> edit(AdminVisit visit, PolicyArn arn) {
    return visit
        .take(new GetPolicy(arn))
        .chain(
            found ->
                visit.take(
                    new GetPolicyVersion(arn, new VersionId(found.policy().defaultVersionId()))))
        .map(found -> PolicyTexts.laidOut(AdminPolicyPages.text(found.policyVersion())))
        .map(text -> page(visit, arn, Drafts.draft(PolicyType.IDENTITY, text)));
  }

  private static Outcome page(AdminVisit visit, PolicyArn arn, Draft draft) {
    String name = arn.value().substring(arn.value().lastIndexOf('/') + 1);
    return visit.live(
        AdminTemplates.adminNewVersion(
            visit.name(), visit.csrf(), Entry.of(name, arn.value()), draft, visit.problem()));
  }

  Uni<Outcome> createVersion(Visit visit) {
    return administration.change(
        visit,
        AdminPolicyPages.POLICIES,
        admin -> createVersion(admin, AdminPolicyPages.arn(admin.given("arn"))),
        AdminPolicyPages::policies);
  }

  private Uni<Outcome> createVersion(AdminVisit visit, PolicyArn arn) {
    return drafts.written(
        visit,
        PolicyType.IDENTITY,
        admin ->
            admin
                .take(new CreatePolicyVersion(arn, text(admin), Optional.of(true)))
                .map(_ -> AdminPolicyPages.to(arn)),
        draft -> it -> page(it, arn, draft));
  }
}
