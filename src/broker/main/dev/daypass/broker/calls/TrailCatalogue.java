package dev.daypass.broker.calls;

import dev.daypass.broker.auditdigests.TrailActions;
import dev.daypass.broker.calls.Action.Permission;
import dev.daypass.wire.Service;
import dev.daypass.wire.daypass.TrailMessages.VerifyTrail;
import jakarta.inject.Singleton;
import java.util.List;

/// The actions on the trail as a whole.
@Singleton
final class TrailCatalogue implements CatalogueSection {
  private final TrailActions trail;

  TrailCatalogue(TrailActions trail) {
    this.trail = trail;
  }

  @Override
  public List<Action<?, ?>> actions() {
    return List.of(
        new Action<>(
            Service.DAYPASS,
            VerifyTrail.class,
            false,
            new Permission.Policies<>((_, _) -> trail.trail()),
            trail::verify));
  }
}
