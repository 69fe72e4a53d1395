package dev.daypass.broker.sessions;

import dev.daypass.broker.access.Authorizer;
import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Target;
import dev.daypass.broker.identities.AccountIdentity;
import dev.daypass.broker.identities.Membership;
import dev.daypass.broker.identities.RoleIdentity;
import dev.daypass.policy.Access;
import dev.daypass.policy.Context;
import dev.daypass.policy.Policies;
import dev.daypass.wire.sts.AssumeRole;
import dev.daypass.wire.sts.ExternalId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether a caller may assume a role: the role's trust policy and the caller's own policies
/// together, for the action itself and for what goes with it.
final class TrustDecision {
  private static final String SET_SOURCE_IDENTITY = "sts:SetSourceIdentity";

  /// What somebody wants of a role.
  ///
  /// @param action the way to assume it, such as `sts:AssumeRole`
  record Wish(
      String action,
      String sessionName,
      Optional<String> externalId,
      SessionTags tags,
      Optional<String> sourceIdentity) {
    static Wish of(AssumeRole request, SessionTags tags, Optional<String> sourceIdentity) {
      return new Wish(
          "sts:AssumeRole",
          request.roleSessionName().value(),
          request.externalId().map(ExternalId::value),
          tags,
          sourceIdentity);
    }
  }

  private TrustDecision() {}

  /// The first of all that must be allowed which is not; nothing where all are.
  ///
  /// @param owner the role's account
  static Optional<Access> decide(
      Policies ofCaller, Caller caller, RoleIdentity role, AccountIdentity owner, Wish wish) {
    Target target = Target.tagged(role.arn(), role.account(), role.tags()).with(context(wish));
    Optional<Membership> organization = owner.membership();
    if (organization.isPresent()) {
      target = target.with(organization.get().context("Resource"));
    }
    Policies policies =
        ofCaller
            .on(role.trust())
            .under(
                ofCaller.serviceControl(),
                organization.map(Membership::resourceControl).orElse(List.of()));
    for (String action : actions(wish)) {
      Access access = Authorizer.access(caller, action, target);
      if (!policies.decide(access).allowed()) {
        return Optional.of(access);
      }
    }
    return Optional.empty();
  }

  private static List<String> actions(Wish wish) {
    List<String> actions = new ArrayList<>(List.of(wish.action()));
    if (wish.tags().any()) {
      actions.add(SessionTags.TAG_SESSION);
    }
    if (wish.sourceIdentity().isPresent()) {
      actions.add(SET_SOURCE_IDENTITY);
    }
    return actions;
  }

  private static Context context(Wish wish) {
    return Context.builder()
        .put("sts:RoleSessionName", wish.sessionName())
        .put("sts:ExternalId", wish.externalId())
        .put("sts:SourceIdentity", wish.sourceIdentity())
        .build()
        .with(wish.tags().context());
  }
}
