package dev.daypass.broker.calls;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.calls.Action.Permission;
import dev.daypass.broker.delegation.DelegationActions;
import dev.daypass.broker.delegation.DelegationViews;
import dev.daypass.wire.Request;
import dev.daypass.wire.Service;
import dev.daypass.wire.iam.DelegationMessages.AcceptDelegationRequest;
import dev.daypass.wire.iam.DelegationMessages.AssociateDelegationRequest;
import dev.daypass.wire.iam.DelegationMessages.CreateDelegationRequest;
import dev.daypass.wire.iam.DelegationMessages.GetDelegationRequest;
import dev.daypass.wire.iam.DelegationMessages.GetHumanReadableSummary;
import dev.daypass.wire.iam.DelegationMessages.ListDelegationRequests;
import dev.daypass.wire.iam.DelegationMessages.RejectDelegationRequest;
import dev.daypass.wire.iam.DelegationMessages.SendDelegationToken;
import dev.daypass.wire.iam.DelegationMessages.UpdateDelegationRequest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.BiFunction;

/// The actions of IAM on delegation requests.
@Singleton
final class DelegationCatalogue implements CatalogueSection {
  private final DelegationActions delegations;
  private final DelegationViews views;

  DelegationCatalogue(DelegationActions delegations, DelegationViews views) {
    this.delegations = delegations;
    this.views = views;
  }

  @Override
  public List<Action<?, ?>> actions() {
    return List.of(
        Action.write(CreateDelegationRequest.class, delegations::created, delegations::create),
        Action.read(ListDelegationRequests.class, views::listed, views::list),
        asking(GetDelegationRequest.class, false, views::get),
        asking(GetHumanReadableSummary.class, false, views::summarize),
        asking(AssociateDelegationRequest.class, true, delegations::associate),
        asking(UpdateDelegationRequest.class, true, delegations::update),
        asking(AcceptDelegationRequest.class, true, delegations::accept),
        asking(RejectDelegationRequest.class, true, delegations::reject),
        asking(SendDelegationToken.class, true, delegations::send));
  }

  /// Who asked and who has taken a request on may do some things without leave: the handlers ask.
  private static <I extends Request<R>, R> Action<I, R> asking(
      Class<I> type, boolean writes, BiFunction<Caller, I, Uni<R>> handler) {
    return new Action<>(Service.IAM, type, writes, new Permission.Handler<>(), handler);
  }
}
