package dev.daypass.policy;

import java.util.List;
import java.util.Optional;

/// The full account of a decision: what each policy and statement had to say and why, and what
/// would have turned the answer. Told by the same code that decides, so that it cannot tell
/// otherwise.
///
/// @param layers in the order in which they are heard
/// @param changes what would turn a refusal into an allowance, smallest first; empty where it is
///   allowed, or where nothing was found
public record Explanation(
    Access access, Decision decision, List<Layer> layers, List<Change> changes) {
  public Explanation {
    layers = List.copyOf(layers);
    changes = List.copyOf(changes);
  }

  /// Policies that have their say together.
  ///
  /// @param level for control policies, counted from 1 at the root of the organization; else 0
  public record Layer(PolicyType type, int level, Outcome outcome, List<Told> statements) {
    public Layer {
      statements = List.copyOf(statements);
    }

    private Layer brief() {
      return new Layer(type, level, outcome, statements.stream().filter(Told::concerns).toList());
    }
  }

  /// What a layer says.
  public enum Outcome {
    DENIES,
    ALLOWS,
    SAYS_NOTHING
  }

  /// One statement's account.
  ///
  /// @param matched whether its effect applies
  /// @param principal absent in policies that name none
  public record Told(
      StatementId id,
      Effect effect,
      boolean matched,
      Optional<Element> principal,
      Element action,
      Element resource,
      List<ConditionTold> conditions) {
    public Told {
      conditions = List.copyOf(conditions);
    }

    /// Whether it speaks of this action on this resource by this principal, conditions aside.
    public boolean concerns() {
      return action.matched() && resource.matched() && principal.map(Element::matched).orElse(true);
    }

    /// The conditions that kept it from matching.
    public List<ConditionTold> failed() {
      return conditions.stream().filter(condition -> !condition.outcome().holds()).toList();
    }
  }

  /// Principal, Action or Resource, or its negation.
  ///
  /// @param name such as `NotAction`
  /// @param wanted what the policy says; empty where a resource policy means its own resource
  public record Element(String name, boolean matched, List<String> wanted) {
    public Element {
      wanted = List.copyOf(wanted);
    }
  }

  /// One condition's account.
  ///
  /// @param operator as policies spell it
  /// @param key as the policy spells it
  /// @param wanted the policy's values, variables replaced where they have a value
  /// @param seen what the request has; absent where it has not got the key
  public record ConditionTold(
      String operator,
      String key,
      List<String> wanted,
      Optional<List<String>> seen,
      ConditionOutcome outcome) {
    public ConditionTold {
      wanted = List.copyOf(wanted);
      seen = seen.map(List::copyOf);
    }
  }

  /// Something that would have to be otherwise.
  public sealed interface Change {
    /// The request would have to come with these, all of them.
    record Request(List<KeyValue> keys) implements Change {
      public Request {
        keys = List.copyOf(keys);
      }
    }

    /// The policies would have to be changed in all of these ways.
    record OfPolicies(List<Edit> edits) implements Change {
      public OfPolicies {
        edits = List.copyOf(edits);
      }
    }
  }

  /// A condition key as it would have to be.
  ///
  /// @param value absent where the key would have to be
  public record KeyValue(String key, Optional<String> value) {}

  /// A change to policies.
  public sealed interface Edit {
    /// This statement would have to go, or not to match.
    record RemoveDeny(PolicyType type, StatementId statement) implements Edit {}

    /// A policy of this type would have to allow the action on the resource.
    record AddAllow(PolicyType type) implements Edit {}
  }

  /// The same, of those statements only that speak of the request, conditions aside.
  public Explanation brief() {
    return new Explanation(access, decision, layers.stream().map(Layer::brief).toList(), changes);
  }

  /// The account as text for people, of several lines.
  public String toText() {
    return new ExplanationText(this).render();
  }

  /// The account as a JSON object.
  public String toJson() {
    return new ExplanationJson(this).render();
  }
}
