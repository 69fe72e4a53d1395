package dev.daypass.broker.calls;

import dev.daypass.broker.calls.Action.Permission;
import dev.daypass.broker.enrolment.EnrolmentActions;
import dev.daypass.broker.users.UserActions;
import dev.daypass.wire.Service;
import dev.daypass.wire.daypass.EnrolmentMessages.CreateEnrolmentLink;
import jakarta.inject.Singleton;
import java.util.List;

/// How people get in first.
@Singleton
final class EnrolmentCatalogue implements CatalogueSection {
  private final EnrolmentActions links;
  private final UserActions users;

  EnrolmentCatalogue(EnrolmentActions links, UserActions users) {
    this.links = links;
    this.users = users;
  }

  @Override
  public List<Action<?, ?>> actions() {
    return List.of(
        new Action<>(
            Service.DAYPASS,
            CreateEnrolmentLink.class,
            true,
            new Permission.Policies<>((c, r) -> users.target(c, r.userName().value())),
            links::create));
  }
}
