package dev.daypass.broker.outboundfederation;

import static dev.daypass.wire.ErrorCode.FEATURE_DISABLED;
import static dev.daypass.wire.ErrorCode.FEATURE_ENABLED;
import static dev.daypass.wire.Nothing.NOTHING;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Target;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.iam.OutboundFederationMessages.DisableOutboundWebIdentityFederation;
import dev.daypass.wire.iam.OutboundFederationMessages.EnableOutboundWebIdentityFederation;
import dev.daypass.wire.iam.OutboundFederationMessages.GetOutboundWebIdentityFederationInfo;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;

/// What callers can do about the outbound federation of their account.
@Singleton
public final class OutboundFederationActions {
  private final PostgresOutboundFederation federations;

  OutboundFederationActions(PostgresOutboundFederation federations) {
    this.federations = federations;
  }

  /// IAM's actions on it know no resource.
  public Uni<Target> account(Caller caller) {
    return Uni.createFrom().item(Target.of("*", caller.account()));
  }

  /// An account keeps the issuer it got first.
  public Uni<EnableOutboundWebIdentityFederation.Result> enable(
      Caller caller, EnableOutboundWebIdentityFederation request) {
    return federations
        .stored(caller.account())
        .invoke(OutboundFederationActions::refuseEnabled)
        .chain(
            found ->
                found.isPresent()
                    ? federations.enable(caller.account(), true).replaceWith(found.get())
                    : federations.add(caller.account()))
        .map(OutboundFederation::issuer)
        .map(EnableOutboundWebIdentityFederation.Result::new);
  }

  private static void refuseEnabled(Optional<OutboundFederation> found) {
    if (found.filter(OutboundFederation::enabled).isPresent()) {
      throw FEATURE_ENABLED.error(
          "Outbound web identity federation is already enabled for this account.");
    }
  }

  public Uni<Nothing> disable(Caller caller, DisableOutboundWebIdentityFederation request) {
    return enabled(caller)
        .chain(_ -> federations.enable(caller.account(), false))
        .replaceWith(NOTHING);
  }

  public Uni<GetOutboundWebIdentityFederationInfo.Result> info(
      Caller caller, GetOutboundWebIdentityFederationInfo request) {
    return enabled(caller)
        .map(found -> new GetOutboundWebIdentityFederationInfo.Result(found.issuer(), true));
  }

  private Uni<OutboundFederation> enabled(Caller caller) {
    return federations
        .stored(caller.account())
        .map(found -> found.filter(OutboundFederation::enabled))
        .map(
            found ->
                found.orElseThrow(
                    () ->
                        FEATURE_DISABLED.error(
                            "Outbound web identity federation is disabled for this account.")));
  }
}
