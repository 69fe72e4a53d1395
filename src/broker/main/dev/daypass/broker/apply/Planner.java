package dev.daypass.broker.apply;

import static dev.daypass.wire.ErrorCode.VALIDATION_ERROR;

import dev.daypass.broker.apply.Inventory.Thing;
import dev.daypass.broker.apply.Step.Marking;
import dev.daypass.broker.apply.Step.Phase;
import dev.daypass.broker.database.Quota;
import dev.daypass.broker.logins.PasswordPolicyActions;
import dev.daypass.desired.Desired;
import dev.daypass.desired.Wish;
import dev.daypass.wire.iam.AccountAlias;
import dev.daypass.wire.iam.AccountMessages.CreateAccountAlias;
import dev.daypass.wire.iam.AccountMessages.DeleteAccountAlias;
import dev.daypass.wire.iam.AccountMessages.DeleteAccountPasswordPolicy;
import dev.daypass.wire.iam.AccountMessages.UpdateAccountPasswordPolicy;
import dev.daypass.wire.iam.GroupMessages.AddUserToGroup;
import dev.daypass.wire.iam.GroupMessages.CreateGroup;
import dev.daypass.wire.iam.GroupMessages.RemoveUserFromGroup;
import dev.daypass.wire.iam.GroupMessages.UpdateGroup;
import dev.daypass.wire.iam.GroupName;
import dev.daypass.wire.iam.Path;
import dev.daypass.wire.iam.UserMessages.CreateUser;
import dev.daypass.wire.iam.UserMessages.UpdateUser;
import dev.daypass.wire.iam.UserName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds what differs between what is wanted and what there is, as steps in an order in which they
/// can be taken. A pure function; whether a step may be taken is not asked here.
final class Planner {
  private final Desired wanted;
  private final Inventory now;
  private final Steps steps = new Steps();
  private final References references;
  private final Holders holders;

  private Planner(Desired wanted, Inventory now) {
    this.wanted = wanted;
    this.now = now;
    this.references = new References(wanted, now);
    this.holders = new Holders(steps, references);
  }

  /// Fails with `ValidationError` for what cannot be, with `LimitExceeded` for more roles than
  /// there may be.
  ///
  /// @param prune whether what earlier applies made and nobody wants any more goes
  static List<Step> plan(Desired wanted, Inventory now, boolean prune) {
    wanted
        .account()
        .filter(account -> !account.equals(now.account()))
        .ifPresent(
            account -> {
              throw VALIDATION_ERROR.error(
                  "This is for account %s, and you are in %s.".formatted(account, now.account()));
            });
    Quota.ROLES.check(wanted.roles().size());
    Planner planner = new Planner(wanted, now);
    planner.account();
    PolicyPlan policies = new PolicyPlan(planner.steps, planner.holders, planner.references, now);
    wanted.policies().forEach(policies::plan);
    wanted.groups().forEach(planner::group);
    wanted.users().forEach(planner::user);
    RolePlan roles = new RolePlan(planner.steps, planner.holders, planner.references, now);
    TrustOrder.of(wanted.roles(), now.account()).forEach(roles::plan);
    if (prune) {
      new Pruning(planner.steps, planner.holders, planner.references, now).plan(wanted);
    }
    return planner.steps.inOrder();
  }

  private void account() {
    switch (wanted.accountAlias()) {
      case Wish.AsItIs<AccountAlias> _ -> {
        // Nothing to say.
      }
      case Wish.None<AccountAlias> _ -> now.alias().ifPresent(old -> removeAlias(steps, old));
      case Wish.Be<AccountAlias>(AccountAlias alias) -> {
        if (!now.alias().equals(Optional.of(alias.value()))) {
          steps.make(
              Phase.THINGS,
              "account alias " + alias,
              now.alias().map("in place of "::concat).orElse(""),
              new CreateAccountAlias(alias),
              Marking.ofAccount(Mark.alias(alias.value())));
        }
      }
    }
    switch (wanted.passwordPolicy()) {
      case Wish.AsItIs<UpdateAccountPasswordPolicy> _ -> {
        // Nothing to say.
      }
      case Wish.None<UpdateAccountPasswordPolicy> _ ->
          now.passwordPolicy().ifPresent(_ -> removePasswordPolicy(steps));
      case Wish.Be<UpdateAccountPasswordPolicy>(var request) -> passwordPolicy(request);
    }
  }

  static void removeAlias(Steps steps, String alias) {
    steps.remove(
        Phase.DELETE,
        "account alias " + alias,
        "",
        new DeleteAccountAlias(new AccountAlias(alias)));
  }

  static void removePasswordPolicy(Steps steps) {
    steps.remove(Phase.DELETE, "password policy", "", new DeleteAccountPasswordPolicy());
  }

  private void passwordPolicy(UpdateAccountPasswordPolicy request) {
    var asked = PasswordPolicyActions.asked(request);
    if (now.passwordPolicy().isEmpty()) {
      steps.make(Phase.THINGS, "password policy", "", request, Marking.ofAccount(Mark.PASSWORDS));
    } else if (!now.passwordPolicy().get().equals(asked)) {
      steps.change(Phase.THINGS, "password policy", "", request);
    }
  }

  private void group(Desired.Group group) {
    Optional<Thing> before = now.find(Kind.GROUP, group.name().value());
    Requests asks = asks(Kind.GROUP, group.name().value(), before);
    if (before.isEmpty()) {
      steps.make(
          Phase.THINGS,
          Holders.title(asks),
          "",
          new CreateGroup(group.path(), group.name()),
          Marking.itself(Kind.GROUP, asks.name()));
    }
    before.ifPresent(
        thing ->
            moved(thing, group.path())
                .ifPresent(
                    path ->
                        steps.change(
                            Phase.THINGS,
                            thing.title(),
                            Holders.changed("path", thing.path(), path),
                            new UpdateGroup(
                                new GroupName(thing.name()),
                                Optional.of(path),
                                Optional.empty()))));
    holders.permissions(asks, before, group.permissions());
  }

  private void user(Desired.User user) {
    Optional<Thing> before = now.find(Kind.USER, user.name().value());
    Requests asks = asks(Kind.USER, user.name().value(), before);
    if (before.isEmpty()) {
      steps.make(
          Phase.THINGS,
          Holders.title(asks),
          "",
          new CreateUser(
              user.path(),
              user.name(),
              user.boundary().wanted().map(references::policy),
              user.tags().orElse(List.of())),
          Marking.itself(Kind.USER, asks.name()));
    }
    before.ifPresent(thing -> change(asks, thing, user));
    user.groups().ifPresent(groups -> memberships(asks, before, groups));
    holders.permissions(asks, before, user.permissions());
  }

  private void change(Requests asks, Thing before, Desired.User user) {
    moved(before, user.path())
        .ifPresent(
            path ->
                steps.change(
                    Phase.THINGS,
                    before.title(),
                    Holders.changed("path", before.path(), path),
                    new UpdateUser(
                        new UserName(before.name()), Optional.of(path), Optional.empty())));
    holders.tags(asks, before, user.tags());
    holders.boundary(asks, before, user.boundary());
  }

  private static Optional<Path> moved(Thing before, Optional<Path> wanted) {
    return wanted.filter(path -> !path.value().equals(before.path()));
  }

  private void memberships(Requests asks, Optional<Thing> before, List<GroupName> groups) {
    Map<String, String> present = before.map(Thing::groups).orElse(Map.of());
    present
        .values()
        .forEach(
            group -> {
              if (groups.stream().noneMatch(name -> name.value().equalsIgnoreCase(group))) {
                leave(steps, asks, group);
              }
            });
    for (GroupName group : groups) {
      if (present.values().stream().noneMatch(group.value()::equalsIgnoreCase)) {
        steps.add(
            Phase.GIVE,
            new Step(
                Step.Sign.ADDED,
                Holders.title(asks),
                "group " + group,
                new AddUserToGroup(group, new UserName(asks.name())),
                Optional.of(new Marking(Kind.USER, asks.name(), "", Optional.of(group.value())))));
      }
    }
  }

  static void leave(Steps steps, Requests asks, String group) {
    steps.remove(
        Phase.TAKE,
        Holders.title(asks),
        "group " + group,
        new RemoveUserFromGroup(new GroupName(group), new UserName(asks.name())));
  }

  /// What is there keeps the name it has, whatever the case it is written in.
  private Requests asks(Kind kind, String name, Optional<Thing> before) {
    return before
        .map(thing -> new Requests(kind, thing.name(), references.arn(thing)))
        .orElseGet(() -> new Requests(kind, name, ""));
  }
}
