package dev.daypass.policy;

import dev.daypass.policy.Decision.Allowed;
import dev.daypass.policy.Decision.ExplicitlyDenied;
import dev.daypass.policy.Decision.ImplicitlyDenied;
import java.util.List;
import java.util.Optional;

/// One decision in the making.
final class Evaluation {
  private static final String KMS = "kms:";

  private final Policies policies;
  private final Question question;
  private final Principal principal;

  Evaluation(Policies policies, Question question) {
    this.policies = policies;
    this.question = question;
    this.principal = question.access().principal();
  }

  Decision decide() {
    Optional<Decision> denied =
        policies.all().flatMap(policy -> denial(policy).stream()).findFirst();
    return denied.or(this::guardrail).orElseGet(this::grant);
  }

  private Optional<Decision> denial(Policy policy) {
    return first(policy, Effect.DENY).map(by -> new ExplicitlyDenied(policy.type(), by));
  }

  /// What every level of an organization must allow.
  private Optional<Decision> guardrail() {
    if (policies.resourceControl().stream().anyMatch(level -> allow(level).isEmpty())) {
      return Optional.of(new ImplicitlyDenied(PolicyType.RESOURCE_CONTROL));
    }
    if (policies.serviceControl().stream().anyMatch(level -> allow(level).isEmpty())) {
      return Optional.of(new ImplicitlyDenied(PolicyType.SERVICE_CONTROL));
    }
    return Optional.empty();
  }

  private Decision grant() {
    return switch (principal) {
      case Principal.Service _, Principal.Federated _, Principal.Anonymous _ -> byResourceAlone();
      case Principal.Root _, Principal.User _, Principal.AssumedRole _, Principal.FederatedUser _ ->
          sameAccount() ? withinAccount() : acrossAccounts();
    };
  }

  private boolean sameAccount() {
    return question.access().resourceAccount().isEmpty()
        || question.access().resourceAccount().equals(principal.account());
  }

  private Decision byResourceAlone() {
    return resourceAllow(PrincipalMatch.ACCOUNT)
        .<Decision>map(by -> new Allowed(Optional.of(by)))
        .orElseGet(() -> new ImplicitlyDenied(resourceType()));
  }

  /// A resource policy that names the caller, or anyone, needs nothing beside it. One that names
  /// the caller's role or parent user stands in for the identity policies, within boundary and
  /// session.
  private Decision withinAccount() {
    Optional<StatementId> alone = resourceAllow(PrincipalMatch.ANY);
    if (alone.isPresent()) {
      return new Allowed(alone);
    }
    Optional<StatementId> viaParent = resourceAllow(PrincipalMatch.VIA_PARENT);
    if (viaParent.isPresent()) {
      return withinLimits(viaParent);
    }
    if (resourceMustAllow() && resourceAllow(PrincipalMatch.ACCOUNT).isEmpty()) {
      return new ImplicitlyDenied(resourceType());
    }
    return byIdentity();
  }

  /// Both accounts must allow.
  private Decision acrossAccounts() {
    return resourceAllow(PrincipalMatch.ACCOUNT).isEmpty()
        ? new ImplicitlyDenied(resourceType())
        : byIdentity();
  }

  private Decision byIdentity() {
    if (principal instanceof Principal.Root) {
      return new Allowed(Optional.empty());
    }
    Optional<StatementId> grant = allow(policies.identity());
    return grant.isEmpty() ? new ImplicitlyDenied(PolicyType.IDENTITY) : withinLimits(grant);
  }

  private Decision withinLimits(Optional<StatementId> grant) {
    if (policies.boundary().isPresent() && allow(policies.boundary().stream().toList()).isEmpty()) {
      return new ImplicitlyDenied(PolicyType.PERMISSIONS_BOUNDARY);
    }
    return sessionAllows() ? new Allowed(grant) : new ImplicitlyDenied(PolicyType.SESSION);
  }

  /// A federated user's session without a policy can do nothing of its own.
  private boolean sessionAllows() {
    return policies
        .session()
        .map(session -> allow(session).isPresent())
        .orElse(!(principal instanceof Principal.FederatedUser));
  }

  /// Roles and KMS keys: without their own policy's word, identity policies cannot grant.
  private boolean resourceMustAllow() {
    return policies.resource().isPresent()
        && (resourceType() == PolicyType.TRUST || question.action().startsWith(KMS));
  }

  private PolicyType resourceType() {
    return policies.resource().map(Policy::type).orElse(PolicyType.RESOURCE);
  }

  /// The statement of the resource policy that allows a principal meant at least this closely.
  private Optional<StatementId> resourceAllow(PrincipalMatch atLeast) {
    return policies.resource().stream()
        .flatMap(policy -> policy.statements().stream())
        .filter(statement -> statement.effect() == Effect.ALLOW)
        .filter(statement -> statement.match(question).compareTo(atLeast) >= 0)
        .map(Statement::id)
        .findFirst();
  }

  private Optional<StatementId> allow(List<Policy> among) {
    return among.stream().flatMap(policy -> first(policy, Effect.ALLOW).stream()).findFirst();
  }

  private Optional<StatementId> first(Policy policy, Effect effect) {
    for (Statement statement : policy.statements()) {
      if (statement.effect() == effect && statement.match(question) != PrincipalMatch.NONE) {
        return Optional.of(statement.id());
      }
    }
    return Optional.empty();
  }
}
