package dev.daypass.broker.samlproviders;

import static dev.daypass.wire.ErrorCode.NO_SUCH_ENTITY;

import dev.daypass.broker.changes.Changes;
import dev.daypass.broker.changes.Kept;
import dev.daypass.broker.database.Database;
import dev.daypass.wire.iam.SamlProviderMessages.ListSAMLProviders;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The SAML providers of every account.
@Singleton
public final class PostgresSamlProviders {
  private static final long MOST_KEPT = 10_000;

  private final Database database;
  private final Kept<AssertingParty> kept;

  PostgresSamlProviders(Database database, Changes changes) {
    this.database = database;
    this.kept =
        new Kept<>(
            changes,
            "saml-provider:",
            MOST_KEPT,
            arn -> read(arn).map(found -> found.map(AssertingParty::of)));
  }

  /// The provider with this ARN as assertions are checked against it, from memory where it is
  /// there.
  public Uni<Optional<AssertingParty>> find(String arn) {
    return kept.find(arn);
  }

  private Uni<Optional<SamlProvider>> read(String arn) {
    return database
        .find(SamlProviderRow.class, "from SamlProviderRow where arn = :arn", Map.of("arn", arn))
        .map(found -> found.map(SamlProviderRow::toProvider));
  }

  /// The account's provider with this ARN, as it is in the database; `NoSuchEntity` where there is
  /// none.
  Uni<SamlProvider> get(String account, String arn) {
    return read(arn)
        .map(found -> found.filter(provider -> provider.account().equals(account)))
        .map(
            found ->
                found.orElseThrow(() -> NO_SUCH_ENTITY.error("Manifest not found for arn " + arn)));
  }

  /// All of an account, without their documents.
  Uni<List<ListSAMLProviders.Entry>> all(String account) {
    return database
        .list(
            Object[].class,
            """
            select arn, validUntil, createdAt from SamlProviderRow where accountId = :account
            order by lower(name)
            """,
            Map.of("account", account),
            Integer.MAX_VALUE)
        .map(
            rows ->
                rows.stream()
                    .map(
                        columns ->
                            new ListSAMLProviders.Entry(
                                (String) columns[0], (Instant) columns[1], (Instant) columns[2]))
                    .toList());
  }

  Uni<Void> add(SamlProvider provider) {
    return database.add(SamlProviderRow.of(provider));
  }

  Uni<Void> update(SamlProvider provider) {
    return database.put(SamlProviderRow.of(provider));
  }

  /// With its private keys.
  Uni<Void> remove(String arn) {
    return database
        .change("delete from SamlProviderRow where arn = :arn", Map.of("arn", arn))
        .replaceWithVoid();
  }
}
