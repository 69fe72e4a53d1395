package dev.daypass.broker.apply;

import static dev.daypass.wire.ErrorCode.VALIDATION_ERROR;

import dev.daypass.broker.apply.Inventory.Thing;
import dev.daypass.broker.apply.Step.Marking;
import dev.daypass.broker.apply.Step.Phase;
import dev.daypass.broker.database.Quota;
import dev.daypass.desired.Desired;
import dev.daypass.desired.JsonText;
import dev.daypass.wire.iam.PolicyArn;
import dev.daypass.wire.iam.PolicyDescription;
import dev.daypass.wire.iam.PolicyMessages.CreatePolicy;
import dev.daypass.wire.iam.PolicyMessages.CreatePolicyVersion;
import dev.daypass.wire.iam.PolicyMessages.DeletePolicyVersion;
import dev.daypass.wire.iam.PolicyPath;
import dev.daypass.wire.iam.VersionId;
import java.util.List;
import java.util.Optional;

/// What differs about managed policies.
final class PolicyPlan {
  private final Steps steps;
  private final Holders holders;
  private final References references;
  private final Inventory now;

  PolicyPlan(Steps steps, Holders holders, References references, Inventory now) {
    this.steps = steps;
    this.holders = holders;
    this.references = references;
    this.now = now;
  }

  void plan(Desired.Policy policy) {
    now.find(Kind.POLICY, policy.name().value())
        .ifPresentOrElse(before -> change(before, policy), () -> create(policy));
  }

  private void create(Desired.Policy policy) {
    steps.make(
        Phase.POLICIES,
        "policy " + policy.name(),
        "",
        new CreatePolicy(
            policy.name(),
            policy.path(),
            policy.document(),
            policy.description(),
            policy.tags().orElse(List.of())),
        Marking.itself(Kind.POLICY, policy.name().value()));
  }

  private void change(Thing before, Desired.Policy policy) {
    refuseFixed(before, "path", before.path(), policy.path().map(PolicyPath::value));
    refuseFixed(
        before,
        "description",
        before.description().orElse(""),
        policy.description().map(PolicyDescription::value));
    Requests asks = new Requests(Kind.POLICY, before.name(), references.arn(before));
    if (!JsonText.same(before.document(), policy.document().value())) {
      if (before.versions().size() >= Quota.VERSIONS_PER_POLICY.most()) {
        before.versions().stream()
            .filter(number -> number != before.defaultVersion())
            .findFirst()
            .ifPresent(number -> dropVersion(steps, asks, Phase.POLICIES, number));
      }
      // Numbers are never used again, so the next one is past all that were.
      steps.add(
          Phase.POLICIES,
          new Step(
              Step.Sign.CHANGED,
              before.title(),
              "document, in place of version v" + before.defaultVersion(),
              new CreatePolicyVersion(
                  new PolicyArn(asks.arn()), policy.document(), Optional.of(true)),
              Optional.of(Marking.part(Kind.POLICY, before.name(), Mark.version(0)))));
    }
    holders.tags(asks, before, policy.tags());
  }

  static void dropVersion(Steps steps, Requests asks, Phase phase, int number) {
    steps.remove(
        phase,
        Holders.title(asks),
        "version v" + number,
        new DeletePolicyVersion(new PolicyArn(asks.arn()), new VersionId("v" + number)));
  }

  /// What IAM cannot change.
  static void refuseFixed(Thing before, String what, String old, Optional<String> wanted) {
    wanted
        .filter(value -> !value.equals(old))
        .ifPresent(
            value -> {
              throw VALIDATION_ERROR.error(
                  "%s: the %s is fixed when it is made. Delete it first."
                      .formatted(before.title(), Holders.changed(what, old, value)));
            });
  }
}
