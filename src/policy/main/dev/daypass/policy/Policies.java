package dev.daypass.policy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Every policy that has a say in an access. Immutable.
///
/// @param identity of the user and its groups, or of the role
/// @param boundary of the user or role
/// @param session what narrows the session; absent where nothing does
/// @param resource of the resource, or the trust policy of the role that is to be assumed
/// @param serviceControl for each level from the root of the organization to the principal's
///   account
/// @param resourceControl the same for the resource's account
public record Policies(
    PolicySet identity,
    Optional<PolicySet> boundary,
    Optional<PolicySet> session,
    Optional<PolicySet> resource,
    List<PolicySet> serviceControl,
    List<PolicySet> resourceControl) {
  /// None at all.
  public static final Policies NONE = identity(List.of());

  public Policies {
    serviceControl = List.copyOf(serviceControl);
    resourceControl = List.copyOf(resourceControl);
  }

  /// Policies of an identity alone.
  public static Policies identity(List<Policy> identity) {
    return new Policies(
        PolicySet.of(identity),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of());
  }

  /// These, within the boundary.
  public Policies boundedBy(Policy ofPrincipal) {
    return new Policies(
        identity,
        Optional.of(PolicySet.of(ofPrincipal)),
        session,
        resource,
        serviceControl,
        resourceControl);
  }

  /// These, and the policy of the resource.
  public Policies on(Policy ofResource) {
    return new Policies(
        identity,
        boundary,
        session,
        Optional.of(PolicySet.of(ofResource)),
        serviceControl,
        resourceControl);
  }

  /// These, within what the policies of a session allow.
  public Policies narrowedBy(List<Policy> ofSession) {
    return new Policies(
        identity,
        boundary,
        Optional.of(PolicySet.of(ofSession)),
        resource,
        serviceControl,
        resourceControl);
  }

  /// These, under the control policies of an organization, level by level from its root.
  public Policies under(List<PolicySet> ofPrincipal, List<PolicySet> ofResource) {
    return new Policies(identity, boundary, session, resource, ofPrincipal, ofResource);
  }

  /// Decides by AWS's rules. A pure function.
  ///
  /// @see <a
  ///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html">Policy
  ///   evaluation logic</a>
  public Decision decide(Access access) {
    return new Evaluation(this, question(access)).decide();
  }

  /// Decides, and tells the full account of it. Takes some hundred times as long as [#decide].
  public Explanation explain(Access access) {
    return new Explainer(this, access).explain();
  }

  /// Decides, and tells what each statement had to say, without looking for what would turn the
  /// answer.
  public Explanation trace(Access access) {
    return new Explanation(access, decide(access), new Explainer(this, access).layers(), List.of());
  }

  /// What kind the resource's policy is.
  PolicyType resourceType() {
    return resource.stream()
        .flatMap(set -> set.policies().stream())
        .map(Policy::type)
        .findFirst()
        .orElse(PolicyType.RESOURCE);
  }

  /// Every set there is.
  Stream<PolicySet> sets() {
    return Stream.of(
            resourceControl.stream(),
            serviceControl.stream(),
            resource.stream(),
            Stream.of(identity),
            boundary.stream(),
            session.stream())
        .flatMap(sets -> sets);
  }

  Question question(Access access) {
    return new Question(access, boundary.isPresent());
  }
}
