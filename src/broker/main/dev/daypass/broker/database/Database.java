package dev.daypass.broker.database;

import io.smallrye.mutiny.CompositeException;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.reactive.mutiny.Mutiny;

/// Queries and rows. What is called within [#inTransaction] joins that transaction.
@Singleton
public final class Database {
  /// Not the strongest lock, so that rows that refer to the account can be added meanwhile.
  private static final String LOCK_ACCOUNT =
      "select id from account where id = ?1 for no key update";

  private final Mutiny.SessionFactory sessions;

  Database(Mutiny.SessionFactory sessions) {
    this.sessions = sessions;
  }

  /// Runs `work` in one transaction: all of it lasts, or, where it fails, none. Fails with
  /// [Conflict] where a simultaneous change stands against it.
  public <T> Uni<T> inTransaction(Supplier<Uni<T>> work) {
    return sessions.withTransaction(_ -> work.get()).onFailure().transform(Database::told);
  }

  /// A failure within a transaction as it is told outside: what a simultaneous change stands
  /// against is a [Conflict]. That the rollback failed after it changes nothing: PostgreSQL rolls
  /// back what loses its connection.
  public static Throwable told(Throwable failure) {
    return switch (failure) {
      case CompositeException both -> told(both.getCauses().getFirst());
      case ConstraintViolationException stands -> new Conflict(stands);
      default -> failure;
    };
  }

  /// Runs `work` as [#inTransaction], one after another with whatever else is written in the same
  /// account: what it counts and reads does not change until it is done. Reads go on meanwhile.
  public <T> Uni<T> inAccount(String account, Supplier<Uni<T>> work) {
    return inTransaction(() -> run(LOCK_ACCOUNT, account).chain(() -> work.get()));
  }

  /// The one row that matches.
  public <T> Uni<Optional<T>> find(Class<T> type, String query, Map<String, ?> parameters) {
    return list(type, query, parameters, 1).map(rows -> rows.stream().findFirst());
  }

  /// The rows that match, in the query's order.
  public <T> Uni<List<T>> list(Class<T> type, String query, Map<String, ?> parameters, int most) {
    return sessions.withSession(
        session -> {
          var selection = session.createQuery(query, type).setMaxResults(most);
          parameters.forEach(selection::setParameter);
          return selection.getResultList();
        });
  }

  /// How many rows match a `select count(…)`.
  public Uni<Long> count(String query, Map<String, ?> parameters) {
    return find(Long.class, query, parameters).map(found -> found.orElse(0L));
  }

  /// Adds a row, and finds out at once whether it can be there.
  public Uni<Void> add(Object row) {
    return sessions.withSession(session -> session.persist(row).chain(session::flush));
  }

  /// Adds or replaces rows of the same keys.
  public Uni<Void> put(Object... rows) {
    return sessions.withSession(
        session -> {
          Uni<Void> done = Uni.createFrom().voidItem();
          for (Object row : rows) {
            done = done.chain(() -> session.merge(row)).replaceWithVoid();
          }
          return done.chain(session::flush);
        });
  }

  /// Runs an update or a delete and says how many rows it changed.
  public Uni<Integer> change(String statement, Map<String, ?> parameters) {
    return sessions.withSession(
        session -> {
          var mutation = session.createMutationQuery(statement);
          parameters.forEach(mutation::setParameter);
          return mutation.executeUpdate();
        });
  }

  /// Runs SQL that HQL cannot say, in the transaction.
  public Uni<Void> run(String sql, String parameter) {
    return sessions
        .withSession(
            session ->
                session
                    .createNativeQuery(sql, Object.class)
                    .setParameter(1, parameter)
                    .getResultList())
        .replaceWithVoid();
  }

  /// Sends what waits to be written, and forgets every row read so far: the next deed of the
  /// transaction sees what the one before left, as a transaction of its own would.
  public Uni<Void> forget() {
    return sessions.withSession(session -> session.flush().invoke(session::clear));
  }
}
