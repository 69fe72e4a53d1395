package dev.daypass.broker.mfa;

import dev.daypass.broker.database.Database;
import dev.daypass.broker.database.Page;
import dev.daypass.broker.sealing.SealedColumn;
import dev.daypass.broker.sealing.Sealer;
import dev.daypass.wire.Secret;
import dev.daypass.wire.iam.AssignmentStatus;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The MFA devices of every account, their seeds sealed.
@Singleton
public final class PostgresDevices {
  private final Database database;
  private final Sealer sealer;

  PostgresDevices(Database database, Sealer sealer) {
    this.database = database;
    this.sealer = sealer;
  }

  /// The device of this serial number, of whatever kind.
  public Uni<Optional<Device>> find(String account, String serialNumber) {
    return row(account, serialNumber).map(found -> found.map(DeviceRow::toDevice));
  }

  /// The device of this serial number, in whatever account it is.
  public Uni<Optional<Device>> bySerialNumber(String serialNumber) {
    return database
        .find(
            DeviceRow.class,
            "from DeviceRow where serialNumber = :serial",
            Map.of("serial", serialNumber))
        .map(found -> found.map(DeviceRow::toDevice));
  }

  private Uni<Optional<DeviceRow>> row(String account, String serialNumber) {
    return database.find(
        DeviceRow.class,
        "from DeviceRow where accountId = :account and serialNumber = :serial",
        Map.of("account", account, "serial", serialNumber));
  }

  /// The generator behind a virtual device.
  Uni<Optional<Totp>> totp(String account, String serialNumber) {
    return row(account, serialNumber)
        .map(
            found ->
                found
                    .filter(row -> row.kind == Device.Kind.VIRTUAL)
                    .map(row -> new Totp(sealer.open(row.sealedSeed, owner(row.serialNumber)))));
  }

  Uni<Void> add(String account, String serialNumber, Secret seed) {
    DeviceRow row = new DeviceRow();
    row.serialNumber = serialNumber;
    row.kind = Device.Kind.VIRTUAL;
    row.accountId = account;
    row.sealedSeed = sealer.seal(seed, owner(serialNumber));
    row.algorithm = Totp.ALGORITHM;
    row.digits = Totp.DIGITS;
    row.lastStep = 0L;
    return database.add(row);
  }

  /// Adds a security key or passkey, which is its user's from the first.
  public Uni<Void> addFido(String account, String serialNumber, String userId, Instant now) {
    DeviceRow row = new DeviceRow();
    row.serialNumber = serialNumber;
    row.kind = Device.Kind.FIDO;
    row.accountId = account;
    row.userId = userId;
    row.enabledAt = now;
    return database.add(row);
  }

  /// Gives an unassigned device to a user; says how many it was: one, or none where it is taken.
  Uni<Integer> enable(String serialNumber, String userId, long lastStep, Instant now) {
    return database.change(
        """
        update DeviceRow set userId = :user, lastStep = :step, failures = 0, enabledAt = :now
        where serialNumber = :serial and userId is null
        """,
        Map.of("user", userId, "step", lastStep, "now", now, "serial", serialNumber));
  }

  /// Uses up the code of a step, once, on whatever node and however many ask: the step only moves
  /// forward.
  Uni<Boolean> use(String serialNumber, String userId, long step) {
    return database
        .inTransaction(
            () ->
                database.change(
                    """
                    update DeviceRow set lastStep = :step, failures = 0
                    where serialNumber = :serial and userId = :user and lastStep < :step
                    """,
                    Map.of("step", step, "serial", serialNumber, "user", userId)))
        .map(used -> used == 1);
  }

  /// Counts a wrong code, whatever becomes of the call that brought it.
  Uni<Void> countFailure(String serialNumber) {
    return database
        .inTransaction(
            () ->
                database.change(
                    "update DeviceRow set failures = failures + 1 where serialNumber = :serial",
                    Map.of("serial", serialNumber)))
        .replaceWithVoid();
  }

  /// The devices of a user, of both kinds.
  public Uni<List<Device>> of(String userId) {
    return database
        .list(
            DeviceRow.class,
            "from DeviceRow where userId = :user order by serialNumber",
            Map.of("user", userId),
            Integer.MAX_VALUE)
        .map(rows -> rows.stream().map(DeviceRow::toDevice).toList());
  }

  /// Those of these users who have a device.
  Uni<Set<String>> owners(List<String> userIds) {
    return database
        .list(
            String.class,
            "select distinct userId from DeviceRow where userId in :users",
            Map.of("users", userIds),
            Integer.MAX_VALUE)
        .map(Set::copyOf);
  }

  /// The account's virtual devices.
  Uni<Page<Device>> page(String account, AssignmentStatus status, Page.Wanted wanted) {
    String assigned =
        switch (status) {
          case ANY -> "";
          case ASSIGNED -> "and userId is not null";
          case UNASSIGNED -> "and userId is null";
        };
    String after = wanted.after().isEmpty() ? "" : Device.serialNumber(account, wanted.after());
    return database
        .list(
            DeviceRow.class,
            """
            from DeviceRow where accountId = :account and kind = VIRTUAL
            and serialNumber > :after %s order by serialNumber
            """
                .formatted(assigned),
            Map.of("account", account, "after", after),
            wanted.toFetch())
        .map(
            rows ->
                Page.of(rows.stream().map(DeviceRow::toDevice).toList(), wanted, Device::place));
  }

  /// Takes a device from its user. A virtual one can be deleted then, or enabled again; a security
  /// key or passkey nobody else can have. What stood in for it goes, too: whoever lost a device may
  /// have lost that with it.
  Uni<Void> takeAway(Device device, String userId) {
    Uni<Void> taken =
        switch (device.kind()) {
          case VIRTUAL -> deactivate(device.serialNumber(), userId).replaceWithVoid();
          case FIDO -> remove(device.serialNumber());
        };
    return taken.chain(() -> forgetRecoveryCodes(userId));
  }

  Uni<Void> forgetRecoveryCodes(String userId) {
    return database
        .change("delete from RecoveryCodeRow where userId = :user", Map.of("user", userId))
        .replaceWithVoid();
  }

  private Uni<Integer> deactivate(String serialNumber, String userId) {
    return database.change(
        """
        update DeviceRow set userId = null, enabledAt = null
        where serialNumber = :serial and userId = :user
        """,
        Map.of("serial", serialNumber, "user", userId));
  }

  Uni<Void> remove(String serialNumber) {
    return database
        .change(
            "delete from DeviceRow where serialNumber = :serial", Map.of("serial", serialNumber))
        .replaceWithVoid();
  }

  private static String owner(String serialNumber) {
    return SealedColumn.MFA_DEVICE.owner(serialNumber);
  }
}
