package dev.daypass.broker.pages;

import dev.daypass.broker.access.Authorizer;
import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Target;
import dev.daypass.broker.audit.Audit;
import dev.daypass.broker.audit.AuditEntry;
import dev.daypass.broker.audit.AuditQuery;
import dev.daypass.broker.pages.AdminTemplates.DeedShown;
import dev.daypass.broker.pages.Pages.Outcome;
import dev.daypass.broker.pages.Templates.Problem;
import dev.daypass.wire.query.Parameters;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The account's trail, for whoever is allowed `cloudtrail:LookupEvents`.
@Singleton
final class AdminActivityPages {
  static final String ACTIVITY = "/admin/activity";
  private static final String PERMISSION = "cloudtrail:LookupEvents";
  private static final int MOST = 50;
  private static final int REFUSED = 400;

  private final Pages pages;
  private final Authorizer authorizer;
  private final Audit audit;

  AdminActivityPages(Pages pages, Authorizer authorizer, Audit audit) {
    this.pages = pages;
    this.authorizer = authorizer;
    this.audit = audit;
  }

  Uni<Outcome> show(Visit visit) {
    return pages.forVisitor(
        visit, ACTIVITY, Administration.withMfa(ACTIVITY, caller -> show(visit, caller)));
  }

  private Uni<Outcome> show(Visit visit, Caller caller) {
    Parameters query = visit.query();
    String user = Visit.one(query, "user").strip();
    String event = Visit.one(query, "event").strip();
    return Pages.told(
        authorizer
            .require(caller, PERMISSION, Target.of("*", caller.account()))
            .chain(() -> audit.find(asked(caller, user, event)))
            .map(found -> page(visit, caller, user, event, found, Optional.empty())),
        problem ->
            Uni.createFrom()
                .item(page(visit, caller, user, event, List.of(), Optional.of(problem))));
  }

  private static AuditQuery asked(Caller caller, String user, String event) {
    return new AuditQuery(
        caller.account(),
        Instant.EPOCH,
        caller.origin().time().plusSeconds(1),
        Optional.of(user).filter(text -> !text.isEmpty()),
        Optional.of(event).filter(text -> !text.isEmpty()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        MOST);
  }

  private static Outcome page(
      Visit visit,
      Caller caller,
      String user,
      String event,
      List<AuditEntry> found,
      Optional<Problem> problem) {
    return Pages.shown(
        problem.isPresent() ? REFUSED : 200,
        AdminTemplates.adminActivity(
            Pages.name(caller),
            visit.csrf(),
            user,
            event,
            found.stream().map(AdminActivityPages::shown).toList(),
            problem));
  }

  private static DeedShown shown(AuditEntry entry) {
    return new DeedShown(
        entry.eventName(),
        entry.userName().map(name -> name + ", ").orElse(""),
        Places.of(
            entry.record().path("sourceIPAddress").asText(),
            entry.record().path("userAgent").asText()),
        Times.day(entry.time()),
        entry.errorCode());
  }
}
