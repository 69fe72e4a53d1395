package dev.daypass.broker.apply;

import dev.daypass.broker.apply.Inventory.Thing;
import dev.daypass.broker.apply.Step.Marking;
import dev.daypass.broker.apply.Step.Phase;
import dev.daypass.desired.Desired;
import dev.daypass.desired.JsonText;
import dev.daypass.wire.iam.Description;
import dev.daypass.wire.iam.MaxSessionDuration;
import dev.daypass.wire.iam.Path;
import dev.daypass.wire.iam.RoleMessages.CreateRole;
import dev.daypass.wire.iam.RoleMessages.UpdateAssumeRolePolicy;
import dev.daypass.wire.iam.RoleMessages.UpdateRole;
import dev.daypass.wire.iam.RoleName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What differs about roles.
final class RolePlan {
  private final Steps steps;
  private final Holders holders;
  private final References references;
  private final Inventory now;

  RolePlan(Steps steps, Holders holders, References references, Inventory now) {
    this.steps = steps;
    this.holders = holders;
    this.references = references;
    this.now = now;
  }

  void plan(Desired.Role role) {
    Optional<Thing> before = now.find(Kind.ROLE, role.name().value());
    String name = before.map(Thing::name).orElse(role.name().value());
    Requests asks = new Requests(Kind.ROLE, name, "");
    before.ifPresentOrElse(thing -> change(asks, thing, role), () -> create(role));
    holders.permissions(asks, before, role.permissions());
  }

  private void create(Desired.Role role) {
    steps.make(
        Phase.THINGS,
        "role " + role.name(),
        "",
        new CreateRole(
            role.path(),
            role.name(),
            role.trustPolicy(),
            role.description(),
            role.maxSessionDuration(),
            role.boundary().wanted().map(references::policy),
            role.tags().orElse(List.of())),
        Marking.itself(Kind.ROLE, role.name().value()));
  }

  private void change(Requests asks, Thing before, Desired.Role role) {
    PolicyPlan.refuseFixed(before, "path", before.path(), role.path().map(Path::value));
    Optional<Description> description =
        role.description()
            .filter(wanted -> !wanted.value().equals(before.description().orElse("")));
    Optional<MaxSessionDuration> longest =
        role.maxSessionDuration().filter(wanted -> wanted.value() != before.longestSession());
    List<String> differences = new ArrayList<>();
    description.ifPresent(
        wanted ->
            differences.add(
                Holders.changed("description", before.description().orElse(""), wanted)));
    longest.ifPresent(
        wanted -> differences.add("longest session " + before.longestSession() + " -> " + wanted));
    RoleName name = new RoleName(before.name());
    if (!differences.isEmpty()) {
      steps.change(
          Phase.GIVE,
          before.title(),
          String.join(", ", differences),
          new UpdateRole(name, description, longest));
    }
    if (!JsonText.same(before.document(), role.trustPolicy().value())) {
      steps.change(
          Phase.GIVE,
          before.title(),
          "trust policy",
          new UpdateAssumeRolePolicy(name, role.trustPolicy()));
    }
    holders.tags(asks, before, role.tags());
    holders.boundary(asks, before, role.boundary());
  }
}
