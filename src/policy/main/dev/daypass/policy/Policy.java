package dev.daypass.policy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// A policy, compiled: evaluating it cannot meet an error. Immutable.
public final class Policy {
  private final PolicyType type;
  private final String source;
  private final String text;
  private final Version version;
  private final List<Statement> statements;

  /// The version of the language a document is written in.
  public enum Version {
    /// Without policy variables; also what a document without a version is written in.
    V2008_10_17,
    V2012_10_17
  }

  Policy(PolicyType type, String source, String text, Version version, List<Statement> statements) {
    this.type = type;
    this.source = source;
    this.text = text;
    this.version = version;
    this.statements = List.copyOf(statements);
  }

  /// Compiles a document, or fails with [MalformedPolicy].
  ///
  /// @param source what a decision shall call it: an ARN or a name
  public static Policy parse(PolicyType type, String source, String text) {
    return new PolicyParser(type, source, text).parse();
  }

  public PolicyType type() {
    return type;
  }

  public String source() {
    return source;
  }

  public String text() {
    return text;
  }

  public Version version() {
    return version;
  }

  /// Its size as AWS's quotas count it: in characters, white space left out.
  public int size() {
    return (int) text.chars().filter(c -> !Character.isWhitespace(c)).count();
  }

  /// Whether anything in it allows.
  public boolean allows() {
    return statements.stream().anyMatch(statement -> statement.effect() == Effect.ALLOW);
  }

  /// The users and roles that are named as principals, by ARN.
  public Set<String> principalArns() {
    return statements.stream()
        .flatMap(statement -> statement.principals().arns().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /// The condition keys that it looks at, in conditions and in variables, as it spells them.
  public Set<String> conditionKeys() {
    Set<String> keys = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (Statement statement : statements) {
      for (Condition condition : statement.conditions()) {
        keys.add(condition.name());
        condition.values().forEach(value -> keys.addAll(value.keys()));
      }
      statement.resources().entries().forEach(entry -> keys.addAll(entry.variables()));
    }
    return keys;
  }

  /// The same policy, meaning the users and roles of these ARNs by their unique ids: one that is
  /// made again under the same name is another.
  public Policy withPrincipalIds(Map<String, String> idByArn) {
    List<Statement> byId =
        statements.stream()
            .map(
                statement ->
                    new Statement(
                        statement.id(),
                        statement.effect(),
                        statement.principals().withIds(idByArn),
                        statement.actions(),
                        statement.resources(),
                        statement.conditions()))
            .toList();
    return new Policy(type, source, text, version, byId);
  }

  /// The same policy used as another type, such as a managed policy that narrows a session.
  public Policy as(PolicyType other) {
    return new Policy(other, source, text, version, statements);
  }

  /// The same with only some of its statements.
  Policy keeping(Predicate<Statement> kept) {
    return new Policy(type, source, text, version, statements.stream().filter(kept).toList());
  }

  List<Statement> statements() {
    return statements;
  }
}
