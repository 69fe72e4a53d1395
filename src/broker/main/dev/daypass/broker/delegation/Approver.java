package dev.daypass.broker.delegation;

import static dev.daypass.wire.ErrorCode.ACCESS_DENIED;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Federation;
import dev.daypass.broker.access.Lineage;
import dev.daypass.broker.access.Session;
import dev.daypass.policy.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who granted a request, as it was then: whose permissions the delegated session has, as far as it
/// still has them when they are used.
///
/// @param kind whether a user granted it or a role's session
/// @param principalArn the user's or the role's
/// @param name the user's name, or the session's
/// @param federation who vouched for whoever began the session, so that conditions go on to see it
/// @param via the credentials that granted it, and what they came of
public record Approver(
    Session.Kind kind,
    String account,
    String principalArn,
    String principalId,
    String name,
    String arn,
    Optional<Instant> mfaAt,
    Optional<String> sourceIdentity,
    Map<String, String> tags,
    Optional<Federation> federation,
    List<Lineage.Link> via) {
  public Approver {
    tags = Map.copyOf(tags);
    via = List.copyOf(via);
  }

  /// The caller as one who grants. Whoever is narrowed cannot: a session has one policy that
  /// narrows it, and what is delegated would be out of the other's reach.
  static Approver of(Caller caller) {
    if (caller.session().filter(Session::narrowed).isPresent()) {
      throw ACCESS_DENIED.error(
          "Sessions with session policies cannot accept delegation requests.");
    }
    return switch (caller.principal()) {
      case Principal.User user ->
          of(caller, Session.Kind.USER, user.userArn(), user.id(), user.name());
      case Principal.AssumedRole role ->
          of(caller, Session.Kind.ROLE, role.roleArn(), role.roleId(), role.sessionName());
      default -> throw ACCESS_DENIED.error("Only users and roles can accept delegation requests.");
    };
  }

  private static Approver of(Caller caller, Session.Kind kind, String arn, String id, String name) {
    return new Approver(
        kind,
        caller.account(),
        arn,
        id,
        name,
        caller.arn(),
        caller.mfaAt(),
        caller.session().flatMap(Session::sourceIdentity),
        caller.session().map(Session::tags).orElse(Map.of()),
        caller.session().flatMap(Session::federation),
        Lineage.of(caller).ancestors());
  }
}
