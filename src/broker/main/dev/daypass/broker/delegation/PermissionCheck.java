package dev.daypass.broker.delegation;

import dev.daypass.broker.access.Authorizer;
import dev.daypass.broker.access.Caller;
import dev.daypass.policy.Policies;
import dev.daypass.policy.Policy;
import dev.daypass.policy.PolicyComparison;
import dev.daypass.policy.PolicyComparison.Answer;
import dev.daypass.policy.PolicySet;
import dev.daypass.policy.PolicyType;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/// Whether the caller could do all that is asked for, and so would really delegate it.
@Singleton
final class PermissionCheck {
  /// As AWS names the answers.
  enum Outcome {
    ALLOWED,
    DENIED,
    UNSURE
  }

  private final Authorizer authorizer;
  private final Vertx vertx;

  PermissionCheck(Authorizer authorizer, Vertx vertx) {
    this.authorizer = authorizer;
    this.vertx = vertx;
  }

  /// Comparing may take a while, and holds up no other call.
  Uni<Outcome> of(Caller caller, Delegation delegation) {
    return authorizer
        .policiesOf(caller)
        .chain(
            own ->
                Uni.createFrom()
                    .completionStage(
                        () ->
                            vertx
                                .executeBlocking(() -> compare(delegation, own), false)
                                .toCompletionStage()));
  }

  private static Outcome compare(Delegation delegation, Policies own) {
    PolicySet asked =
        PolicySet.of(
            Policy.parse(PolicyType.SESSION, "delegation request", delegation.asked().policy()));
    List<Answer> answers =
        sets(own).stream().map(set -> PolicyComparison.newAccess(asked, set)).toList();
    if (answers.stream().anyMatch(Answer.Yes.class::isInstance)) {
      return Outcome.DENIED;
    }
    return answers.stream().allMatch(Answer.No.class::isInstance)
        ? Outcome.ALLOWED
        : Outcome.UNSURE;
  }

  /// Everything that must allow what the caller does.
  private static List<PolicySet> sets(Policies own) {
    List<PolicySet> sets = new ArrayList<>(List.of(own.identity()));
    own.boundary().ifPresent(sets::add);
    own.session().ifPresent(sets::add);
    sets.addAll(own.serviceControl());
    return sets;
  }
}
