package dev.daypass.broker.accounts;

import dev.daypass.broker.database.Database;
import dev.daypass.wire.iam.GlobalEndpointTokenVersion;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Accounts, and what they are called.
@Singleton
public final class PostgresAccounts {
  private static final String ACCOUNT = "account";

  private final Database database;

  PostgresAccounts(Database database) {
    this.database = database;
  }

  /// Whether there is this account.
  public Uni<Boolean> exists(String account) {
    return database
        .count("select count(*) from AccountRow where id = :account", Map.of(ACCOUNT, account))
        .map(count -> count > 0);
  }

  /// When the account was made.
  public Uni<Instant> createdAt(String account) {
    return database
        .find(
            Instant.class,
            "select createdAt from AccountRow where id = :account",
            Map.of(ACCOUNT, account))
        .map(Optional::orElseThrow);
  }

  /// The account that was there first, whose administrators look after the installation.
  public Uni<String> first() {
    return database
        .find(String.class, "select id from AccountRow order by createdAt, id", Map.of())
        .map(Optional::orElseThrow);
  }

  Uni<Optional<String>> alias(String account) {
    return database
        .find(
            AccountAliasRow.class,
            "from AccountAliasRow where accountId = :account",
            Map.of(ACCOUNT, account))
        .map(found -> found.map(row -> row.alias));
  }

  /// The account that is called so.
  Uni<Optional<String>> named(String alias) {
    return database
        .find(
            AccountAliasRow.class,
            "from AccountAliasRow where alias = :alias",
            Map.of("alias", alias))
        .map(found -> found.map(row -> row.accountId));
  }

  /// In place of the one there is.
  Uni<Void> call(String account, String alias, Instant now) {
    return database
        .change("delete from AccountAliasRow where accountId = :account", Map.of(ACCOUNT, account))
        .chain(() -> database.add(AccountAliasRow.of(alias, account, now)));
  }

  /// What the account prefers; version 1 where it never said.
  Uni<GlobalEndpointTokenVersion> tokenVersion(String account) {
    return database
        .find(
            TokenPreferenceRow.class,
            "from TokenPreferenceRow where accountId = :account",
            Map.of(ACCOUNT, account))
        .map(
            found ->
                found
                    .map(row -> row.globalEndpointTokenVersion)
                    .orElse(GlobalEndpointTokenVersion.V1));
  }

  Uni<Void> prefer(String account, GlobalEndpointTokenVersion version) {
    return database.put(TokenPreferenceRow.of(account, version));
  }

  /// Says how many were removed: one or none.
  Uni<Integer> remove(String account, String alias) {
    return database.change(
        "delete from AccountAliasRow where accountId = :account and alias = :alias",
        Map.of(ACCOUNT, account, "alias", alias));
  }
}
