package dev.daypass.broker.signingcertificates;

import static dev.daypass.wire.ErrorCode.NO_SUCH_ENTITY;

import dev.daypass.broker.database.Database;
import dev.daypass.broker.database.Page;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The signing certificates of every account.
@Singleton
public final class PostgresSigningCertificates {
  private final Database database;

  PostgresSigningCertificates(Database database) {
    this.database = database;
  }

  /// @param sha256 of the certificate's DER form
  Uni<Void> add(SigningCertificate certificate, byte[] sha256) {
    return database.add(SigningCertificateRow.of(certificate, sha256));
  }

  /// Whether a user of the account has the certificate.
  Uni<Boolean> taken(String account, byte[] sha256) {
    return database
        .count(
            "select count(*) from SigningCertificateRow where accountId = :account and sha256 = :hash",
            Map.of("account", account, "hash", sha256))
        .map(found -> found > 0);
  }

  Uni<Long> count(String userId) {
    return database.count(
        "select count(*) from SigningCertificateRow where userId = :user", Map.of("user", userId));
  }

  /// By id.
  Uni<Page<SigningCertificate>> page(String userId, Page.Wanted wanted) {
    return database
        .list(
            SigningCertificateRow.class,
            "from SigningCertificateRow where userId = :user and id > :after order by id",
            Map.of("user", userId, "after", wanted.after()),
            wanted.toFetch())
        .map(rows -> Page.of(rows, wanted, row -> row.id))
        .map(page -> page.map(SigningCertificateRow::toCertificate));
  }

  /// The certificates of many users, by user, oldest first.
  public Uni<Map<String, List<SigningCertificate>>> ofAll(List<String> userIds) {
    return database
        .list(
            SigningCertificateRow.class,
            "from SigningCertificateRow where userId in :users order by uploadedAt, id",
            Map.of("users", userIds),
            Integer.MAX_VALUE)
        .map(
            rows ->
                rows.stream()
                    .map(SigningCertificateRow::toCertificate)
                    .collect(Collectors.groupingBy(SigningCertificate::userId)));
  }

  /// `NoSuchEntity` where the user has no such certificate.
  Uni<Void> activate(String userId, String id, boolean active) {
    return database
        .change(
            "update SigningCertificateRow set active = :active where id = :id and userId = :user",
            Map.of("active", active, "id", id, "user", userId))
        .invoke(changed -> refuseUnlessFound(changed, id))
        .replaceWithVoid();
  }

  /// `NoSuchEntity` where the user has no such certificate.
  Uni<Void> remove(String userId, String id) {
    return database
        .change(
            "delete from SigningCertificateRow where id = :id and userId = :user",
            Map.of("id", id, "user", userId))
        .invoke(removed -> refuseUnlessFound(removed, id))
        .replaceWithVoid();
  }

  private static void refuseUnlessFound(int found, String id) {
    if (found == 0) {
      throw NO_SUCH_ENTITY.error("The Certificate with id %s cannot be found.".formatted(id));
    }
  }
}
