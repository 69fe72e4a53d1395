package dev.daypass.broker.samlproviders;

import static dev.daypass.wire.ErrorCode.LIMIT_EXCEEDED;
import static dev.daypass.wire.ErrorCode.NO_SUCH_ENTITY;

import dev.daypass.broker.database.Database;
import dev.daypass.broker.sealing.SealedColumn;
import dev.daypass.broker.sealing.Sealer;
import dev.daypass.wire.Base32;
import dev.daypass.wire.Secret;
import dev.daypass.wire.iam.SamlProviderMessages.GetSAMLProvider;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// The private keys that the assertions of SAML providers are decrypted with, sealed. A provider
/// has two at most.
@Singleton
public final class PrivateKeys {
  private static final int MOST = 2;
  private static final int ID_BYTES = 16;

  private final Database database;
  private final Sealer sealer;
  private final SecureRandom random;

  PrivateKeys(Database database, Sealer sealer, SecureRandom random) {
    this.database = database;
    this.sealer = sealer;
    this.random = random;
  }

  /// A random id of 128 bits, in AWS's form of it.
  String newId() {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    return Base32.encode(id);
  }

  /// The keys of the provider with this ARN, PKCS #8, the newest first: an assertion is tried with
  /// each.
  public Uni<List<Secret>> of(String arn) {
    return rows(arn)
        .map(
            rows ->
                rows.reversed().stream()
                    .map(
                        row ->
                            sealer.open(row.sealedKey, SealedColumn.SAML_PRIVATE_KEY.owner(row.id)))
                    .toList());
  }

  Uni<List<GetSAMLProvider.PrivateKey>> list(String arn) {
    return rows(arn)
        .map(
            rows ->
                rows.stream()
                    .map(row -> new GetSAMLProvider.PrivateKey(row.id, row.addedAt))
                    .toList());
  }

  private Uni<List<SamlPrivateKeyRow>> rows(String arn) {
    return database.list(
        SamlPrivateKeyRow.class,
        "from SamlPrivateKeyRow where providerArn = :arn order by addedAt, id",
        Map.of("arn", arn),
        MOST);
  }

  Uni<Void> add(String arn, Secret pkcs8, Instant now) {
    return rows(arn).map(rows -> row(arn, freeSlot(rows), pkcs8, now)).chain(database::add);
  }

  private static int freeSlot(List<SamlPrivateKeyRow> taken) {
    return IntStream.rangeClosed(1, MOST)
        .filter(slot -> taken.stream().noneMatch(row -> row.slot == slot))
        .findFirst()
        .orElseThrow(() -> LIMIT_EXCEEDED.error("Private key limit of 2 is reached."));
  }

  private SamlPrivateKeyRow row(String arn, int slot, Secret pkcs8, Instant now) {
    SamlPrivateKeyRow row = new SamlPrivateKeyRow();
    row.id = newId();
    row.providerArn = arn;
    row.slot = slot;
    row.sealedKey = sealer.seal(pkcs8, SealedColumn.SAML_PRIVATE_KEY.owner(row.id));
    row.addedAt = now;
    return row;
  }

  /// `NoSuchEntity` where the provider has no such key.
  Uni<Void> remove(String arn, String id) {
    return database
        .change(
            "delete from SamlPrivateKeyRow where providerArn = :arn and id = :id",
            Map.of("arn", arn, "id", id))
        .invoke(
            removed -> {
              if (removed == 0) {
                throw NO_SUCH_ENTITY.error(
                    "Failed to remove private key because the Key ID does not match a private key.");
              }
            })
        .replaceWithVoid();
  }
}
