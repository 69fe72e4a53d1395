package dev.daypass.broker.oidcproviders;

import static dev.daypass.wire.ErrorCode.NO_SUCH_ENTITY;

import dev.daypass.broker.changes.Changes;
import dev.daypass.broker.changes.Kept;
import dev.daypass.broker.database.Database;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The OIDC providers of every account.
@Singleton
public final class PostgresOidcProviders {
  private static final long MOST_KEPT = 10_000;

  private final Database database;
  private final Kept<OidcProvider> kept;

  PostgresOidcProviders(Database database, Changes changes) {
    this.database = database;
    this.kept = new Kept<>(changes, "oidc-provider:", MOST_KEPT, this::read);
  }

  /// The provider with this ARN, from memory where it is there.
  public Uni<Optional<OidcProvider>> find(String arn) {
    return kept.find(arn);
  }

  private Uni<Optional<OidcProvider>> read(String arn) {
    return database
        .find(OidcProviderRow.class, "from OidcProviderRow where arn = :arn", Map.of("arn", arn))
        .map(found -> found.map(OidcProviderRow::toProvider));
  }

  /// The account's provider with this ARN, as it is in the database.
  Uni<Optional<OidcProvider>> stored(String account, String arn) {
    return read(arn).map(found -> found.filter(provider -> provider.account().equals(account)));
  }

  /// The same; `NoSuchEntity` where there is none.
  Uni<OidcProvider> get(String account, String arn) {
    return stored(account, arn)
        .map(
            found ->
                found.orElseThrow(
                    () -> NO_SUCH_ENTITY.error("OpenIDConnect Provider not found for arn " + arn)));
  }

  Uni<List<OidcProvider>> all(String account) {
    return database
        .list(
            OidcProviderRow.class,
            "from OidcProviderRow where accountId = :account order by url",
            Map.of("account", account),
            Integer.MAX_VALUE)
        .map(rows -> rows.stream().map(OidcProviderRow::toProvider).toList());
  }

  Uni<Void> add(OidcProvider provider) {
    return database.add(OidcProviderRow.of(provider));
  }

  Uni<Void> update(OidcProvider provider) {
    return database.put(OidcProviderRow.of(provider));
  }

  Uni<Void> remove(String arn) {
    return database
        .change("delete from OidcProviderRow where arn = :arn", Map.of("arn", arn))
        .replaceWithVoid();
  }
}
