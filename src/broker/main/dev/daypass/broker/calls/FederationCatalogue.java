package dev.daypass.broker.calls;

import dev.daypass.broker.outboundfederation.OutboundFederationActions;
import dev.daypass.wire.iam.OutboundFederationMessages.DisableOutboundWebIdentityFederation;
import dev.daypass.wire.iam.OutboundFederationMessages.EnableOutboundWebIdentityFederation;
import dev.daypass.wire.iam.OutboundFederationMessages.GetOutboundWebIdentityFederationInfo;
import jakarta.inject.Singleton;
import java.util.List;

/// The actions of IAM on tokens for services outside.
@Singleton
final class FederationCatalogue implements CatalogueSection {
  private final OutboundFederationActions federation;

  FederationCatalogue(OutboundFederationActions federation) {
    this.federation = federation;
  }

  @Override
  public List<Action<?, ?>> actions() {
    return List.of(
        Action.read(
            GetOutboundWebIdentityFederationInfo.class,
            (c, _) -> federation.account(c),
            federation::info),
        Action.write(
            EnableOutboundWebIdentityFederation.class,
            (c, _) -> federation.account(c),
            federation::enable),
        Action.write(
            DisableOutboundWebIdentityFederation.class,
            (c, _) -> federation.account(c),
            federation::disable));
  }
}
