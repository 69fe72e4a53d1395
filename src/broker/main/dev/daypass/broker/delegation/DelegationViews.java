package dev.daypass.broker.delegation;

import static dev.daypass.wire.ErrorCode.INVALID_INPUT;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Target;
import dev.daypass.broker.database.Page;
import dev.daypass.policy.Context;
import dev.daypass.policy.Policy;
import dev.daypass.policy.PolicySummary;
import dev.daypass.policy.PolicyType;
import dev.daypass.wire.ConstraintViolation;
import dev.daypass.wire.iam.DelegationMessages.GetDelegationRequest;
import dev.daypass.wire.iam.DelegationMessages.GetHumanReadableSummary;
import dev.daypass.wire.iam.DelegationMessages.ListDelegationRequests;
import dev.daypass.wire.iam.DelegationRequestId;
import dev.daypass.wire.iam.OwnerId;
import dev.daypass.wire.iam.SummaryLocale;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/// What callers can learn of requests.
@Singleton
public final class DelegationViews {
  private static final String COMPLETE = "COMPLETE";
  private static final String ENGLISH = "en";

  private final PostgresDelegations delegations;
  private final DelegationAccess access;
  private final PermissionCheck check;

  DelegationViews(PostgresDelegations delegations, DelegationAccess access, PermissionCheck check) {
    this.delegations = delegations;
    this.access = access;
    this.check = check;
  }

  public Uni<GetDelegationRequest.Result> get(Caller caller, GetDelegationRequest request) {
    boolean checked = request.delegationPermissionCheck().orElse(false);
    return access
        .require(
            caller,
            request.delegationRequestId(),
            "iam:GetDelegationRequest",
            DelegationAccess.OWNER_OR_REQUESTOR)
        .chain(
            found ->
                outcome(caller, found, checked)
                    .map(
                        outcome ->
                            new GetDelegationRequest.Result(
                                found.onWire(caller.origin().time()),
                                outcome.map(_ -> COMPLETE),
                                outcome.map(Enum::name))));
  }

  private Uni<Optional<PermissionCheck.Outcome>> outcome(
      Caller caller, Delegation delegation, boolean checked) {
    return checked
        ? check.of(caller, delegation).map(Optional::of)
        : Uni.createFrom().item(Optional.empty());
  }

  /// Lists know no resource.
  public Uni<Target> listed(Caller caller, ListDelegationRequests request) {
    Context context =
        Context.builder()
            .put("iam:DelegationRequestOwner", request.ownerId().map(OwnerId::value))
            .build();
    return Uni.createFrom().item(Target.of("*", caller.account()).with(context));
  }

  /// Those of the caller's account that somebody has taken on.
  public Uni<ListDelegationRequests.Result> list(Caller caller, ListDelegationRequests request) {
    Instant now = caller.origin().time();
    return delegations
        .page(
            caller.account(),
            request.ownerId().map(OwnerId::value),
            Page.Wanted.of(request.marker(), request.maxItems()))
        .map(page -> page.map(delegation -> delegation.onWire(now)))
        .map(
            page ->
                new ListDelegationRequests.Result(page.items(), page.marker(), page.isTruncated()));
  }

  /// Our sentences are English.
  public Uni<GetHumanReadableSummary.Result> summarize(
      Caller caller, GetHumanReadableSummary request) {
    String locale = request.locale().map(SummaryLocale::value).orElse(ENGLISH);
    boolean english = locale.split("[_-]", 2)[0].equals(ENGLISH);
    return access
        .require(
            caller,
            id(caller, request.entityArn().value()),
            "iam:GetHumanReadableSummary",
            DelegationAccess.OWNER_OR_REQUESTOR)
        .map(
            found ->
                english
                    ? new GetHumanReadableSummary.Result(
                        Optional.of(summary(found)), locale, "AVAILABLE")
                    : new GetHumanReadableSummary.Result(
                        Optional.empty(), locale, "NOT_SUPPORTED"));
  }

  private static DelegationRequestId id(Caller caller, String arn) {
    String begin = Delegation.arn(caller.account(), "");
    try {
      if (arn.startsWith(begin)) {
        return new DelegationRequestId(arn.substring(begin.length()));
      }
    } catch (ConstraintViolation _) {
      // Told below.
    }
    throw INVALID_INPUT.error("%s is no delegation request of this account.".formatted(arn));
  }

  private static String summary(Delegation delegation) {
    Asked asked = delegation.asked();
    return """
    %s of account %s asks to act for %d seconds with the permissions of whoever accepts, as far as this policy goes:
    %s"""
        .formatted(
            delegation.requestor().arn(),
            delegation.requestor().account(),
            asked.sessionDuration().toSeconds(),
            PolicySummary.of(
                Policy.parse(PolicyType.SESSION, "delegation request", asked.policy())));
  }
}
