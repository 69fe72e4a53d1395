package dev.daypass.broker.lastaccessed;

import static dev.daypass.wire.ErrorCode.INVALID_INPUT;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.database.Page;
import dev.daypass.policy.Policy;
import dev.daypass.policy.ServiceAccess;
import dev.daypass.wire.iam.LastAccessedMessages.GrantingPolicy;
import dev.daypass.wire.iam.LastAccessedMessages.ListPoliciesGrantingServiceAccess;
import dev.daypass.wire.iam.LastAccessedMessages.ListPoliciesGrantingServiceAccess.Entry;
import dev.daypass.wire.iam.ServiceNamespace;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// By which of its policies a user, group or role can access services.
///
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPoliciesGrantingServiceAccess.html">ListPoliciesGrantingServiceAccess</a>
@Singleton
public final class GrantActions {
  /// A page ends with the service that brings it to this many policies: callers cannot say how long
  /// it shall be.
  private static final int POLICIES_A_PAGE = 1000;

  private final Subjects subjects;
  private final Holdings holdings;

  GrantActions(Subjects subjects, Holdings holdings) {
    this.subjects = subjects;
    this.holdings = holdings;
  }

  public Uni<ListPoliciesGrantingServiceAccess.Result> list(
      Caller caller, ListPoliciesGrantingServiceAccess request) {
    List<String> services =
        request.serviceNamespaces().stream().map(ServiceNamespace::value).distinct().toList();
    if (services.isEmpty()) {
      throw INVALID_INPUT.error("ServiceNamespaces must not be empty.");
    }
    int first = Page.Wanted.of(request.marker(), Optional.empty()).place();
    return subjects
        .get(caller, request.arn().value())
        .invoke(GrantActions::refusePolicy)
        .chain(holdings::of)
        .map(held -> page(grants(held), services, first));
  }

  private static void refusePolicy(Subject subject) {
    if (subject.kind() == Subject.Kind.POLICY) {
      throw Subjects.invalid(subject.arn());
    }
  }

  /// A policy, and what it gives beside all others.
  private record Grant(GrantingPolicy shown, ServiceAccess access) {}

  private static List<Grant> grants(List<Held> held) {
    List<Policy> all = held.stream().map(Held::policy).toList();
    return held.stream()
        .map(one -> new Grant(one.shown(), ServiceAccess.of(one.policy(), all)))
        .toList();
  }

  private static ListPoliciesGrantingServiceAccess.Result page(
      List<Grant> grants, List<String> services, int first) {
    List<Entry> entries = new ArrayList<>();
    int policies = 0;
    int next = first;
    while (next < services.size() && policies < POLICIES_A_PAGE) {
      Entry entry = entry(grants, services.get(next++));
      entries.add(entry);
      policies += entry.policies().size();
    }
    Optional<String> marker =
        next < services.size()
            ? Optional.of(Page.marker(String.valueOf(next - 1)))
            : Optional.empty();
    return new ListPoliciesGrantingServiceAccess.Result(entries, marker.isPresent(), marker);
  }

  private static Entry entry(List<Grant> grants, String service) {
    return new Entry(
        service,
        grants.stream()
            .filter(grant -> grant.access().allowsAnyOf(service))
            .map(Grant::shown)
            .toList());
  }
}
