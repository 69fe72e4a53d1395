package dev.daypass.broker.apply;

import dev.daypass.broker.apply.Step.Marking;
import dev.daypass.broker.apply.Step.Phase;
import dev.daypass.desired.Desired;
import dev.daypass.desired.JsonText;
import dev.daypass.desired.Wish;
import dev.daypass.wire.iam.PolicyArn;
import dev.daypass.wire.iam.PolicyName;
import dev.daypass.wire.iam.PolicyText;
import dev.daypass.wire.iam.Tag;
import dev.daypass.wire.iam.TagKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// What differs about tags, boundaries and policies, which things of several kinds have.
final class Holders {
  private final Steps steps;
  private final References references;

  Holders(Steps steps, References references) {
    this.steps = steps;
    this.references = references;
  }

  /// @param before what there is; absent for a thing that is about to be made
  void permissions(Requests asks, Optional<Inventory.Thing> before, Desired.Permissions wanted) {
    wanted.managed().ifPresent(managed -> attached(asks, before, managed));
    wanted.inline().ifPresent(inline -> inline(asks, before, inline));
  }

  private void attached(Requests asks, Optional<Inventory.Thing> before, List<String> managed) {
    Collection<String> present = before.map(Inventory.Thing::attached).orElse(List.of());
    Collection<String> wanted = new TreeSet<>();
    managed.forEach(reference -> wanted.add(references.policy(reference).value()));
    for (String arn : present) {
      if (!wanted.contains(arn)) {
        detach(asks, arn);
      }
    }
    for (String arn : wanted) {
      if (!present.contains(arn)) {
        steps.make(
            Phase.GIVE,
            title(asks),
            "managed policy " + arn,
            asks.attach(new PolicyArn(arn)),
            Marking.part(asks.kind(), asks.name(), Mark.attached(arn)));
      }
    }
  }

  void detach(Requests asks, String arn) {
    steps.remove(Phase.TAKE, title(asks), "managed policy " + arn, asks.detach(new PolicyArn(arn)));
  }

  private void inline(
      Requests asks, Optional<Inventory.Thing> before, Map<PolicyName, PolicyText> wanted) {
    Map<String, String> present = before.map(Inventory.Thing::inline).orElse(Map.of());
    for (String name : present.keySet()) {
      if (!wanted.containsKey(new PolicyName(name))) {
        take(asks, name);
      }
    }
    wanted.forEach(
        (name, document) -> {
          String old = present.get(name.value());
          if (old == null) {
            steps.make(
                Phase.GIVE,
                title(asks),
                "inline policy " + name,
                asks.put(name, document),
                Marking.part(asks.kind(), asks.name(), Mark.inline(name.value())));
          } else if (!JsonText.same(old, document.value())) {
            steps.change(
                Phase.GIVE, title(asks), "inline policy " + name, asks.put(name, document));
          }
        });
  }

  void take(Requests asks, String inlinePolicy) {
    steps.remove(
        Phase.TAKE,
        title(asks),
        "inline policy " + inlinePolicy,
        asks.take(new PolicyName(inlinePolicy)));
  }

  void tags(Requests asks, Inventory.Thing before, Optional<List<Tag>> wanted) {
    wanted.ifPresent(tags -> tags(asks, before, tags));
  }

  private void tags(Requests asks, Inventory.Thing before, List<Tag> wanted) {
    List<TagKey> superfluous =
        before.tags().keySet().stream()
            .filter(
                key -> wanted.stream().noneMatch(tag -> tag.key().value().equalsIgnoreCase(key)))
            .map(TagKey::new)
            .toList();
    if (!superfluous.isEmpty()) {
      steps.remove(Phase.TAKE, title(asks), "tags " + superfluous, asks.untag(superfluous));
    }
    List<Tag> different =
        wanted.stream()
            .filter(tag -> !tag.value().value().equals(before.tags().get(tag.key().value())))
            .toList();
    if (!different.isEmpty()) {
      String shown =
          String.join(
              ", ",
              different.stream().map(tag -> tag.key() + " = " + quoted(tag.value())).toList());
      steps.change(Phase.GIVE, title(asks), "tags " + shown, asks.tag(different));
    }
  }

  void boundary(Requests asks, Inventory.Thing before, Wish<String> wanted) {
    switch (wanted) {
      case Wish.AsItIs<String> _ -> {
        // Nothing to say.
      }
      case Wish.None<String> _ -> {
        if (before.boundary().isPresent()) {
          steps.remove(
              Phase.GIVE, title(asks), "boundary " + before.boundary().get(), asks.unbound());
        }
      }
      case Wish.Be<String>(String reference) -> {
        PolicyArn arn = references.policy(reference);
        if (!before.boundary().equals(Optional.of(arn.value()))) {
          steps.change(
              Phase.GIVE,
              title(asks),
              "boundary " + before.boundary().map(old -> old + " -> ").orElse("") + arn,
              asks.bound(arn));
        }
      }
    }
  }

  static String title(Requests asks) {
    return asks.kind().noun() + " " + asks.name();
  }

  static String changed(String what, Object old, Object wanted) {
    return what + " " + quoted(old) + " -> " + quoted(wanted);
  }

  private static String quoted(Object value) {
    return '"' + value.toString() + '"';
  }
}
