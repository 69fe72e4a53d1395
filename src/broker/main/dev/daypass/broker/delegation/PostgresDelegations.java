package dev.daypass.broker.delegation;

import static dev.daypass.wire.ErrorCode.CONCURRENT_MODIFICATION;

import dev.daypass.broker.database.Database;
import dev.daypass.broker.database.Page;
import dev.daypass.broker.database.Quota;
import dev.daypass.wire.iam.DelegationNotes;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The requests of every account. A request moves on by one statement that names the states it may
/// move from: of two that move it at once, one does.
@Singleton
public final class PostgresDelegations {
  /// How long what is over is still told.
  private static final Duration REMEMBERED = Duration.ofDays(90);

  private static final String ACCOUNT = "account";

  private final Database database;

  PostgresDelegations(Database database) {
    this.database = database;
  }

  public Uni<Optional<Delegation>> find(String id) {
    return database
        .find(DelegationRow.class, "from DelegationRow where id = :id", Map.of("id", id))
        .map(found -> found.map(DelegationRow::toDelegation));
  }

  /// Whether the account has used this workflow id.
  Uni<Boolean> used(String account, String workflowId) {
    return database
        .count(
            "select count(*) from DelegationRow"
                + " where requestorAccount = :account and workflowId = :workflow",
            Map.of(ACCOUNT, account, "workflow", workflowId))
        .map(count -> count > 0);
  }

  /// Adds one, where the account has not too many open; forgets those that were over long ago.
  Uni<Void> add(Delegation delegation) {
    String account = delegation.requestor().account();
    return database
        .change(
            "delete from DelegationRow where requestorAccount = :account and expiresAt < :before",
            Map.of(ACCOUNT, account, "before", delegation.createdAt().minus(REMEMBERED)))
        .chain(() -> open(account, delegation.createdAt()))
        .invoke(open -> Quota.OPEN_DELEGATION_REQUESTS.check(open + 1))
        .chain(() -> database.add(DelegationRow.of(delegation)));
  }

  private Uni<Long> open(String account, Instant now) {
    return database.count(
        "select count(*) from DelegationRow where requestorAccount = :account and expiresAt > :now",
        Map.of(ACCOUNT, account, "now", now));
  }

  /// Those of an account that somebody has taken on, by id.
  Uni<Page<Delegation>> page(String account, Optional<String> owner, Page.Wanted wanted) {
    Map<String, Object> parameters =
        new HashMap<>(Map.of(ACCOUNT, account, "after", wanted.after()));
    owner.ifPresent(arn -> parameters.put("owner", arn));
    return database
        .list(
            DelegationRow.class,
            "from DelegationRow where ownerAccount = :account and ownerArn is not null"
                + " and id > :after"
                + (owner.isPresent() ? " and ownerArn = :owner" : "")
                + " order by id",
            parameters,
            wanted.toFetch())
        .map(
            rows ->
                Page.of(
                    rows.stream().map(DelegationRow::toDelegation).toList(),
                    wanted,
                    Delegation::id));
  }

  private static Duration patience(DelegationState state) {
    return state == DelegationState.ACCEPTED ? Delegation.UNSENT : Delegation.LEFT_ALONE;
  }

  /// A step: what changes, beside the state.
  ///
  /// @param changes assignments of columns, as HQL
  record Step(
      DelegationState to, Set<DelegationState> from, String changes, Map<String, ?> parameters) {
    static Step to(DelegationState to, DelegationState... from) {
      return new Step(to, Set.of(from), "", Map.of());
    }

    /// Keeps a note in a column, where there is one.
    Step noting(String column, Optional<DelegationNotes> note) {
      return note.map(is -> setting(column + " = :note", Map.of("note", is.value()))).orElse(this);
    }

    Step setting(String newChanges, Map<String, ?> newParameters) {
      return new Step(to, from, ", " + newChanges, newParameters);
    }
  }

  /// Moves a request on; `ConcurrentModification` where it has moved on in the meantime.
  Uni<Void> move(Delegation delegation, Step step, Instant now) {
    Map<String, Object> parameters = new HashMap<>(step.parameters());
    parameters.put("id", delegation.id());
    parameters.put("to", step.to().name());
    parameters.put("from", step.from().stream().map(Enum::name).toList());
    parameters.put("now", now);
    parameters.put("expires", now.plus(patience(step.to())));
    return database
        .change(
            "update DelegationRow set state = :to, updatedAt = :now, expiresAt = :expires"
                + step.changes()
                + " where id = :id and state in :from and expiresAt > :now",
            parameters)
        .invoke(
            moved -> {
              if (moved == 0) {
                throw CONCURRENT_MODIFICATION.error(
                    "The delegation request was changed by somebody else.");
              }
            })
        .replaceWithVoid();
  }
}
