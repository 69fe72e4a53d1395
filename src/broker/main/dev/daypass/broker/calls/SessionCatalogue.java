package dev.daypass.broker.calls;

import dev.daypass.broker.calls.Action.Permission;
import dev.daypass.broker.livesessions.LiveSessionActions;
import dev.daypass.broker.livesessions.RevocationActions;
import dev.daypass.wire.Service;
import dev.daypass.wire.daypass.SessionMessages.ListSessions;
import dev.daypass.wire.daypass.SessionMessages.RevokeSession;
import dev.daypass.wire.daypass.SessionMessages.RevokeSessions;
import jakarta.inject.Singleton;
import java.util.List;

/// The actions on sessions, which AWS does not have. Each asks the policies itself: one's own
/// sessions need no permission.
@Singleton
final class SessionCatalogue implements CatalogueSection {
  private final LiveSessionActions sessions;
  private final RevocationActions revocations;

  SessionCatalogue(LiveSessionActions sessions, RevocationActions revocations) {
    this.sessions = sessions;
    this.revocations = revocations;
  }

  @Override
  public List<Action<?, ?>> actions() {
    return List.of(
        new Action<>(
            Service.DAYPASS, ListSessions.class, false, new Permission.Handler<>(), sessions::list),
        new Action<>(
            Service.DAYPASS,
            RevokeSession.class,
            true,
            new Permission.Handler<>(),
            revocations::revoke),
        new Action<>(
            Service.DAYPASS,
            RevokeSessions.class,
            true,
            new Permission.Handler<>(),
            revocations::revokeAll));
  }
}
