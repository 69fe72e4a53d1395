package dev.daypass.broker.logins;

import dev.daypass.broker.database.Database;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;

/// What each account demands of passwords.
@Singleton
final class PostgresPasswordPolicies {
  private static final String ACCOUNT = "account";

  private final Database database;

  PostgresPasswordPolicies(Database database) {
    this.database = database;
  }

  Uni<Optional<PasswordPolicy>> find(String account) {
    return database
        .find(
            PasswordPolicyRow.class,
            "from PasswordPolicyRow where accountId = :account",
            Map.of(ACCOUNT, account))
        .map(found -> found.map(PasswordPolicyRow::toPolicy));
  }

  Uni<Void> put(String account, PasswordPolicy policy) {
    return database.put(PasswordPolicyRow.of(account, policy));
  }

  /// Says how many were removed: one or none.
  Uni<Integer> remove(String account) {
    return database.change(
        "delete from PasswordPolicyRow where accountId = :account", Map.of(ACCOUNT, account));
  }
}
