package dev.daypass.broker.accounts;

import dev.daypass.broker.database.Database;
import dev.daypass.wire.iam.GlobalEndpointTokenVersion;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Accounts, and what they are called.
@Singleton
public final class PostgresAccounts {
  private static final String ACCOUNT = "account";

  private final Database database;

  PostgresAccounts(Database database) {
    this.database = database;
  }

  /// The account of this number.
  public Uni<Optional<Account>> find(String id) {
    return database
        .find(AccountRow.class, "from AccountRow where id = :account", Map.of(ACCOUNT, id))
        .map(found -> found.map(AccountRow::toAccount));
  }

  /// Accounts by their numbers.
  public Uni<Map<String, Account>> byIds(List<String> ids) {
    return database
        .list(
            AccountRow.class,
            "from AccountRow where id in :ids",
            Map.of("ids", ids),
            ids.size() + 1)
        .map(rows -> rows.stream().collect(Collectors.toMap(row -> row.id, AccountRow::toAccount)));
  }

  /// Whether an account has this owner, without regard to case.
  public Uni<Boolean> isOwned(String email) {
    return database
        .count(
            "select count(*) from AccountRow where lower(email) = :email",
            Map.of("email", email.toLowerCase(Locale.ROOT)))
        .map(count -> count > 0);
  }

  /// Whether there is any.
  public Uni<Boolean> any() {
    return database.count("select count(*) from AccountRow", Map.of()).map(count -> count > 0);
  }

  public Uni<Void> add(Account account) {
    return database.add(AccountRow.of(account));
  }

  /// Closes an account, for good. Says how many there were to close: one or none.
  public Uni<Integer> close(String id, Instant now) {
    return database.change(
        "update AccountRow set closedAt = :now where id = :account and closedAt is null",
        Map.of("now", now, ACCOUNT, id));
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
  public Uni<Optional<String>> named(String alias) {
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
