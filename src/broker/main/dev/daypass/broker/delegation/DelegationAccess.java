package dev.daypass.broker.delegation;

import static dev.daypass.wire.ErrorCode.NO_SUCH_ENTITY;

import dev.daypass.broker.access.AccessDenied;
import dev.daypass.broker.access.Authorizer;
import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Session;
import dev.daypass.broker.access.Target;
import dev.daypass.policy.Access;
import dev.daypass.policy.Decision;
import dev.daypass.policy.Policies;
import dev.daypass.wire.iam.DelegationRequestId;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.BiPredicate;

/// Who may do what with a request. The caller's policies decide; whoever asked and whoever has
/// taken it on may do some things without being given leave, unless a policy denies it.
///
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies-temporary-delegation.html#temporary-delegation-managing-permissions">Managing
///   permissions for delegation requests</a>
@Singleton
final class DelegationAccess {
  /// Nobody may without leave.
  static final BiPredicate<Delegation, Caller> NOBODY = (_, _) -> false;

  /// Whoever has taken it on may.
  static final BiPredicate<Delegation, Caller> OWNER = Delegation::takenOnBy;

  /// Whoever has taken it on or asked may.
  static final BiPredicate<Delegation, Caller> OWNER_OR_REQUESTOR =
      (delegation, caller) -> delegation.takenOnBy(caller) || delegation.requestor().is(caller);

  private final PostgresDelegations delegations;
  private final Authorizer authorizer;

  DelegationAccess(PostgresDelegations delegations, Authorizer authorizer) {
    this.delegations = delegations;
    this.authorizer = authorizer;
  }

  /// The request, for a caller who may do this to it. One that is no concern of the caller's is not
  /// there, and nobody learns whether a request exists who may not ask.
  Uni<Delegation> require(
      Caller caller,
      DelegationRequestId id,
      String action,
      BiPredicate<Delegation, Caller> withoutLeave) {
    return delegations
        .find(id.value())
        .map(found -> found.filter(delegation -> delegation.concerns(caller)))
        .chain(
            found -> {
              Access access = Authorizer.access(caller, action, target(caller, id, found));
              boolean free =
                  !narrowed(caller)
                      && found.filter(is -> withoutLeave.test(is, caller)).isPresent();
              return authorizer
                  .policiesOf(caller)
                  .invoke(own -> decide(own, caller, access, free))
                  .map(_ -> found.orElseThrow(() -> missing(id)));
            });
  }

  /// Who is narrowed has been left nothing but what narrows it: a delegated session above all,
  /// which has the ARN of somebody else.
  private static boolean narrowed(Caller caller) {
    return caller.session().filter(Session::narrowed).isPresent();
  }

  private static void decide(Policies own, Caller caller, Access access, boolean free) {
    Decision decision = own.decide(access);
    boolean refused = free ? decision instanceof Decision.ExplicitlyDenied : !decision.allowed();
    if (refused) {
      throw new AccessDenied(caller.account(), decision.message(access), own.explain(access));
    }
  }

  private static Target target(
      Caller caller, DelegationRequestId id, Optional<Delegation> delegation) {
    Target target = Target.of(Delegation.arn(caller.account(), id.value()), caller.account());
    return delegation.map(found -> target.with(found.context())).orElse(target);
  }

  static RuntimeException missing(DelegationRequestId id) {
    return NO_SUCH_ENTITY.error("The delegation request with id %s cannot be found.".formatted(id));
  }
}
