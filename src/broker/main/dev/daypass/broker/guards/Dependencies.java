package dev.daypass.broker.guards;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Session;
import dev.daypass.broker.identities.Grants;
import dev.daypass.broker.identities.Identities;
import dev.daypass.broker.identities.RoleIdentity;
import dev.daypass.broker.identities.UserIdentity;
import dev.daypass.broker.revocations.Revocations;
import dev.daypass.policy.Policies;
import dev.daypass.policy.Policy;
import dev.daypass.policy.PolicySet;
import dev.daypass.policy.Principal;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What a lent key rests on, by the keys of changes: when one of them changes, it has to be asked
/// for again.
@Singleton
public final class Dependencies {
  private static final String POLICY = "policy:";

  private final Identities identities;

  Dependencies(Identities identities) {
    this.identities = identities;
  }

  /// What the caller and these policies of its rest on.
  public Uni<Set<String>> of(Caller caller, Policies policies) {
    Set<String> all = new HashSet<>();
    caller.accessKeyId().ifPresent(id -> all.add("key:" + id));
    caller.session().ifPresent(session -> addSession(all, session));
    sets(policies)
        .flatMap(set -> set.policies().stream())
        .map(Policy::source)
        .forEach(source -> all.add(POLICY + source));
    return switch (caller.principal()) {
      case Principal.User user -> ofUser(all, user.id());
      case Principal.FederatedUser federated -> ofUser(all, federated.userId());
      case Principal.AssumedRole role -> ofRole(all, role.roleArn());
      default -> Uni.createFrom().item(all);
    };
  }

  private static void addSession(Set<String> all, Session session) {
    Revocations.subjects(session).forEach(subject -> all.add(Revocations.CHANGED + subject));
    session.policyArns().forEach(arn -> all.add(POLICY + arn));
  }

  private static Stream<PolicySet> sets(Policies policies) {
    return Stream.of(
            Stream.of(policies.identity()),
            policies.boundary().stream(),
            policies.session().stream(),
            policies.serviceControl().stream(),
            policies.resourceControl().stream())
        .flatMap(sets -> sets);
  }

  private Uni<Set<String>> ofUser(Set<String> all, String id) {
    all.add("user:" + id);
    return identities.user(id).chain(found -> withUser(all, found));
  }

  private Uni<Set<String>> withUser(Set<String> all, Optional<UserIdentity> found) {
    Uni<Set<String>> sofar = Uni.createFrom().item(all);
    for (String group : found.map(UserIdentity::groups).orElse(List.of())) {
      all.add("group:" + group);
      sofar =
          sofar.call(
              () ->
                  identities
                      .group(group)
                      .invoke(grants -> grants.ifPresent(given -> addGrants(all, given))));
    }
    found.ifPresent(
        user -> {
          addGrants(all, user.grants());
          user.boundary().ifPresent(arn -> all.add(POLICY + arn));
        });
    return sofar;
  }

  private Uni<Set<String>> ofRole(Set<String> all, String arn) {
    String account = arn.split(":", 6)[4];
    String name = arn.substring(arn.lastIndexOf('/') + 1);
    all.add("role:" + account + "/" + name.toLowerCase(Locale.ROOT));
    return identities
        .role(arn)
        .invoke(found -> found.ifPresent(role -> addRole(all, role)))
        .replaceWith(all);
  }

  private static void addRole(Set<String> all, RoleIdentity role) {
    addGrants(all, role.grants());
    role.boundary().ifPresent(arn -> all.add(POLICY + arn));
  }

  private static void addGrants(Set<String> all, Grants grants) {
    grants.attached().forEach(arn -> all.add(POLICY + arn));
  }
}
