package dev.daypass.policy;

import dev.daypass.policy.AccessSearch.Found;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Questions about all requests at once: what an edit would newly allow, whether anything can ever
/// be allowed. An answer of *no* is a proof; a *yes* comes with a request that shows it; where
/// neither can be had, it says so.
///
/// The sets are judged for themselves, without the other types of policies around them: a request
/// is allowed by a set when a statement allows it and none denies it.
///
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-custom-policy-checks.html">Custom
///   policy checks</a>
public final class PolicyComparison {
  private static final String MFA = "aws:MultiFactorAuthPresent";
  private static final String MFA_AGE = "aws:MultiFactorAuthAge";
  private static final Policy NOTHING_AT_ALL =
      Policy.parse(
          PolicyType.IDENTITY,
          "nothing",
          """
          {"Version": "2012-10-17", "Statement":
            {"Effect": "Deny", "Action": "*", "Resource": "*"}}
          """);

  private PolicyComparison() {}

  /// The answer to a question about all requests.
  public sealed interface Answer {
    /// There is no such request.
    record No() implements Answer {}

    /// This request is one, by this statement. Whatever it does not mention is absent.
    record Yes(Access example, StatementId by) implements Answer {}

    /// Neither could be shown, in the time that one may take.
    record CannotTell(String why) implements Answer {}
  }

  /// Whether `updated` allows anything that `existing` does not (AWS: CheckNoNewAccess).
  public static Answer newAccess(PolicySet updated, PolicySet existing) {
    Set<String> denied = signatures(updated, Effect.DENY);
    Set<String> granted = signatures(existing, Effect.ALLOW);
    List<Statement> lost =
        existing
            .statements()
            .filter(statement -> statement.effect() == Effect.DENY)
            .filter(statement -> !denied.contains(statement.signature()))
            .toList();
    PolicySet others = existing.keeping(statement -> !denied.contains(statement.signature()));
    return search(
        updated,
        others,
        statement -> !lost.isEmpty() || !granted.contains(statement.signature()),
        List.of(),
        _ -> true);
  }

  /// Whether any request for these actions on these resources can ever be allowed (AWS:
  /// CheckAccessNotGranted asks for the opposite). Fails with [MalformedPolicy] where no policy
  /// could name them so.
  ///
  /// @param action `service:Name`, perhaps with wildcards
  /// @param resource an ARN, perhaps with wildcards, or `*`
  public static Answer grants(PolicySet policies, String action, String resource) {
    Statement scope = scope(action, resource);
    return search(
        policies,
        PolicySet.of(NOTHING_AT_ALL),
        _ -> true,
        List.of(scope),
        access -> scope.match(new Question(access, false)) != PrincipalMatch.NONE);
  }

  private static Statement scope(String action, String resource) {
    String text =
        """
        {"Version": "2012-10-17", "Statement":
          {"Effect": "Allow", "Action": "%s", "Resource": "%s"}}
        """
            .formatted(action.replaceAll("[\"\\\\]", ""), resource.replaceAll("[\"\\\\]", ""));
    return Policy.parse(PolicyType.IDENTITY, "scope", text).statements().getFirst();
  }

  /// Whether the policy of a resource, or of a role, lets in somebody of whom it names neither
  /// account, nor organization, nor network.
  public static Answer publicAccess(PolicySet ofResource) {
    return search(
        ofResource, PolicySet.of(NOTHING_AT_ALL), _ -> true, List.of(), Outsider::couldAsk);
  }

  /// Whether the role with this trust policy can be assumed with credentials that no second factor
  /// was shown for. Federated identities are asked for theirs elsewhere, and do not count.
  public static Answer withoutMfa(PolicySet trust) {
    return search(
        trust,
        PolicySet.of(NOTHING_AT_ALL),
        _ -> true,
        List.of(scope("sts:AssumeRole", "*")),
        access ->
            access.action().equals("sts:assumerole")
                && !(access.principal() instanceof Principal.Service)
                && !(access.principal() instanceof Principal.Federated)
                && access.context().find(MFA_AGE).isEmpty()
                && !access
                    .context()
                    .find(MFA)
                    .equals(Optional.of(new Context.Value.Single("true"))));
  }

  private static Answer search(
      PolicySet policies,
      PolicySet others,
      Predicate<Statement> worthwhile,
      List<Statement> scope,
      Predicate<Access> wanted) {
    List<String> unclear = new ArrayList<>();
    List<Statement> allows =
        policies
            .statements()
            .filter(statement -> statement.effect() == Effect.ALLOW)
            .filter(worthwhile)
            .toList();
    for (Statement allow : allows) {
      switch (new AccessSearch(allow, policies, others, scope, wanted).find()) {
        case Found.Request(var access) -> {
          return new Answer.Yes(access, allow.id());
        }
        case Found.TooMuch(var why) -> unclear.add(why);
        case Found.Nothing() -> {}
      }
    }
    return unclear.isEmpty() ? new Answer.No() : new Answer.CannotTell(unclear.getFirst());
  }

  private static Set<String> signatures(PolicySet set, Effect effect) {
    return set.statements()
        .filter(statement -> statement.effect() == effect)
        .map(Statement::signature)
        .collect(Collectors.toCollection(HashSet::new));
  }
}
