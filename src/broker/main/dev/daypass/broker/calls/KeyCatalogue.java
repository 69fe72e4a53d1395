package dev.daypass.broker.calls;

import dev.daypass.broker.brokerkeys.BrokerKeyActions;
import dev.daypass.broker.calls.Action.Permission;
import dev.daypass.wire.Service;
import dev.daypass.wire.daypass.KeyMessages.ListKeys;
import dev.daypass.wire.daypass.KeyMessages.RetireKey;
import dev.daypass.wire.daypass.KeyMessages.RewrapSecrets;
import dev.daypass.wire.daypass.KeyMessages.RotateKey;
import jakarta.inject.Singleton;
import java.util.List;

/// The actions on the broker's own keys.
@Singleton
final class KeyCatalogue implements CatalogueSection {
  private final BrokerKeyActions keys;

  KeyCatalogue(BrokerKeyActions keys) {
    this.keys = keys;
  }

  @Override
  public List<Action<?, ?>> actions() {
    return List.of(
        new Action<>(
            Service.DAYPASS,
            ListKeys.class,
            false,
            new Permission.Policies<>((_, _) -> keys.all()),
            keys::list),
        new Action<>(
            Service.DAYPASS,
            RotateKey.class,
            true,
            new Permission.Policies<>((_, r) -> keys.rotated(r)),
            keys::rotate),
        new Action<>(
            Service.DAYPASS,
            RetireKey.class,
            true,
            new Permission.Policies<>((_, r) -> keys.retired(r)),
            keys::retire),
        new Action<>(
            Service.DAYPASS,
            RewrapSecrets.class,
            true,
            new Permission.Policies<>((_, _) -> keys.sealed()),
            keys::rewrap));
  }
}
