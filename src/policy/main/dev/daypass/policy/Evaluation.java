package dev.daypass.policy;

import dev.daypass.policy.Decision.Allowed;
import dev.daypass.policy.Decision.ExplicitlyDenied;
import dev.daypass.policy.Decision.ImplicitlyDenied;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One decision in the making: every policy is heard once. A Deny of any of them decides; then what
/// an organization must allow; then who grants, within which limits.
final class Evaluation {
  private static final String KMS = "kms:";

  private final Policies policies;
  private final Question question;
  private final Principal principal;
  private @Nullable Decision denied;

  Evaluation(Policies policies, Question question) {
    this.policies = policies;
    this.question = question;
    this.principal = question.access().principal();
  }

  Decision decide() {
    boolean resourceControlled =
        eachAllows(policies.resourceControl(), PolicyType.RESOURCE_CONTROL);
    boolean serviceControlled = eachAllows(policies.serviceControl(), PolicyType.SERVICE_CONTROL);
    Verdict resource = hear(policies.resource(), policies.resourceType());
    Verdict identity = hear(Optional.of(policies.identity()), PolicyType.IDENTITY);
    Verdict boundary = hear(policies.boundary(), PolicyType.PERMISSIONS_BOUNDARY);
    Verdict session = hear(policies.session(), PolicyType.SESSION);
    if (denied != null) {
      return denied;
    }
    if (!resourceControlled) {
      return new ImplicitlyDenied(PolicyType.RESOURCE_CONTROL);
    }
    if (!serviceControlled) {
      return new ImplicitlyDenied(PolicyType.SERVICE_CONTROL);
    }
    return grant(resource, identity, new Limits(boundary, session));
  }

  /// What every level of an organization must allow.
  private boolean eachAllows(List<PolicySet> levels, PolicyType type) {
    boolean all = true;
    for (int i = 0; i < levels.size(); i++) {
      all &= hear(Optional.of(levels.get(i)), type).allows();
    }
    return all;
  }

  private Verdict hear(Optional<PolicySet> set, PolicyType type) {
    if (denied != null || set.isEmpty()) {
      return Verdict.SILENT;
    }
    Verdict verdict = set.get().ask(question);
    verdict.denied().ifPresent(by -> denied = new ExplicitlyDenied(type, by));
    return verdict;
  }

  private Decision grant(Verdict resource, Verdict identity, Limits limits) {
    return switch (principal) {
      case Principal.Service _, Principal.Federated _, Principal.Anonymous _ ->
          byResourceAlone(resource);
      case Principal.Root _, Principal.User _, Principal.AssumedRole _, Principal.FederatedUser _ ->
          sameAccount()
              ? withinAccount(resource, identity, limits)
              : acrossAccounts(resource, identity, limits);
    };
  }

  private boolean sameAccount() {
    Optional<String> owner = question.access().resourceAccount();
    return owner.isEmpty() || owner.equals(principal.account());
  }

  private Decision byResourceAlone(Verdict resource) {
    Optional<StatementId> by = resource.allowed(PrincipalMatch.ACCOUNT);
    return by.isEmpty() ? new ImplicitlyDenied(policies.resourceType()) : new Allowed(by);
  }

  /// A resource policy that names the caller, or anyone, needs nothing beside it. One that names
  /// the caller's role or parent user stands in for the identity policies, within boundary and
  /// session.
  private Decision withinAccount(Verdict resource, Verdict identity, Limits limits) {
    Optional<StatementId> alone = resource.allowed(PrincipalMatch.ANY);
    if (alone.isPresent()) {
      return new Allowed(alone);
    }
    Optional<StatementId> viaParent = resource.allowed(PrincipalMatch.VIA_PARENT);
    if (viaParent.isPresent()) {
      return limits.allow(viaParent);
    }
    return resourceMustAllow() && !resource.allows()
        ? new ImplicitlyDenied(policies.resourceType())
        : byIdentity(identity, limits);
  }

  /// Both accounts must allow.
  private Decision acrossAccounts(Verdict resource, Verdict identity, Limits limits) {
    return resource.allows()
        ? byIdentity(identity, limits)
        : new ImplicitlyDenied(policies.resourceType());
  }

  private Decision byIdentity(Verdict identity, Limits limits) {
    if (principal instanceof Principal.Root) {
      return limits.allow(Optional.empty());
    }
    return identity.allows()
        ? limits.allow(identity.allowed(PrincipalMatch.ACCOUNT))
        : new ImplicitlyDenied(PolicyType.IDENTITY);
  }

  /// What a grant must stay within.
  private final class Limits {
    private final Verdict boundary;
    private final Verdict session;

    Limits(Verdict boundary, Verdict session) {
      this.boundary = boundary;
      this.session = session;
    }

    Decision allow(Optional<StatementId> grant) {
      if (policies.boundary().isPresent() && !boundary.allows()) {
        return new ImplicitlyDenied(PolicyType.PERMISSIONS_BOUNDARY);
      }
      return sessionAllows() ? new Allowed(grant) : new ImplicitlyDenied(PolicyType.SESSION);
    }

    /// A federated user's session without a policy can do nothing of its own.
    private boolean sessionAllows() {
      return policies.session().isPresent()
          ? session.allows()
          : !(principal instanceof Principal.FederatedUser);
    }
  }

  /// Roles and KMS keys: without their own policy's word, identity policies cannot grant.
  private boolean resourceMustAllow() {
    return policies.resource().isPresent()
        && (policies.resourceType() == PolicyType.TRUST || question.action().startsWith(KMS));
  }
}
