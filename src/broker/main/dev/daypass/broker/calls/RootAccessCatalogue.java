package dev.daypass.broker.calls;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Target;
import dev.daypass.broker.organizations.RootAccessActions;
import dev.daypass.wire.iam.OrganizationsFeatureMessages.DisableOrganizationsRootCredentialsManagement;
import dev.daypass.wire.iam.OrganizationsFeatureMessages.DisableOrganizationsRootSessions;
import dev.daypass.wire.iam.OrganizationsFeatureMessages.EnableOrganizationsRootCredentialsManagement;
import dev.daypass.wire.iam.OrganizationsFeatureMessages.EnableOrganizationsRootSessions;
import dev.daypass.wire.iam.OrganizationsFeatureMessages.ListOrganizationsFeatures;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;

/// The actions of IAM on central root access.
@Singleton
final class RootAccessCatalogue implements CatalogueSection {
  private final RootAccessActions rootAccess;

  RootAccessCatalogue(RootAccessActions rootAccess) {
    this.rootAccess = rootAccess;
  }

  @Override
  public List<Action<?, ?>> actions() {
    return List.of(
        Action.read(ListOrganizationsFeatures.class, (c, _) -> everything(c), rootAccess::list),
        Action.write(
            EnableOrganizationsRootCredentialsManagement.class,
            (c, _) -> everything(c),
            rootAccess::enableCredentials),
        Action.write(
            DisableOrganizationsRootCredentialsManagement.class,
            (c, _) -> everything(c),
            rootAccess::disableCredentials),
        Action.write(
            EnableOrganizationsRootSessions.class,
            (c, _) -> everything(c),
            rootAccess::enableSessions),
        Action.write(
            DisableOrganizationsRootSessions.class,
            (c, _) -> everything(c),
            rootAccess::disableSessions));
  }

  private static Uni<Target> everything(Caller caller) {
    return Uni.createFrom().item(Target.of("*", caller.account()));
  }
}
