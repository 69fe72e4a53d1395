package dev.daypass.broker.access;

import dev.daypass.broker.identities.Grants;
import dev.daypass.broker.identities.Identities;
import dev.daypass.broker.identities.Membership;
import dev.daypass.broker.identities.RoleIdentity;
import dev.daypass.broker.identities.UserIdentity;
import dev.daypass.policy.Access;
import dev.daypass.policy.Context;
import dev.daypass.policy.Decision;
import dev.daypass.policy.Policies;
import dev.daypass.policy.Policy;
import dev.daypass.policy.PolicyType;
import dev.daypass.policy.Principal;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Gathers what has a say in an access and asks the evaluator. What cannot be gathered fails the
/// call.
@Singleton
public final class Authorizer {
  private final Identities identities;

  Authorizer(Identities identities) {
    this.identities = identities;
  }

  /// Fails with `AccessDenied`, in AWS's words, unless the caller may do this to that.
  public Uni<Void> require(Caller caller, String permission, Target target) {
    return policiesOf(caller)
        .invoke(policies -> require(policies, caller, permission, target))
        .replaceWithVoid();
  }

  /// The same, for each of several things.
  public Uni<Void> requireEvery(Caller caller, String permission, List<Target> targets) {
    return policiesOf(caller)
        .invoke(
            policies -> targets.forEach(target -> require(policies, caller, permission, target)))
        .replaceWithVoid();
  }

  /// The same, where the caller's side is known.
  public static void require(Policies policies, Caller caller, String permission, Target target) {
    Access access = access(caller, permission, target);
    Decision decision = policies.decide(access);
    if (!decision.allowed()) {
      throw new AccessDenied(caller.account(), decision.message(access), policies.explain(access));
    }
  }

  /// The question behind a call.
  public static Access access(Caller caller, String permission, Target target) {
    return new Access(
        caller.principal(),
        permission,
        target.arn(),
        Optional.of(target.account()),
        caller.context().with(owner(caller, target)).with(target.context()));
  }

  /// The condition keys about whose the resource is.
  private static Context owner(Caller caller, Target target) {
    Context owner = Context.builder().put("aws:ResourceAccount", target.account()).build();
    return caller
        .membership()
        .filter(_ -> target.account().equals(caller.account()))
        .map(is -> owner.with(is.context("Resource")))
        .orElse(owner);
  }

  /// The caller's own side of a decision: what it was given, and what limits it.
  public Uni<Policies> policiesOf(Caller caller) {
    return ownOf(caller).chain(own -> narrow(own, caller)).map(own -> under(own, caller));
  }

  /// Policies within what the organization allows in the caller's account, be it to its root.
  public static Policies under(Policies own, Caller caller) {
    return own.under(
        caller.membership().map(Membership::serviceControl).orElse(List.of()), List.of());
  }

  private Uni<Policies> ownOf(Caller caller) {
    return switch (caller.principal()) {
      case Principal.User user -> ofUser(user.id());
      case Principal.AssumedRole role -> ofRole(role);
      case Principal.FederatedUser user -> ofUser(user.userId());
      default -> Uni.createFrom().item(Policies.NONE);
    };
  }

  private Uni<Policies> ofUser(String id) {
    return identities
        .user(id)
        .map(found -> found.orElseThrow(() -> new IllegalStateException("the caller is gone")))
        .chain(this::policiesOf);
  }

  /// What a user and its groups were given, and what limits it.
  public Uni<Policies> policiesOf(UserIdentity user) {
    return grantsOf(user).chain(this::compile).chain(granted -> bound(granted, user.boundary()));
  }

  /// What a group gives its members.
  public Uni<Policies> policiesOf(Grants group) {
    return compile(group).map(Policies::identity);
  }

  private Uni<Policies> ofRole(Principal.AssumedRole session) {
    return identities
        .role(session.roleArn())
        .map(found -> found.orElseThrow(() -> new IllegalStateException("the role is gone")))
        .chain(this::policiesOf);
  }

  /// What a role was given, and what limits it.
  public Uni<Policies> policiesOf(RoleIdentity role) {
    return compile(role.grants()).chain(granted -> bound(granted, role.boundary()));
  }

  private Uni<Grants> grantsOf(UserIdentity user) {
    Uni<Grants> all = Uni.createFrom().item(user.grants());
    for (String group : user.groups()) {
      all = all.chain(sofar -> identities.group(group).map(found -> join(sofar, found)));
    }
    return all;
  }

  private static Grants join(Grants sofar, Optional<Grants> group) {
    if (group.isEmpty()) {
      return sofar;
    }
    List<Policy> inline = new ArrayList<>(sofar.inline());
    inline.addAll(group.get().inline());
    List<String> attached = new ArrayList<>(sofar.attached());
    attached.addAll(group.get().attached());
    return new Grants(inline, attached);
  }

  private Uni<List<Policy>> compile(Grants grants) {
    return managed(grants.attached(), PolicyType.IDENTITY)
        .map(
            attached -> {
              List<Policy> all = new ArrayList<>(grants.inline());
              all.addAll(attached);
              return all;
            });
  }

  private Uni<Policies> bound(List<Policy> granted, Optional<String> boundary) {
    return managed(boundary.stream().toList(), PolicyType.PERMISSIONS_BOUNDARY)
        .map(
            bounds -> {
              Policies own = Policies.identity(granted);
              return bounds.isEmpty() ? own : own.boundedBy(bounds.getFirst());
            });
  }

  private Uni<Policies> narrow(Policies own, Caller caller) {
    Optional<Session> narrowed = caller.session().filter(Session::narrowed);
    if (narrowed.isEmpty()) {
      return Uni.createFrom().item(own);
    }
    Session session = narrowed.get();
    return managed(session.policyArns(), PolicyType.SESSION)
        .map(
            arns -> {
              List<Policy> all = new ArrayList<>(arns);
              session.policy().ifPresent(all::add);
              return own.narrowedBy(all);
            });
  }

  private Uni<List<Policy>> managed(List<String> arns, PolicyType type) {
    Uni<List<Policy>> all = Uni.createFrom().item(List.of());
    for (String arn : arns) {
      all = all.chain(sofar -> identities.policy(arn).map(found -> add(sofar, arn, found, type)));
    }
    return all;
  }

  /// A policy that has gone may have been the one that denied.
  private static List<Policy> add(
      List<Policy> sofar, String arn, Optional<Policy> found, PolicyType type) {
    List<Policy> all = new ArrayList<>(sofar);
    all.add(
        found.orElseThrow(() -> new IllegalStateException("policy " + arn + " is gone")).as(type));
    return all;
  }
}
