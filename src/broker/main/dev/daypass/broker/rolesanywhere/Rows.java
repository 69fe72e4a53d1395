package dev.daypass.broker.rolesanywhere;

import dev.daypass.broker.database.Database;
import dev.daypass.broker.database.Page;
import dev.daypass.wire.rolesanywhere.RolesAnywhereError;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The rows of one kind of resource, of every account.
///
/// @param <R> the row
/// @param <T> what it holds
final class Rows<R extends ResourceRow, T> {
  private static final String ACCOUNT = "account";

  private final Database database;
  private final Class<R> type;
  private final Function<R, T> read;
  private final Function<T, R> write;

  Rows(Database database, Class<R> type, Function<R, T> read, Function<T, R> write) {
    this.database = database;
    this.type = type;
    this.read = read;
    this.write = write;
  }

  /// The one of this id, whosesoever it is.
  Uni<Optional<T>> find(String id) {
    return database
        .find(type, "from %s where id = :id".formatted(type.getSimpleName()), Map.of("id", id))
        .map(found -> found.map(read));
  }

  Uni<Optional<T>> find(String account, String id) {
    return database
        .find(
            type,
            "from %s where id = :id and accountId = :account".formatted(type.getSimpleName()),
            Map.of("id", id, ACCOUNT, account))
        .map(found -> found.map(read));
  }

  /// The account's one of this id; `ResourceNotFoundException` where there is none.
  Uni<T> get(String account, String id) {
    return find(account, id).map(found -> found.orElseThrow(Rows::notFound));
  }

  static RuntimeException notFound() {
    return RolesAnywhereError.RESOURCE_NOT_FOUND.error("The resource could not be found.");
  }

  Uni<Page<T>> page(String account, Page.Wanted wanted) {
    return database
        .list(
            type,
            "from %s where accountId = :account and id > :after order by id"
                .formatted(type.getSimpleName()),
            Map.of(ACCOUNT, account, "after", wanted.after()),
            wanted.toFetch())
        .map(rows -> Page.of(rows, wanted, row -> row.id))
        .map(page -> page.map(read));
  }

  Uni<Long> count(String account) {
    return database.count(
        "select count(*) from %s where accountId = :account".formatted(type.getSimpleName()),
        Map.of(ACCOUNT, account));
  }

  /// All whose member has this value.
  Uni<List<T>> all(String member, String value) {
    return database
        .list(
            type,
            "from %s where %s = :value order by id".formatted(type.getSimpleName(), member),
            Map.of("value", value),
            Integer.MAX_VALUE)
        .map(rows -> rows.stream().map(read).toList());
  }

  Uni<Void> add(T resource) {
    return database.add(write.apply(resource));
  }

  Uni<Void> put(T resource) {
    return database.put(write.apply(resource));
  }

  Uni<Void> remove(String id) {
    return database
        .change("delete from %s where id = :id".formatted(type.getSimpleName()), Map.of("id", id))
        .replaceWithVoid();
  }
}
