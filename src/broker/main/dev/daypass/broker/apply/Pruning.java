package dev.daypass.broker.apply;

import dev.daypass.broker.apply.Inventory.Key;
import dev.daypass.broker.apply.Inventory.Thing;
import dev.daypass.broker.apply.Step.Phase;
import dev.daypass.desired.Desired;
import dev.daypass.desired.Wish;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What earlier applies made and nobody wants any more. What was made by hand stays; where it hangs
/// on something that goes, IAM refuses to delete that, and with it the whole apply.
final class Pruning {
  private final Steps steps;
  private final Holders holders;
  private final References references;
  private final Inventory now;

  Pruning(Steps steps, Holders holders, References references, Inventory now) {
    this.steps = steps;
    this.holders = holders;
    this.references = references;
    this.now = now;
  }

  /// What a file says about the lists of a thing: those it gives in full were already made so.
  private record Said(boolean managed, boolean inline, boolean groups) {
    static final Said NOTHING = new Said(false, false, false);

    static Said of(Desired.Permissions permissions, boolean groups) {
      return new Said(permissions.managed().isPresent(), permissions.inline().isPresent(), groups);
    }
  }

  void plan(Desired wanted) {
    Map<Key, Said> named = named(wanted);
    account(wanted);
    now.things().values().stream()
        .sorted(Comparator.comparing(Thing::kind).reversed().thenComparing(Thing::name))
        .forEach(thing -> thing(thing, named));
  }

  private static Map<Key, Said> named(Desired wanted) {
    Map<Key, Said> named = new HashMap<>();
    wanted
        .policies()
        .forEach(is -> named.put(new Key(Kind.POLICY, is.name().value()), Said.NOTHING));
    wanted
        .groups()
        .forEach(
            is ->
                named.put(
                    new Key(Kind.GROUP, is.name().value()), Said.of(is.permissions(), false)));
    wanted
        .users()
        .forEach(
            is ->
                named.put(
                    new Key(Kind.USER, is.name().value()),
                    Said.of(is.permissions(), is.groups().isPresent())));
    wanted
        .roles()
        .forEach(
            is ->
                named.put(new Key(Kind.ROLE, is.name().value()), Said.of(is.permissions(), false)));
    return named;
  }

  private void account(Desired wanted) {
    if (wanted.accountAlias() instanceof Wish.AsItIs) {
      now.alias()
          .filter(alias -> now.marked(now.account(), Mark.alias(alias)))
          .ifPresent(alias -> Planner.removeAlias(steps, alias));
    }
    if (wanted.passwordPolicy() instanceof Wish.AsItIs
        && now.marked(now.account(), Mark.PASSWORDS)) {
      Planner.removePasswordPolicy(steps);
    }
  }

  private void thing(Thing thing, Map<Key, Said> named) {
    Said said = named.get(new Key(thing.kind(), thing.name()));
    Requests asks = new Requests(thing.kind(), thing.name(), references.arn(thing));
    parts(asks, thing, said == null ? Said.NOTHING : said);
    if (said == null && now.marked(thing.id(), Mark.ITSELF)) {
      versions(asks, thing);
      steps.remove(Phase.DELETE, thing.title(), "", asks.delete());
    }
  }

  private void parts(Requests asks, Thing thing, Said said) {
    if (!said.managed()) {
      thing.attached().stream()
          .filter(arn -> now.marked(thing.id(), Mark.attached(arn)))
          .forEach(arn -> holders.detach(asks, arn));
    }
    if (!said.inline()) {
      thing.inline().keySet().stream()
          .filter(name -> now.marked(thing.id(), Mark.inline(name)))
          .forEach(name -> holders.take(asks, name));
    }
    if (!said.groups()) {
      thing
          .groups()
          .forEach(
              (id, name) -> {
                if (now.marked(thing.id(), Mark.group(id))) {
                  Planner.leave(steps, asks, name);
                }
              });
    }
  }

  /// The first version came with the policy, the marked ones by applies.
  private void versions(Requests asks, Thing policy) {
    List<Integer> own =
        policy.versions().stream()
            .filter(number -> number != policy.defaultVersion())
            .filter(number -> number == 1 || now.marked(policy.id(), Mark.version(number)))
            .toList();
    own.forEach(number -> PolicyPlan.dropVersion(steps, asks, Phase.DELETE, number));
  }
}
