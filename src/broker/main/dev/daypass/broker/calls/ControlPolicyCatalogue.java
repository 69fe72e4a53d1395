package dev.daypass.broker.calls;

import static dev.daypass.broker.calls.OrganizationsRows.read;
import static dev.daypass.broker.calls.OrganizationsRows.write;

import dev.daypass.broker.organizations.AttachmentActions;
import dev.daypass.broker.organizations.ControlPolicyActions;
import dev.daypass.broker.organizations.Places;
import dev.daypass.wire.organizations.PolicyMessages.AttachPolicy;
import dev.daypass.wire.organizations.PolicyMessages.CreatePolicy;
import dev.daypass.wire.organizations.PolicyMessages.DeletePolicy;
import dev.daypass.wire.organizations.PolicyMessages.DescribePolicy;
import dev.daypass.wire.organizations.PolicyMessages.DetachPolicy;
import dev.daypass.wire.organizations.PolicyMessages.ListPolicies;
import dev.daypass.wire.organizations.PolicyMessages.ListPoliciesForTarget;
import dev.daypass.wire.organizations.PolicyMessages.ListTargetsForPolicy;
import dev.daypass.wire.organizations.PolicyMessages.UpdatePolicy;
import jakarta.inject.Singleton;
import java.util.List;

/// The actions of Organizations on policies.
@Singleton
final class ControlPolicyCatalogue implements CatalogueSection {
  private final Places places;
  private final ControlPolicyActions policies;
  private final AttachmentActions attachments;

  ControlPolicyCatalogue(
      Places places, ControlPolicyActions policies, AttachmentActions attachments) {
    this.places = places;
    this.policies = policies;
    this.attachments = attachments;
  }

  @Override
  public List<Action<?, ?>> actions() {
    return List.of(
        write(
            CreatePolicy.class,
            (c, r) -> Places.with(places.tagged(c, r.tags()), Places.context(r.type())),
            policies::create),
        write(UpdatePolicy.class, (c, r) -> places.of(c, r.policyId().value()), policies::update),
        write(DeletePolicy.class, (c, r) -> places.of(c, r.policyId().value()), policies::delete),
        read(
            DescribePolicy.class, (c, r) -> places.of(c, r.policyId().value()), policies::describe),
        read(ListPolicies.class, (c, r) -> places.typed(c, r.filter()), policies::list),
        read(
            ListPoliciesForTarget.class,
            (c, r) -> Places.with(places.of(c, r.targetId().value()), Places.context(r.filter())),
            attachments::listForTarget),
        read(
            ListTargetsForPolicy.class,
            (c, r) -> places.of(c, r.policyId().value()),
            attachments::listTargets),
        write(
            AttachPolicy.class,
            (c, r) -> places.attaching(c, r.policyId().value(), r.targetId().value()),
            attachments::attach),
        write(
            DetachPolicy.class,
            (c, r) -> places.attaching(c, r.policyId().value(), r.targetId().value()),
            attachments::detach));
  }
}
