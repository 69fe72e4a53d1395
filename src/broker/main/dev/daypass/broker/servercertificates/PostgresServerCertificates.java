package dev.daypass.broker.servercertificates;

import static dev.daypass.wire.ErrorCode.NO_SUCH_ENTITY;

import dev.daypass.broker.database.Database;
import dev.daypass.broker.database.Page;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The server certificates of every account.
@Singleton
final class PostgresServerCertificates {
  private final Database database;

  PostgresServerCertificates(Database database) {
    this.database = database;
  }

  /// The certificate of this name, whatever its case.
  Uni<Optional<ServerCertificate>> find(String account, String name) {
    return database
        .find(
            ServerCertificateRow.class,
            "from ServerCertificateRow where accountId = :account and lower(name) = :name",
            Map.of("account", account, "name", name.toLowerCase(Locale.ROOT)))
        .map(found -> found.map(ServerCertificateRow::toCertificate));
  }

  /// The certificate of this name; `NoSuchEntity` where there is none.
  Uni<ServerCertificate> get(String account, String name) {
    return find(account, name)
        .map(
            found ->
                found.orElseThrow(
                    () ->
                        NO_SUCH_ENTITY.error(
                            "The Server Certificate with name %s cannot be found."
                                .formatted(name))));
  }

  /// Certificates whose path begins with `prefix`, by name.
  Uni<Page<ServerCertificate>> page(String account, String prefix, Page.Wanted wanted) {
    return database
        .list(
            ServerCertificateRow.class,
            """
            from ServerCertificateRow where accountId = :account and lower(name) > :after
            and left(path, length(:prefix)) = :prefix order by lower(name)
            """,
            Map.of("account", account, "after", wanted.after(), "prefix", prefix),
            wanted.toFetch())
        .map(rows -> Page.of(rows, wanted, row -> row.name.toLowerCase(Locale.ROOT)))
        .map(page -> page.map(ServerCertificateRow::toCertificate));
  }

  Uni<Long> count(String account) {
    return database.count(
        "select count(*) from ServerCertificateRow where accountId = :account",
        Map.of("account", account));
  }

  Uni<Void> add(ServerCertificate certificate) {
    return database.add(ServerCertificateRow.of(certificate));
  }

  /// Gives a certificate another name or path.
  Uni<Void> update(ServerCertificate certificate) {
    return database.put(ServerCertificateRow.of(certificate));
  }

  Uni<Void> remove(String id) {
    return database
        .change("delete from ServerCertificateRow where id = :id", Map.of("id", id))
        .replaceWithVoid();
  }
}
