package dev.daypass.broker.apply;

import static dev.daypass.wire.ErrorCode.ACCESS_DENIED;
import static dev.daypass.wire.ErrorCode.LIMIT_EXCEEDED;

import dev.daypass.broker.access.AccessDenied;
import dev.daypass.broker.access.Authorizer;
import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Target;
import dev.daypass.broker.audit.Audit;
import dev.daypass.broker.audit.CloudTrail;
import dev.daypass.broker.changes.Writes;
import dev.daypass.broker.database.Database;
import dev.daypass.broker.refusals.Refusals;
import dev.daypass.desired.Desired;
import dev.daypass.wire.ApiError;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/// Makes an account what its files say. The difference becomes the same requests that callers send
/// one by one, done on the same road, in one transaction: all of them, or none.
@Singleton
public final class Apply {
  private static final String READING = "GetAccountAuthorizationDetails";
  private static final int MOST_STEPS = 5_000;

  private final Road road;
  private final Authorizer authorizer;
  private final Database database;
  private final Writes writes;
  private final PostgresInventory inventories;
  private final Audit audit;

  Apply(
      Road road,
      Authorizer authorizer,
      Database database,
      Writes writes,
      PostgresInventory inventories,
      Audit audit) {
    this.road = road;
    this.authorizer = authorizer;
    this.database = database;
    this.writes = writes;
    this.inventories = inventories;
    this.audit = audit;
  }

  /// What is to be done.
  ///
  /// @param prune whether what earlier applies made and the files do not name any more goes
  /// @param rehearsal whether all is done as always, and undone at the end
  public record Order(Desired desired, boolean prune, boolean rehearsal) {}

  /// What was done, or would be.
  ///
  /// @param refusal why a rehearsal could not be done in earnest
  public record Outcome(List<Step> steps, Optional<ApiError> refusal) {}

  /// Applies as a caller, who must be allowed to see what there is, and every single change. Fails
  /// as the first change that is refused, and then nothing has changed.
  public Uni<Outcome> apply(Caller caller, Order order) {
    return mayRead(caller)
        .chain(
            () ->
                writes.write(
                    caller.account(), caller.origin().callId(), () -> inTransaction(caller, order)))
        .onFailure(Undone.class)
        .recoverWithUni(failure -> undone(caller, order, (Undone) failure));
  }

  /// Applies within the transaction that the stream is in, as the root of a new account, who need
  /// not be asked. Fails as the first change that is refused.
  public Uni<Void> within(Caller root, Desired desired) {
    return inTransaction(root, new Order(desired, false, false))
        .onFailure(Undone.class)
        .transform(
            failure ->
                told(((Undone) failure).refused().orElseThrow(), Undone.causeOf((Undone) failure)))
        .replaceWithVoid();
  }

  private Uni<Outcome> inTransaction(Caller caller, Order order) {
    return inventories
        .of(caller.account())
        .chain(
            now -> {
              List<Step> steps = Planner.plan(order.desired(), now, order.prune());
              refuseTooMany(steps);
              return road.of(caller)
                  .chain(taking -> new Taking(database, taking, now).all(caller, steps))
                  .map(_ -> done(order, steps));
            });
  }

  private static Outcome done(Order order, List<Step> steps) {
    if (order.rehearsal()) {
      throw new Undone(steps, Optional.empty(), null);
    }
    return new Outcome(steps, Optional.empty());
  }

  private static void refuseTooMany(List<Step> steps) {
    if (steps.size() > MOST_STEPS) {
      throw LIMIT_EXCEEDED.error(
          "This is %d changes; at most %d can be made at once. Apply the files in parts."
              .formatted(steps.size(), MOST_STEPS));
    }
  }

  /// The transaction is rolled back. A refusal is recorded where it always is.
  private Uni<Outcome> undone(Caller caller, Order order, Undone undone) {
    Optional<Step> refused = undone.refused();
    if (refused.isEmpty()) {
      return Uni.createFrom().item(new Outcome(undone.steps(), Optional.empty()));
    }
    Throwable cause = Undone.causeOf(undone);
    return road.refused(caller, refused.get().request(), cause)
        .map(
            _ -> {
              RuntimeException told = told(refused.get(), cause);
              if (!order.rehearsal()) {
                throw told;
              }
              return new Outcome(
                  undone.steps(), Optional.of(Refusals.of(told, caller.origin().callId())));
            });
  }

  /// A refusal says which change it is about.
  private static RuntimeException told(Step step, Throwable cause) {
    return switch (cause) {
      case ApiError error -> error.code().error("[%s] %s".formatted(step, error.text()));
      case AccessDenied denied -> denied;
      case RuntimeException other -> other;
      default -> new IllegalStateException(cause);
    };
  }

  /// The difference tells what there is, so it is for those who may see that.
  private Uni<Void> mayRead(Caller caller) {
    CloudTrail trail =
        new CloudTrail(caller.origin())
            .event("iam.amazonaws.com", READING, "AwsApiCall")
            .readOnly(true)
            .by(caller);
    return Uni.createFrom()
        .item(caller)
        .invoke(Apply::refuseWithoutMfa)
        .chain(() -> authorizer.require(caller, "iam:" + READING, everything(caller)))
        .onFailure()
        .call(
            failure -> {
              ApiError refusal = Refusals.of(failure, caller.origin().callId());
              return audit.append(trail.error(refusal.code().wireName(), refusal.text()).entry());
            })
        .call(() -> audit.append(trail.entry()));
  }

  private static Target everything(Caller caller) {
    return Target.of("*", caller.account());
  }

  /// A session of a user without a second factor can call nothing of IAM; here it is told why.
  private static void refuseWithoutMfa(Caller caller) {
    if (caller.session().isPresent() && !caller.hasAssumedRole() && caller.mfaAt().isEmpty()) {
      throw ACCESS_DENIED.error("Sign in with a second factor to see or change IAM.");
    }
  }
}
