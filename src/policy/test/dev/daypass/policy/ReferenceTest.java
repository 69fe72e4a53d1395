package dev.daypass.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The evaluator against the rules written down a second time, and against laws that need no second
/// opinion, over generated policies and requests.
class ReferenceTest {
  private static final int ROUNDS = 30_000;

  private static String decided(Policies policies, Access access) {
    Decision decision = policies.decide(access);
    return switch (decision) {
      case Decision.Allowed _ -> decision.name();
      case Decision.ExplicitlyDenied(var in, _) -> decision.name() + " " + in;
      case Decision.ImplicitlyDenied(var missing) -> decision.name() + " " + missing;
    };
  }

  private static String shown(Policies policies, Access access) {
    StringBuilder shown = new StringBuilder(access + "\n" + access.context().all() + "\n");
    policies
        .sets()
        .flatMap(set -> set.policies().stream())
        .forEach(
            policy -> shown.append(policy.type()).append(' ').append(policy.text()).append('\n'));
    return shown.toString();
  }

  @Test
  void the_evaluator_decides_as_the_rules_do() throws Exception {
    Generated generated = new Generated(new Random(1));
    int allowed = 0;
    for (int i = 0; i < ROUNDS; i++) {
      Policies policies = generated.policies();
      Access access = generated.access();

      String decision = decided(policies, access);

      assertThat(decision)
          .as(() -> shown(policies, access))
          .isEqualTo(new Reference(policies, access).decide());
      allowed += decision.equals("allowed") ? 1 : 0;
    }
    assertThat(allowed).as("enough of both kinds").isBetween(ROUNDS / 20, ROUNDS / 2);
  }

  @Test
  void one_more_deny_never_allows_more_and_one_more_allow_never_denies_more() {
    Generated generated = new Generated(new Random(2));
    for (int i = 0; i < ROUNDS / 3; i++) {
      Policies policies = generated.policies();
      Access access = generated.access();
      boolean before = policies.decide(access).allowed();

      assertThat(generated.plus(policies, "Deny").decide(access).allowed() && !before)
          .as(() -> shown(policies, access))
          .isFalse();
      assertThat(before && !generated.plus(policies, "Allow").decide(access).allowed())
          .as(() -> shown(policies, access))
          .isFalse();
    }
  }

  @Test
  void the_order_of_policies_decides_nothing() {
    Generated generated = new Generated(new Random(3));
    for (int i = 0; i < ROUNDS / 3; i++) {
      Policies policies = generated.policies();
      Access access = generated.access();
      List<Policy> reversed = new ArrayList<>(policies.identity().policies()).reversed();
      Policies turned =
          new Policies(
              PolicySet.of(reversed),
              policies.boundary(),
              policies.session(),
              policies.resource(),
              policies.serviceControl(),
              policies.resourceControl());

      assertThat(decided(turned, access)).isEqualTo(decided(policies, access));
    }
  }

  @Test
  void an_explanation_tells_the_decision_and_its_changes_turn_it() {
    Generated generated = new Generated(new Random(4));
    for (int i = 0; i < ROUNDS / 30; i++) {
      Policies policies = generated.policies();
      Access access = generated.access();

      Explanation explanation = policies.explain(access);

      assertThat(explanation.decision()).isEqualTo(policies.decide(access));
      assertThat(explanation.toJson()).contains(explanation.decision().name());
      assertThat(explanation.toText()).isNotBlank();
      boolean denied =
          explanation.layers().stream()
              .anyMatch(layer -> layer.outcome() == Explanation.Outcome.DENIES);
      assertThat(explanation.decision() instanceof Decision.ExplicitlyDenied).isEqualTo(denied);
      if (!explanation.decision().allowed()) {
        assertThat(explanation.changes()).as(() -> shown(policies, access)).isNotEmpty();
      }
    }
  }

  @Test
  void wildcards_match_as_the_book_says() {
    Random random = new Random(5);
    for (int i = 0; i < ROUNDS * 3; i++) {
      String pattern = text(random, "ab*?", 10);
      String text = text(random, "ab", 12);

      assertThat(Glob.of(pattern).matches(text))
          .as("%s on %s", pattern, text)
          .isEqualTo(Reference.glob(pattern, text));
      assertThat(Glob.of(pattern).matches("x" + text + "yz", 1, text.length() + 1))
          .isEqualTo(Reference.glob(pattern, text));
    }
  }

  private static String text(Random random, String letters, int longest) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(longest); i > 0; i--) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }

  /// Whatever the bytes, a document is compiled or refused, at once.
  @Test
  void a_disturbed_document_is_compiled_or_refused() {
    Random random = new Random(6);
    Generated generated = new Generated(random);
    for (int i = 0; i < ROUNDS; i++) {
      StringBuilder text = new StringBuilder(generated.document(PolicyType.RESOURCE));
      for (int j = random.nextInt(4); j >= 0; j--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.deleteCharAt(at);
          case 1 -> text.insert(at, "\"{}[]:,*?$\\\u0000\ud800é0e-".charAt(random.nextInt(17)));
          default -> text.setCharAt(at, (char) random.nextInt(256));
        }
      }
      try {
        Policy policy = Policy.parse(PolicyType.RESOURCE, "disturbed", text.toString());
        Policies.identity(List.of()).on(policy).decide(generated.access());
      } catch (MalformedPolicy refused) {
        assertThat(refused.position().line()).isPositive();
      }
    }
  }
}
