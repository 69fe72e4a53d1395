package dev.daypass.broker.passkeys;

import dev.daypass.broker.database.Database;
import dev.daypass.broker.digests.Base64Url;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The keys behind FIDO devices. Whose they are, the devices say; with a device its key goes.
@Singleton
final class PostgresPasskeys {
  private final Database database;

  PostgresPasskeys(Database database) {
    this.database = database;
  }

  Uni<Optional<Passkey>> find(String credentialId) {
    return database
        .find(
            PasskeyRow.class,
            "from PasskeyRow where credentialId = :id",
            Map.of("id", Base64Url.decode(credentialId)))
        .map(found -> found.map(PasskeyRow::toPasskey));
  }

  Uni<List<Passkey>> of(String userId) {
    return database
        .list(
            PasskeyRow.class,
            """
            from PasskeyRow where serialNumber in
            (select d.serialNumber from DeviceRow d where d.userId = :user) order by serialNumber
            """,
            Map.of("user", userId),
            Integer.MAX_VALUE)
        .map(rows -> rows.stream().map(PasskeyRow::toPasskey).toList());
  }

  Uni<Void> add(Passkey passkey) {
    return database.add(PasskeyRow.of(passkey));
  }

  /// Notes a use, on whatever node and however many do: the count only moves forward, unless the
  /// authenticator keeps none. Says whether it did, and the key is still there.
  Uni<Boolean> use(String serialNumber, long signCount, boolean backedUp, Instant now) {
    return database
        .inTransaction(
            () ->
                database.change(
                    """
                    update PasskeyRow set signCount = :count, backedUp = :backedUp, lastUsedAt = :now
                    where serialNumber = :serial
                    and (signCount < :count or (signCount = 0 and :count = 0))
                    """,
                    Map.of(
                        "count", signCount,
                        "backedUp", backedUp,
                        "now", now,
                        "serial", serialNumber)))
        .map(used -> used == 1);
  }
}
