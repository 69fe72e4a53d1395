package dev.daypass.broker.calls;

import dev.daypass.broker.access.Target;
import dev.daypass.broker.authorizationdetails.AuthorizationDetailsActions;
import dev.daypass.wire.iam.AuthorizationDetailsMessages.GetAccountAuthorizationDetails;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;

/// What tells all of an account at once.
@Singleton
final class DetailsCatalogue implements CatalogueSection {
  private final AuthorizationDetailsActions details;

  DetailsCatalogue(AuthorizationDetailsActions details) {
    this.details = details;
  }

  @Override
  public List<Action<?, ?>> actions() {
    return List.of(
        Action.read(
            GetAccountAuthorizationDetails.class,
            (c, _) -> Uni.createFrom().item(Target.of("*", c.account())),
            details::get));
  }
}
