package dev.daypass.policy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Every policy that has a say in an access.
///
/// @param identity of the user and its groups, or of the role
/// @param boundary of the user or role
/// @param session what narrows the session; absent where nothing does
/// @param resource of the resource, or the trust policy of the role that is to be assumed
/// @param serviceControl for each level from the root of the organization to the principal's
///   account
/// @param resourceControl the same for the resource's account
public record Policies(
    List<Policy> identity,
    Optional<Policy> boundary,
    Optional<List<Policy>> session,
    Optional<Policy> resource,
    List<List<Policy>> serviceControl,
    List<List<Policy>> resourceControl) {
  public Policies {
    identity = List.copyOf(identity);
    session = session.map(List::copyOf);
    serviceControl = serviceControl.stream().map(List::copyOf).toList();
    resourceControl = resourceControl.stream().map(List::copyOf).toList();
  }

  /// Policies of an identity alone.
  public static Policies identity(List<Policy> identity) {
    return new Policies(
        identity, Optional.empty(), Optional.empty(), Optional.empty(), List.of(), List.of());
  }

  /// These, and the policy of the resource.
  public Policies on(Policy ofResource) {
    return new Policies(
        identity, boundary, session, Optional.of(ofResource), serviceControl, resourceControl);
  }

  /// These, within what the policies of a session allow.
  public Policies narrowedBy(List<Policy> ofSession) {
    return new Policies(
        identity, boundary, Optional.of(ofSession), resource, serviceControl, resourceControl);
  }

  /// Decides by AWS's rules. A pure function.
  ///
  /// @see <a
  ///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html">Policy
  ///   evaluation logic</a>
  public Decision decide(Access access) {
    return new Evaluation(this, new Question(access, boundary.isPresent())).decide();
  }

  Stream<Policy> all() {
    return Stream.of(
            resourceControl.stream().flatMap(List::stream),
            serviceControl.stream().flatMap(List::stream),
            resource.stream(),
            identity.stream(),
            boundary.stream(),
            session.stream().flatMap(List::stream))
        .flatMap(stream -> stream);
  }
}
