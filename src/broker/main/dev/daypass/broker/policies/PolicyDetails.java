package dev.daypass.broker.policies;

import dev.daypass.broker.database.Page;
import dev.daypass.wire.iam.AuthorizationDetailsMessages.ManagedPolicyDetail;
import dev.daypass.wire.iam.PolicyMessages.PolicyVersion;
import dev.daypass.wire.iam.PolicyText;
import dev.daypass.wire.iam.PolicyUsage;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Managed policies with all their versions, a page at a time.
@Singleton
public final class PolicyDetails {
  private final PostgresPolicies policies;

  PolicyDetails(PostgresPolicies policies) {
    this.policies = policies;
  }

  /// A page of policies.
  ///
  /// @param shown as the wire has them, in the page's order
  public record Details(Page<ManagedPolicy> page, List<ManagedPolicyDetail> shown) {
    /// The position of the page's last policy; empty where there is none.
    public String last() {
      return page.items().isEmpty() ? "" : PostgresPolicies.POSITION.apply(page.items().getLast());
    }
  }

  /// The account's own.
  public Uni<Details> own(String account, Page.Wanted wanted) {
    return read(
        account, new PostgresPolicies.Filter(account, List.of(account), "", Set.of()), wanted);
  }

  /// Those that come with Daypass and are attached to something of the account.
  public Uni<Details> usedOfAws(String account, Page.Wanted wanted) {
    return read(
        account,
        new PostgresPolicies.Filter(
            account, List.of(ManagedPolicy.AWS), "", Set.of(PolicyUsage.PERMISSIONS_POLICY)),
        wanted);
  }

  private Uni<Details> read(String account, PostgresPolicies.Filter filter, Page.Wanted wanted) {
    return policies
        .page(filter, wanted)
        .chain(
            page ->
                policies
                    .usages(account, page.items().stream().map(ManagedPolicy::arn).toList())
                    .chain(
                        usages ->
                            policies
                                .versionsOf(page.items().stream().map(ManagedPolicy::id).toList())
                                .map(versions -> details(page, usages, versions))));
  }

  private static Details details(
      Page<ManagedPolicy> page,
      Map<String, ManagedPolicy.Usage> usages,
      Map<String, List<PolicyVersionRow>> versions) {
    return new Details(
        page,
        page.items().stream()
            .map(
                policy ->
                    detail(
                        policy,
                        usages.getOrDefault(policy.arn(), ManagedPolicy.Usage.NONE),
                        versions.getOrDefault(policy.id(), List.of())))
            .toList());
  }

  private static ManagedPolicyDetail detail(
      ManagedPolicy policy, ManagedPolicy.Usage usage, List<PolicyVersionRow> versions) {
    return new ManagedPolicyDetail(
        policy.name(),
        policy.id(),
        policy.arn(),
        policy.path(),
        "v" + policy.defaultVersion(),
        usage.attachments(),
        usage.boundaries(),
        true,
        policy.description(),
        policy.createdAt(),
        policy.updatedAt(),
        versions.stream().map(version -> shown(policy, version)).toList());
  }

  private static PolicyVersion shown(ManagedPolicy policy, PolicyVersionRow version) {
    return new PolicyVersion(
        Optional.of(new PolicyText(version.document)),
        "v" + version.number,
        version.number == policy.defaultVersion(),
        version.createdAt);
  }
}
