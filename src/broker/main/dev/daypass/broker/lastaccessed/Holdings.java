package dev.daypass.broker.lastaccessed;

import dev.daypass.broker.database.Page;
import dev.daypass.broker.groups.Group;
import dev.daypass.broker.groups.PostgresGroups;
import dev.daypass.broker.identities.Grants;
import dev.daypass.broker.identities.Identities;
import dev.daypass.broker.identities.RoleIdentity;
import dev.daypass.broker.identities.UserIdentity;
import dev.daypass.policy.Policy;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The permissions policies that somebody has: its own, and a user's by way of groups. Boundaries
/// are none. What cannot be read fails the call.
@Singleton
final class Holdings {
  private static final Page.Wanted ALL_GROUPS = new Page.Wanted("", 1000);

  private final Identities identities;
  private final PostgresGroups groups;

  Holdings(Identities identities, PostgresGroups groups) {
    this.identities = identities;
    this.groups = groups;
  }

  /// What the subject has, each policy once. A policy has itself.
  Uni<List<Held>> of(Subject subject) {
    return switch (subject.kind()) {
      case USER -> identities.user(subject.id()).chain(user -> ofUser(subject, user));
      case GROUP -> identities.group(subject.id()).chain(grants -> own(subject, grants));
      case ROLE ->
          identities
              .role(subject.arn())
              .chain(role -> own(subject, role.map(RoleIdentity::grants)));
      case POLICY -> managed(List.of(subject.arn()));
    };
  }

  private Uni<List<Held>> ofUser(Subject subject, Optional<UserIdentity> user) {
    return own(subject, user.map(UserIdentity::grants))
        .chain(own -> groups.of(subject.id(), ALL_GROUPS).chain(page -> with(own, page.items())));
  }

  private Uni<List<Held>> with(List<Held> own, List<Group> memberOf) {
    Uni<List<Held>> all = Uni.createFrom().item(own);
    for (Group group : memberOf) {
      all = all.chain(sofar -> ofGroup(group).map(more -> join(sofar, more)));
    }
    return all.map(held -> held.stream().distinct().toList());
  }

  private Uni<List<Held>> ofGroup(Group group) {
    Subject subject =
        new Subject(Subject.Kind.GROUP, group.account(), group.id(), group.path(), group.name());
    return identities.group(group.id()).chain(grants -> own(subject, grants));
  }

  private Uni<List<Held>> own(Subject subject, Optional<Grants> grants) {
    if (grants.isEmpty()) {
      // Deleted a moment ago.
      return Uni.createFrom().item(List.of());
    }
    List<Held> inline =
        grants.get().inline().stream()
            .map(policy -> Held.inline(subject.kind(), subject.name(), policy))
            .toList();
    return managed(grants.get().attached()).map(attached -> join(attached, inline));
  }

  private Uni<List<Held>> managed(List<String> arns) {
    Uni<List<Held>> all = Uni.createFrom().item(List.of());
    for (String arn : arns.stream().sorted().toList()) {
      all = all.chain(sofar -> identities.policy(arn).map(found -> add(sofar, arn, found)));
    }
    return all;
  }

  /// A policy that has gone may have been the one that denied.
  private static List<Held> add(List<Held> sofar, String arn, Optional<Policy> found) {
    Policy policy =
        found.orElseThrow(() -> new IllegalStateException("policy " + arn + " is gone"));
    return join(sofar, List.of(Held.managed(arn, policy)));
  }

  private static List<Held> join(List<Held> some, List<Held> more) {
    List<Held> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }
}
