package dev.daypass.broker.servicecredentials;

import static dev.daypass.wire.ErrorCode.NO_SUCH_ENTITY;

import dev.daypass.broker.database.Database;
import dev.daypass.broker.database.Page;
import dev.daypass.wire.Secret;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The service-specific credentials of every account, and hashes of their secrets.
@Singleton
final class PostgresServiceCredentials {
  private final Database database;

  PostgresServiceCredentials(Database database) {
    this.database = database;
  }

  Uni<Void> add(ServiceCredential credential, Secret secret) {
    return database.add(ServiceCredentialRow.of(credential, sha256(secret)));
  }

  private static byte[] sha256(Secret secret) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret.reveal());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  Uni<Optional<ServiceCredential>> find(String userId, String id) {
    return database
        .find(
            ServiceCredentialRow.class,
            "from ServiceCredentialRow where id = :id and userId = :user",
            Map.of("id", id, "user", userId))
        .map(found -> found.map(ServiceCredentialRow::toCredential));
  }

  /// The user's credential with this id; `NoSuchEntity` where there is none.
  Uni<ServiceCredential> get(String userId, String id) {
    return find(userId, id).map(found -> found.orElseThrow(() -> unknown(id)));
  }

  Uni<Long> count(String userId, Service service) {
    return database.count(
        "select count(*) from ServiceCredentialRow where userId = :user and serviceName = :service",
        Map.of("user", userId, "service", service.wireName()));
  }

  /// The logins at a service that begin with `prefix`, whatever its case, in lower case.
  Uni<Set<String>> logins(String account, Service service, String prefix) {
    return database
        .list(
            String.class,
            """
            select lower(login) from ServiceCredentialRow where accountId = :account
            and serviceName = :service and left(lower(login), length(:prefix)) = :prefix
            """,
            Map.of(
                "account",
                account,
                "service",
                service.wireName(),
                "prefix",
                prefix.toLowerCase(Locale.ROOT)),
            Integer.MAX_VALUE)
        .map(HashSet::new);
  }

  /// Credentials by id, of all users and for all services where none is given.
  Uni<Page<ServiceCredential>> page(
      String account, Optional<String> userId, Optional<Service> service, Page.Wanted wanted) {
    return database
        .list(
            ServiceCredentialRow.class,
            """
            from ServiceCredentialRow where accountId = :account and id > :after
            and (:user = '' or userId = :user) and (:service = '' or serviceName = :service)
            order by id
            """,
            Map.of(
                "account",
                account,
                "after",
                wanted.after(),
                "user",
                userId.orElse(""),
                "service",
                service.map(Service::wireName).orElse("")),
            wanted.toFetch())
        .map(rows -> Page.of(rows, wanted, row -> row.id))
        .map(page -> page.map(ServiceCredentialRow::toCredential));
  }

  /// `NoSuchEntity` where the user has no such credential.
  Uni<Void> activate(String userId, String id, boolean active) {
    return database
        .change(
            "update ServiceCredentialRow set active = :active where id = :id and userId = :user",
            Map.of("active", active, "id", id, "user", userId))
        .invoke(changed -> refuseUnlessFound(changed, id))
        .replaceWithVoid();
  }

  /// Gives a credential another secret.
  Uni<Void> reset(String id, Secret secret) {
    return database
        .change(
            "update ServiceCredentialRow set secretSha256 = :hash where id = :id",
            Map.of("hash", sha256(secret), "id", id))
        .replaceWithVoid();
  }

  /// `NoSuchEntity` where the user has no such credential.
  Uni<Void> remove(String userId, String id) {
    return database
        .change(
            "delete from ServiceCredentialRow where id = :id and userId = :user",
            Map.of("id", id, "user", userId))
        .invoke(removed -> refuseUnlessFound(removed, id))
        .replaceWithVoid();
  }

  private static void refuseUnlessFound(int found, String id) {
    if (found == 0) {
      throw unknown(id);
    }
  }

  private static RuntimeException unknown(String id) {
    return NO_SUCH_ENTITY.error("No such credential %s exists".formatted(id));
  }
}
