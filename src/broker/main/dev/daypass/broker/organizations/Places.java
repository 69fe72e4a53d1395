package dev.daypass.broker.organizations;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Target;
import dev.daypass.broker.identities.Membership;
import dev.daypass.broker.tags.PostgresTags;
import dev.daypass.policy.Context;
import dev.daypass.wire.iam.Tag;
import dev.daypass.wire.organizations.PolicyType;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What calls to Organizations touch, as policies name it. A caller's own policies decide, be the
/// thing the management account's: [Organizations] lets nobody else come near it.
///
/// @see <a
///   href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsorganizations.html">Actions,
///   resources and condition keys for AWS Organizations</a>
@Singleton
public final class Places {
  private static final String POLICY_TYPE = "organizations:PolicyType";

  private final Organizations organizations;
  private final PostgresControlPolicies policies;
  private final PostgresTags tags;

  Places(Organizations organizations, PostgresControlPolicies policies, PostgresTags tags) {
    this.organizations = organizations;
    this.policies = policies;
    this.tags = tags;
  }

  /// For actions that know no resource.
  public Uni<List<Target>> anything(Caller caller) {
    return Uni.createFrom().item(List.of(Target.of("*", caller.account())));
  }

  /// The same, of a request that brings tags.
  public Uni<List<Target>> tagged(Caller caller, List<Tag> brought) {
    return with(anything(caller), PostgresTags.context(brought));
  }

  /// The same, about a type of policies.
  public Uni<List<Target>> typed(Caller caller, PolicyType type) {
    return with(anything(caller), context(type));
  }

  /// The key that says which type of policies a call is about.
  public static Context context(PolicyType type) {
    return Context.builder().put(POLICY_TYPE, type.name()).build();
  }

  /// With more known about the request.
  public static Uni<List<Target>> with(Uni<List<Target>> targets, Context more) {
    return targets.map(all -> all.stream().map(target -> target.with(more)).toList());
  }

  /// Roots, organizational units, accounts and policies, by their ids, each of which must be
  /// allowed.
  public Uni<List<Target>> of(Caller caller, String... ids) {
    Uni<List<Target>> all = Uni.createFrom().item(List.of());
    for (String id : ids) {
      all =
          all.chain(
              sofar ->
                  one(caller, id)
                      .map(next -> Stream.concat(sofar.stream(), next.stream()).toList()));
    }
    return all;
  }

  /// A policy and what it is to be attached to, or detached from.
  public Uni<List<Target>> attaching(Caller caller, String policy, String target) {
    return of(caller, policy, target)
        .map(
            both -> {
              Context type =
                  both.getFirst()
                      .context()
                      .find(POLICY_TYPE)
                      .map(Places::typed)
                      .orElse(Context.EMPTY);
              return both.stream().map(each -> each.with(type)).toList();
            });
  }

  private static Context typed(Context.Value type) {
    return type instanceof Context.Value.Single(var name)
        ? Context.builder().put(POLICY_TYPE, name).build()
        : Context.EMPTY;
  }

  /// Whoever is in no organization is refused with that, however its policies name resources.
  private Uni<List<Target>> one(Caller caller, String id) {
    Optional<Membership> membership = caller.membership();
    if (membership.isEmpty()) {
      return anything(caller);
    }
    Organization organization = organization(membership.get());
    return id.startsWith("p-")
        ? policy(caller, organization, id)
        : organizations
            .has(organization, id)
            .chain(ours -> tags(id, ours))
            .map(own -> List.of(target(caller, arn(organization, id), own)));
  }

  /// What another organization has on its things is nothing that a condition here could look at.
  private Uni<Map<String, String>> tags(String id, boolean ours) {
    return ours ? tags.of(id) : Uni.createFrom().item(Map.of());
  }

  private static Organization organization(Membership membership) {
    return new Organization(
        membership.organization(), membership.managementAccount(), false, false, Instant.EPOCH);
  }

  private static String arn(Organization organization, String id) {
    return Character.isDigit(id.charAt(0)) ? organization.accountArn(id) : organization.unitArn(id);
  }

  private static Target target(Caller caller, String arn, Map<String, String> own) {
    return Target.tagged(arn, caller.account(), own);
  }

  /// A policy that is not there has no type, and so no ARN.
  private Uni<List<Target>> policy(Caller caller, Organization organization, String id) {
    return policies
        .find(organization.id(), id)
        .chain(
            found ->
                tags(id, found.isPresent())
                    .map(
                        own ->
                            found
                                .map(
                                    policy ->
                                        target(caller, organization.policyArn(policy), own)
                                            .with(context(policy.type())))
                                .orElseGet(() -> Target.of("*", caller.account()))))
        .map(List::of);
  }
}
