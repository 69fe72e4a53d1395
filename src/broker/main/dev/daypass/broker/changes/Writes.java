package dev.daypass.broker.changes;

import dev.daypass.broker.database.Database;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.function.Supplier;

/// Transactions that change what nodes keep in memory.
@Singleton
public final class Writes {
  private final Database database;
  private final Changes changes;

  Writes(Database database, Changes changes) {
    this.database = database;
    this.changes = changes;
  }

  /// Runs `work` in one transaction, one after another with whatever else is written in the same
  /// account: no two can both be the last that fits, or undo what the other did. Before the result
  /// leaves, this node has heard of the change, as the others are about to.
  ///
  /// @param mark unique to the transaction, such as the id of the call
  public <T> Uni<T> write(String account, String mark, Supplier<Uni<T>> work) {
    Uni<Void> heard = changes.heard(mark);
    return database
        .inAccount(account, () -> work.get().call(() -> database.run(Changes.MARK_SQL, mark)))
        .call(() -> heard);
  }
}
