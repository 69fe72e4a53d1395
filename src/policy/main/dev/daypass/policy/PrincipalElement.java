package dev.daypass.policy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Principal or NotPrincipal.
record PrincipalElement(boolean negated, List<Entry> entries) {
  /// Policies that belong to a principal speak of that principal.
  static final PrincipalElement EVERYONE = new PrincipalElement(false, List.of(new Entry.Anyone()));

  /// A resource policy's statement without either speaks of nobody.
  static final PrincipalElement NOBODY = new PrincipalElement(false, List.of());

  /// One of those who are named.
  sealed interface Entry {
    /// The entry as a policy would have it.
    default String shown() {
      return switch (this) {
        case Anyone _ -> "*";
        case Account(var id) -> id;
        case ByArn(var arn) -> arn;
        case ById(var id) -> id;
        case Service(var name) -> name;
        case Federated(var provider) -> provider;
      };
    }

    /// `*`
    record Anyone() implements Entry {}

    /// An account: its number, or the ARN of its root.
    record Account(String id) implements Entry {}

    /// A user, role or session by ARN.
    record ByArn(String arn) implements Entry {}

    /// A user or role by unique id.
    record ById(String id) implements Entry {}

    record Service(String name) implements Entry {}

    record Federated(String provider) implements Entry {}
  }

  PrincipalElement {
    entries = List.copyOf(entries);
  }

  /// @param spared whether being named by a NotPrincipal spares the principal
  PrincipalMatch match(Principal principal, boolean spared) {
    PrincipalMatch best = PrincipalMatch.NONE;
    for (Entry entry : entries) {
      PrincipalMatch match = match(entry, principal);
      best = match.compareTo(best) > 0 ? match : best;
    }
    if (!negated) {
      return best;
    }
    return best == PrincipalMatch.NONE || !spared ? PrincipalMatch.ANY : PrincipalMatch.NONE;
  }

  private static PrincipalMatch match(Entry entry, Principal principal) {
    return switch (entry) {
      case Entry.Anyone _ -> PrincipalMatch.ANY;
      case Entry.Account(var id) -> account(id, principal);
      case Entry.ByArn(var arn) -> byArn(arn, principal);
      case Entry.ById(var id) -> byId(id, principal);
      case Entry.Service(var name) ->
          direct(principal instanceof Principal.Service(var service) && service.equals(name));
      case Entry.Federated(var provider) -> byProvider(provider, principal);
    };
  }

  private static PrincipalMatch byProvider(String provider, Principal principal) {
    return switch (principal) {
      case Principal.Federated(var from) -> direct(from.equals(provider));
      case Principal.AssumedRole role ->
          viaParent(role.provider().filter(provider::equals).isPresent());
      default -> PrincipalMatch.NONE;
    };
  }

  private static PrincipalMatch account(String id, Principal principal) {
    if (!principal.account().filter(id::equals).isPresent()) {
      return PrincipalMatch.NONE;
    }
    return principal instanceof Principal.Root ? PrincipalMatch.DIRECT : PrincipalMatch.ACCOUNT;
  }

  private static PrincipalMatch byArn(String arn, Principal principal) {
    if (principal.arn().filter(arn::equals).isPresent()) {
      return PrincipalMatch.DIRECT;
    }
    return viaParent(
        switch (principal) {
          case Principal.AssumedRole role -> role.roleArn().equals(arn);
          case Principal.FederatedUser federated -> federated.userArn().equals(arn);
          default -> false;
        });
  }

  private static PrincipalMatch byId(String id, Principal principal) {
    return switch (principal) {
      case Principal.User user -> direct(user.id().equals(id));
      case Principal.AssumedRole role -> viaParent(role.roleId().equals(id));
      case Principal.FederatedUser federated -> viaParent(federated.userId().equals(id));
      default -> PrincipalMatch.NONE;
    };
  }

  private static PrincipalMatch direct(boolean matches) {
    return matches ? PrincipalMatch.DIRECT : PrincipalMatch.NONE;
  }

  private static PrincipalMatch viaParent(boolean matches) {
    return matches ? PrincipalMatch.VIA_PARENT : PrincipalMatch.NONE;
  }

  /// The ARNs of the users and roles that are named.
  Set<String> arns() {
    return entries.stream()
        .filter(Entry.ByArn.class::isInstance)
        .map(entry -> ((Entry.ByArn) entry).arn())
        .filter(arn -> arn.contains(":user/") || arn.contains(":role/"))
        .collect(Collectors.toSet());
  }

  PrincipalElement withIds(Map<String, String> idByArn) {
    return new PrincipalElement(
        negated,
        entries.stream()
            .map(
                entry ->
                    entry instanceof Entry.ByArn(var arn) && idByArn.containsKey(arn)
                        ? new Entry.ById(idByArn.getOrDefault(arn, ""))
                        : entry)
            .toList());
  }
}
