package dev.daypass.broker.pages;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.audit.Audit;
import dev.daypass.broker.audit.AuditEntry;
import dev.daypass.broker.audit.AuditQuery;
import dev.daypass.broker.pages.Pages.Outcome;
import dev.daypass.broker.pages.Templates.EventShown;
import dev.daypass.broker.signin.SignInFacts;
import dev.daypass.broker.users.PostgresUsers;
import dev.daypass.broker.users.User;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;

/// What was done in a person's name, and what others tried: the person's own part of the trail, for
/// which nobody needs a permission.
@Singleton
final class ActivityPages {
  static final String ACTIVITY = "/security/activity";
  private static final int MOST = 30;

  private final Pages pages;
  private final PostgresUsers users;
  private final Audit audit;

  ActivityPages(Pages pages, PostgresUsers users, Audit audit) {
    this.pages = pages;
    this.users = users;
    this.audit = audit;
  }

  Uni<Outcome> show(Visit visit) {
    return pages.forVisitor(
        visit,
        ACTIVITY,
        caller ->
            users
                .byId(SignInFacts.of(caller).userId())
                .map(Optional::orElseThrow)
                .chain(user -> audit.find(ofUser(caller, user)))
                .map(
                    found ->
                        Pages.shown(
                            Templates.activity(
                                Pages.name(caller),
                                visit.csrf(),
                                found.stream().map(ActivityPages::shown).toList()))));
  }

  /// Not what a former user of this name did.
  private static AuditQuery ofUser(Caller caller, User user) {
    return new AuditQuery(
        user.account(),
        user.createdAt(),
        caller.origin().time().plusSeconds(1),
        Optional.of(user.name()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        MOST);
  }

  private static EventShown shown(AuditEntry entry) {
    return new EventShown(
        entry.eventName(),
        Places.of(
            entry.record().path("sourceIPAddress").asText(),
            entry.record().path("userAgent").asText()),
        Times.day(entry.time()),
        entry.errorCode());
  }
}
