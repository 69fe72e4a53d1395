package dev.daypass.broker.pages;

import dev.daypass.broker.pages.AdminTemplates.Attached;
import dev.daypass.broker.pages.AdminTemplates.Entry;
import dev.daypass.broker.pages.AdminTemplates.PolicyShown;
import dev.daypass.broker.pages.AdminTemplates.VersionShown;
import dev.daypass.broker.pages.Pages.Outcome;
import dev.daypass.policy.PolicyType;
import dev.daypass.wire.iam.PolicyArn;
import dev.daypass.wire.iam.PolicyMessages.DeletePolicyVersion;
import dev.daypass.wire.iam.PolicyMessages.GetPolicy;
import dev.daypass.wire.iam.PolicyMessages.GetPolicyVersion;
import dev.daypass.wire.iam.PolicyMessages.ListEntitiesForPolicy;
import dev.daypass.wire.iam.PolicyMessages.ListPolicies;
import dev.daypass.wire.iam.PolicyMessages.ListPolicyVersions;
import dev.daypass.wire.iam.PolicyMessages.Policy;
import dev.daypass.wire.iam.PolicyMessages.PolicyVersion;
import dev.daypass.wire.iam.PolicyMessages.SetDefaultPolicyVersion;
import dev.daypass.wire.iam.PolicyScope;
import dev.daypass.wire.iam.PolicyText;
import dev.daypass.wire.iam.VersionId;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Managed policies: what they say, in which versions, and who has them.
@Singleton
final class AdminPolicyPages {
  static final String POLICIES = "/admin/policies";
  static final String POLICY = "/admin/policy";
  private static final String AWS = "arn:aws:iam::aws:";

  private final Administration administration;

  AdminPolicyPages(Administration administration) {
    this.administration = administration;
  }

  Uni<Outcome> policies(Visit visit) {
    return administration.show(visit, POLICIES, AdminPolicyPages::list, AdminPolicyPages::none);
  }

  static Uni<Outcome> policies(AdminVisit visit) {
    return Administration.telling(visit, AdminPolicyPages::list, AdminPolicyPages::none);
  }

  private static boolean aws(AdminVisit visit) {
    return visit.asked("scope").equals("aws");
  }

  private static Uni<Outcome> list(AdminVisit visit) {
    PolicyScope scope = aws(visit) ? PolicyScope.AWS : PolicyScope.LOCAL;
    return visit
        .take(
            new ListPolicies(
                Optional.of(scope),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                visit.marker(),
                Optional.empty()))
        .map(
            found ->
                policies(
                    visit,
                    found.policies().stream().map(AdminPolicyPages::shown).toList(),
                    found.marker()));
  }

  private static Uni<Outcome> none(AdminVisit visit) {
    return Uni.createFrom().item(() -> policies(visit, List.of(), Optional.empty()));
  }

  private static Outcome policies(
      AdminVisit visit, List<PolicyShown> policies, Optional<String> next) {
    return visit.shown(
        AdminTemplates.adminPolicies(
            visit.name(),
            visit.csrf(),
            aws(visit),
            policies,
            next.map(AdminVisit::encoded),
            visit.problem()));
  }

  private static PolicyShown shown(Policy policy) {
    return new PolicyShown(
        policy.policyName(),
        policy.arn(),
        AdminVisit.encoded(policy.arn()),
        policy.description(),
        policy.defaultVersionId(),
        policy.attachmentCount(),
        Times.day(policy.updateDate()),
        !policy.arn().startsWith(AWS));
  }

  Uni<Outcome> policy(Visit visit) {
    return administration.show(
        visit,
        POLICIES,
        admin -> policy(admin, arn(admin.asked("arn")), admin.asked("version")),
        AdminPolicyPages::policies);
  }

  static PolicyArn arn(String text) {
    return AdminVisit.named(text, PolicyArn::new);
  }

  private static Uni<Outcome> policy(AdminVisit visit, PolicyArn arn, String version) {
    return visit
        .take(new GetPolicy(arn))
        .chain(
            found ->
                policy(
                    visit,
                    found.policy(),
                    version.isEmpty() ? found.policy().defaultVersionId() : version));
  }

  private static Uni<Outcome> policy(AdminVisit visit, Policy policy, String version) {
    PolicyArn arn = new PolicyArn(policy.arn());
    VersionId id = AdminVisit.named(version, VersionId::new);
    // One after the other: they share what they read with.
    return Uni.combine()
        .all()
        .unis(
            visit.take(new GetPolicyVersion(arn, id)),
            visit.take(new ListPolicyVersions(arn, Optional.empty(), Optional.empty())),
            attached(visit, arn))
        .usingConcurrencyOf(1)
        .with(
            (shown, versions, attached) ->
                visit.shown(
                    AdminTemplates.adminPolicy(
                        visit.name(),
                        visit.csrf(),
                        shown(policy),
                        PolicyTexts.told(version, PolicyType.IDENTITY, text(shown.policyVersion())),
                        versions.versions().stream().map(AdminPolicyPages::shown).toList(),
                        attached,
                        visit.problem())));
  }

  static String text(PolicyVersion version) {
    return version.document().map(PolicyText::value).orElse("");
  }

  private static VersionShown shown(PolicyVersion version) {
    return new VersionShown(
        version.versionId(), version.isDefaultVersion(), Times.day(version.createDate()));
  }

  private static Uni<List<Attached>> attached(AdminVisit visit, PolicyArn arn) {
    return visit
        .take(
            new ListEntitiesForPolicy(
                arn,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()))
        .map(
            found ->
                Stream.of(
                        found.policyUsers().stream().map(is -> of(Holder.USER, is.userName())),
                        found.policyGroups().stream().map(is -> of(Holder.GROUP, is.groupName())),
                        found.policyRoles().stream().map(is -> of(Holder.ROLE, is.roleName())))
                    .flatMap(all -> all)
                    .toList());
  }

  private static Attached of(Holder holder, String name) {
    return new Attached(holder.kind(), Entry.named(name));
  }

  /// To its page.
  static Outcome to(PolicyArn arn) {
    return Pages.sent(POLICY + "?arn=" + AdminVisit.encoded(arn.value()));
  }

  Uni<Outcome> setDefault(Visit visit) {
    return changed(
        visit,
        (admin, arn) ->
            admin.take(new SetDefaultPolicyVersion(arn, version(admin))).map(_ -> to(arn)));
  }

  Uni<Outcome> deleteVersion(Visit visit) {
    return changed(
        visit,
        (admin, arn) -> admin.take(new DeletePolicyVersion(arn, version(admin))).map(_ -> to(arn)));
  }

  private static VersionId version(AdminVisit visit) {
    return AdminVisit.named(visit.given("version"), VersionId::new);
  }

  private interface Change {
    Uni<Outcome> of(AdminVisit visit, PolicyArn arn);
  }

  /// Whoever may not see the policy is told so among the policies.
  private Uni<Outcome> changed(Visit visit, Change change) {
    return administration.change(
        visit,
        POLICIES,
        admin -> change.of(admin, arn(admin.given("arn"))),
        refused ->
            Administration.telling(
                refused,
                admin -> policy(admin, arn(admin.given("arn")), ""),
                AdminPolicyPages::policies));
  }
}
