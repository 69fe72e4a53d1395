package dev.daypass.policy;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Which services, and which of their actions, permissions policies could give access to, whatever
/// the resource and the conditions: what AWS's last accessed reports go by. A Deny counts where it
/// holds for every request: it names every resource and has no condition.
///
/// Patterns are compared as patterns, and one that is not surely denied is given: a service can be
/// told here that no request would get, never the reverse.
///
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed.html">Last
///   accessed information</a>
public final class ServiceAccess {
  private final List<Statement> allows;
  private final List<Statement> denies;

  private ServiceAccess(List<Statement> allows, List<Statement> denies) {
    this.allows = allows;
    this.denies = denies;
  }

  /// What these policies give together.
  public static ServiceAccess of(List<Policy> policies) {
    return new ServiceAccess(
        statements(policies).filter(statement -> statement.effect() == Effect.ALLOW).toList(),
        statements(policies).filter(ServiceAccess::alwaysDenies).toList());
  }

  /// What one of them gives, beside the others, which may deny it.
  public static ServiceAccess of(Policy one, List<Policy> all) {
    return new ServiceAccess(of(List.of(one)).allows, of(all).denies);
  }

  private static Stream<Statement> statements(List<Policy> policies) {
    return policies.stream().flatMap(policy -> policy.statements().stream());
  }

  private static boolean alwaysDenies(Statement statement) {
    return statement.effect() == Effect.DENY
        && statement.conditions().isEmpty()
        && !statement.resources().negated()
        && statement.resources().entries().stream().anyMatch(ResourcePattern::everything);
  }

  /// The services that the policies name as given or as left out of what is given, in lower case.
  public Set<String> named() {
    Set<String> services = new TreeSet<>();
    for (Statement statement : allows) {
      for (ActionPattern entry : statement.actions().entries()) {
        // A wildcard in a service's name matches nothing.
        if (!entry.everything() && Glob.of(entry.service()).isLiteral()) {
          services.add(entry.service());
        }
      }
    }
    return services;
  }

  /// Whether there is any action of the service that the policies could allow.
  public boolean allowsAnyOf(String service) {
    String folded = service.toLowerCase(Locale.ROOT);
    return allows.stream().flatMap(allow -> given(allow, folded)).anyMatch(this::undenied);
  }

  /// The service's patterns that a statement gives. What NotAction gives has no pattern of its own:
  /// it is the whole service, unless that is what is left out.
  private static Stream<ActionPattern> given(Statement allow, String service) {
    ActionPattern whole = ActionPattern.parse(service + ":*");
    if (allow.actions().negated()) {
      return allow.actions().entries().stream().anyMatch(entry -> covers(entry, whole))
          ? Stream.empty()
          : Stream.of(whole);
    }
    return allow.actions().entries().stream()
        .filter(entry -> entry.everything() || entry.service().equals(service))
        .map(entry -> entry.everything() ? whole : entry);
  }

  private boolean undenied(ActionPattern given) {
    return denies.stream().noneMatch(deny -> covers(deny, given));
  }

  private static boolean covers(Statement deny, ActionPattern given) {
    List<ActionPattern> entries = deny.actions().entries();
    return deny.actions().negated()
        ? entries.stream().noneMatch(entry -> overlaps(entry, given))
        : entries.stream().anyMatch(entry -> covers(entry, given));
  }

  /// A star matches whatever the other pattern stands for, wildcards included. A question mark does
  /// not match a star, and is left out of this.
  private static boolean covers(ActionPattern wide, ActionPattern narrow) {
    return wide.everything()
        || wide.service().equals(narrow.service())
            && (wide.name().indexOf('?') < 0 || narrow.isLiteral())
            && wide.glob().matches(narrow.name());
  }

  /// Taken to be so wherever both are of one service.
  private static boolean overlaps(ActionPattern one, ActionPattern other) {
    return one.everything() || one.service().equals(other.service());
  }

  /// Whether the policies could allow this action, such as `iam:GetUser`.
  public boolean allows(String action) {
    String folded = action.toLowerCase(Locale.ROOT);
    return allows.stream().anyMatch(allow -> speaksOf(allow, folded))
        && denies.stream().noneMatch(deny -> speaksOf(deny, folded));
  }

  private static boolean speaksOf(Statement statement, String action) {
    return statement.actions().negated()
        != statement.actions().entries().stream().anyMatch(entry -> entry.matches(action));
  }
}
