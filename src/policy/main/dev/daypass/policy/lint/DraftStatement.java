package dev.daypass.policy.lint;

import dev.daypass.policy.PolicyType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A statement as it is written.
///
/// @param hasVariables whether the document's version of the language has policy variables
record DraftStatement(
    PolicyType type, boolean hasVariables, Node node, Map<String, Node> elements) {
  DraftStatement(PolicyType type, boolean hasVariables, Node node) {
    this(type, hasVariables, node, node.members());
  }

  Optional<Node> find(String element) {
    return Optional.ofNullable(elements.get(element));
  }

  boolean has(String element) {
    return elements.containsKey(element);
  }

  boolean allows() {
    return find("Effect").flatMap(Node::text).filter("Allow"::equals).isPresent();
  }

  boolean denies() {
    return find("Effect").flatMap(Node::text).filter("Deny"::equals).isPresent();
  }

  /// The strings of an element; what is none is left to [StatementChecks].
  List<Node> strings(String element) {
    return find(element).stream()
        .flatMap(node -> node.entries().stream())
        .filter(entry -> entry.text().isPresent())
        .toList();
  }

  /// The same as plain text.
  List<String> texts(String element) {
    return strings(element).stream().flatMap(node -> node.text().stream()).toList();
  }

  /// The names of one kind in Principal or NotPrincipal.
  List<Node> principals(String kind) {
    return Stream.of("Principal", "NotPrincipal")
        .flatMap(element -> find(element).stream())
        .flatMap(principal -> Optional.ofNullable(principal.members().get(kind)).stream())
        .flatMap(names -> names.entries().stream())
        .filter(name -> name.text().isPresent())
        .toList();
  }

  /// Whether its Action has this one in it, by name or by a pattern.
  boolean names(String action) {
    return texts("Action").stream()
        .anyMatch(pattern -> Wildcards.covers(folded(pattern), folded(action)));
  }

  List<DraftCondition> conditions() {
    List<DraftCondition> conditions = new ArrayList<>();
    find("Condition")
        .ifPresent(
            block ->
                block
                    .members()
                    .forEach(
                        (operator, keys) ->
                            keys.members()
                                .forEach(
                                    (key, values) ->
                                        conditions.add(DraftCondition.of(operator, key, values)))));
    return conditions;
  }

  /// Whether a condition looks at one of these keys; one that ends in a slash or a colon stands for
  /// all that begin with it.
  boolean looksAt(String... keys) {
    return conditions().stream()
        .anyMatch(condition -> Stream.of(keys).anyMatch(condition::isAbout));
  }

  static String folded(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
