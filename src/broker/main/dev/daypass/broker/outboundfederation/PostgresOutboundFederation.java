package dev.daypass.broker.outboundfederation;

import dev.daypass.broker.changes.Changes;
import dev.daypass.broker.changes.Kept;
import dev.daypass.broker.database.Database;
import dev.daypass.broker.publicurl.PublicUrl;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The outbound federation of every account that ever enabled it.
@Singleton
public final class PostgresOutboundFederation {
  private static final long MOST_KEPT = 10_000;

  private final Database database;
  private final String issuers;
  private final Kept<OutboundFederation> byAccount;
  private final Kept<OutboundFederation> byIssuerId;

  PostgresOutboundFederation(Database database, Changes changes, PublicUrl url) {
    this.database = database;
    this.issuers = url.origin() + "/federation/";
    this.byAccount = new Kept<>(changes, "outbound-federation:", MOST_KEPT, this::stored);
    this.byIssuerId = new Kept<>(changes, "outbound-issuer:", MOST_KEPT, this::readIssuer);
  }

  /// The account's, from memory where it is there; absent where it was never enabled.
  public Uni<Optional<OutboundFederation>> find(String account) {
    return byAccount.find(account);
  }

  /// The one whose issuer's URL ends in this id, from memory where it is there. Whoever checks a
  /// token asks, so it does not matter whether it is enabled.
  public Uni<Optional<OutboundFederation>> ofIssuer(UUID id) {
    return byIssuerId.find(id.toString());
  }

  /// Whether a token that names this issuer claims to be one of ours.
  public boolean issues(String issuer) {
    return issuer.startsWith(issuers);
  }

  /// The account's, as it is in the database.
  Uni<Optional<OutboundFederation>> stored(String account) {
    return one("from OutboundFederationRow where accountId = :key", account);
  }

  private Uni<Optional<OutboundFederation>> readIssuer(String id) {
    return one("from OutboundFederationRow where issuerId = :key", UUID.fromString(id));
  }

  private Uni<Optional<OutboundFederation>> one(String query, Object key) {
    return database
        .find(OutboundFederationRow.class, query, Map.of("key", key))
        .map(found -> found.map(this::toFederation));
  }

  private OutboundFederation toFederation(OutboundFederationRow row) {
    return new OutboundFederation(row.accountId, issuers + row.issuerId, row.enabled);
  }

  /// Enables it for the first time, with a new issuer.
  Uni<OutboundFederation> add(String account) {
    OutboundFederationRow row = OutboundFederationRow.of(account, UUID.randomUUID(), true);
    return database.add(row).replaceWith(() -> toFederation(row));
  }

  Uni<Void> enable(String account, boolean enabled) {
    return database
        .change(
            "update OutboundFederationRow set enabled = :enabled where accountId = :account",
            Map.of("enabled", enabled, "account", account))
        .replaceWithVoid();
  }
}
