package dev.daypass.broker.enrolment;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.users.PostgresUsers;
import dev.daypass.wire.daypass.EnrolmentMessages.CreateEnrolmentLink;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/// Lets administrators send people a link, in place of a password.
@Singleton
public final class EnrolmentActions {
  private final PostgresUsers users;
  private final EnrolmentLinks links;

  EnrolmentActions(PostgresUsers users, EnrolmentLinks links) {
    this.users = users;
    this.links = links;
  }

  public Uni<CreateEnrolmentLink.Result> create(Caller caller, CreateEnrolmentLink request) {
    return users
        .get(caller.account(), request.userName().value())
        .chain(user -> links.issue(user.id(), caller.origin().time()))
        .map(link -> new CreateEnrolmentLink.Result(link.url(), link.expiresAt()));
  }
}
