package dev.daypass.broker.pages;

import dev.daypass.broker.pages.AdminTemplates.RequestShown;
import dev.daypass.broker.pages.Pages.Outcome;
import dev.daypass.wire.Arn;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.Request;
import dev.daypass.wire.iam.DelegationMessages.AcceptDelegationRequest;
import dev.daypass.wire.iam.DelegationMessages.AssociateDelegationRequest;
import dev.daypass.wire.iam.DelegationMessages.DelegationRequest;
import dev.daypass.wire.iam.DelegationMessages.GetDelegationRequest;
import dev.daypass.wire.iam.DelegationMessages.GetHumanReadableSummary;
import dev.daypass.wire.iam.DelegationMessages.ListDelegationRequests;
import dev.daypass.wire.iam.DelegationMessages.RejectDelegationRequest;
import dev.daypass.wire.iam.DelegationMessages.SendDelegationToken;
import dev.daypass.wire.iam.DelegationNotes;
import dev.daypass.wire.iam.DelegationRequestId;
import dev.daypass.wire.iam.EntityArn;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// What people ask to be allowed for a while, for those who can let them.
@Singleton
final class AdminRequestPages {
  static final String REQUESTS = "/admin/requests";
  private static final String REQUEST = "/admin/request";

  private final Administration administration;

  AdminRequestPages(Administration administration) {
    this.administration = administration;
  }

  Uni<Outcome> requests(Visit visit) {
    return administration.show(visit, REQUESTS, AdminRequestPages::list, AdminRequestPages::none);
  }

  private static Uni<Outcome> requests(AdminVisit visit) {
    return Administration.telling(visit, AdminRequestPages::list, AdminRequestPages::none);
  }

  /// Those that somebody of the account has taken on: others are found by their ids alone.
  private static Uni<Outcome> list(AdminVisit visit) {
    return visit
        .take(new ListDelegationRequests(Optional.empty(), visit.marker(), Optional.empty()))
        .map(found -> requests(visit, found.delegationRequests(), found.marker()));
  }

  private static Uni<Outcome> none(AdminVisit visit) {
    return Uni.createFrom().item(() -> requests(visit, List.of(), Optional.empty()));
  }

  private static Outcome requests(
      AdminVisit visit, List<DelegationRequest> all, Optional<String> next) {
    List<DelegationRequest> own = all.stream().filter(is -> isOwn(visit, is)).toList();
    List<DelegationRequest> others = all.stream().filter(is -> !own.contains(is)).toList();
    return visit.shown(
        AdminTemplates.adminRequests(
            visit.name(),
            visit.csrf(),
            shown(others.stream().filter(is -> !steps(is).isEmpty())),
            shown(own.stream()),
            shown(others.stream().filter(is -> steps(is).isEmpty())),
            next.map(AdminVisit::encoded),
            visit.problem()));
  }

  /// Requests say who asked by the account and the first 30 characters of a name.
  private static boolean isOwn(AdminVisit visit, DelegationRequest request) {
    return request.requestorId().equals(visit.caller().account())
        && !request.requestorName().isEmpty()
        && visit.name().startsWith(request.requestorName());
  }

  private static List<RequestShown> shown(Stream<DelegationRequest> requests) {
    return requests.map(AdminRequestPages::shown).toList();
  }

  private static RequestShown shown(DelegationRequest request) {
    return new RequestShown(
        request.delegationRequestId(),
        request.description(),
        state(request),
        request.requestorName(),
        request.requestorId(),
        request.requestMessage(),
        Times.lasts(Duration.ofSeconds(request.sessionDuration())),
        Times.day(request.createDate()),
        Times.day(request.expirationTime()),
        request.ownerId(),
        request.notes(),
        request.rejectionReason(),
        steps(request));
  }

  private static String state(DelegationRequest request) {
    return switch (request.state()) {
      case "UNASSIGNED" -> "nobody has taken it on";
      case "ASSIGNED", "PENDING_APPROVAL" -> "waits for a decision";
      case "ACCEPTED" -> "accepted, and not sent yet";
      case "FINALIZED" -> "accepted and sent";
      case "REJECTED" -> "rejected";
      default -> "expired";
    };
  }

  /// What can be done next, as paths have it.
  private static List<String> steps(DelegationRequest request) {
    return switch (request.state()) {
      case "UNASSIGNED" -> List.of("take", "reject");
      case "ASSIGNED", "PENDING_APPROVAL" -> List.of("accept", "reject");
      case "ACCEPTED" -> List.of("send", "reject");
      default -> List.of();
    };
  }

  Uni<Outcome> request(Visit visit) {
    return administration.show(
        visit,
        REQUESTS,
        admin -> request(admin, id(admin.asked("id"))),
        AdminRequestPages::requests);
  }

  private static DelegationRequestId id(String text) {
    return AdminVisit.named(text, DelegationRequestId::new);
  }

  private static Uni<Outcome> request(AdminVisit visit, DelegationRequestId id) {
    Arn arn = Arn.iam(visit.caller().account(), "delegation-request/" + id);
    // One after the other: they share what they read with.
    return Uni.combine()
        .all()
        .unis(
            visit.take(new GetDelegationRequest(id, Optional.of(true))),
            visit.take(
                new GetHumanReadableSummary(new EntityArn(arn.toString()), Optional.empty())))
        .usingConcurrencyOf(1)
        .with((found, summary) -> request(visit, found, summary));
  }

  private static Outcome request(
      AdminVisit visit, GetDelegationRequest.Result found, GetHumanReadableSummary.Result summary) {
    return visit.shown(
        AdminTemplates.adminRequest(
            visit.name(),
            visit.csrf(),
            shown(found.delegationRequest()),
            summary.summaryContent().orElse("").lines().toList(),
            check(found.permissionCheckResult().orElse("")),
            visit.problem()));
  }

  private static String check(String result) {
    return switch (result) {
      case "ALLOWED" -> "You may do all of it yourself.";
      case "DENIED" -> "You may not do all of it yourself: what you lack, they would not have.";
      default -> "Whether you may do all of it yourself could not be told.";
    };
  }

  Uni<Outcome> take(Visit visit) {
    return changed(visit, (_, id) -> new AssociateDelegationRequest(id));
  }

  Uni<Outcome> accept(Visit visit) {
    return changed(visit, (_, id) -> new AcceptDelegationRequest(id));
  }

  Uni<Outcome> reject(Visit visit) {
    return changed(
        visit,
        (admin, id) ->
            new RejectDelegationRequest(
                id, AdminVisit.optional("reason", admin.given("notes"), DelegationNotes::new)));
  }

  Uni<Outcome> send(Visit visit) {
    return changed(visit, (_, id) -> new SendDelegationToken(id));
  }

  private interface Step {
    Request<Nothing> of(AdminVisit visit, DelegationRequestId id);
  }

  /// Whoever may not see the request is told so among the requests.
  private Uni<Outcome> changed(Visit visit, Step step) {
    Function<AdminVisit, DelegationRequestId> id = admin -> id(admin.given("id"));
    return administration.change(
        visit,
        REQUESTS,
        admin ->
            admin
                .take(step.of(admin, id.apply(admin)))
                .map(_ -> Pages.sent(REQUEST + "?id=" + id.apply(admin))),
        refused ->
            Administration.telling(
                refused, admin -> request(admin, id.apply(admin)), AdminRequestPages::requests));
  }
}
