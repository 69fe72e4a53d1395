package dev.daypass.policy;

import java.util.Map;
import java.util.Optional;

/// Who asks.
///
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html">Principal</a>
public sealed interface Principal {
  /// The ARN that names exactly this one; absent for those who have none.
  default Optional<String> arn() {
    return Optional.empty();
  }

  /// The account it belongs to.
  default Optional<String> account() {
    return Optional.empty();
  }

  /// The owner of an account.
  record Root(String accountId) implements Principal {
    @Override
    public Optional<String> arn() {
      return Optional.of("arn:aws:iam::" + accountId + ":root");
    }

    @Override
    public Optional<String> account() {
      return Optional.of(accountId);
    }
  }

  /// A user, with its long-term keys, signed in, or by GetSessionToken.
  ///
  /// @param id `AIDA…`
  record User(String userArn, String id, String name, String accountId, Map<String, String> tags)
      implements Principal {
    public User {
      tags = Map.copyOf(tags);
    }

    @Override
    public Optional<String> arn() {
      return Optional.of(userArn);
    }

    @Override
    public Optional<String> account() {
      return Optional.of(accountId);
    }
  }

  /// A session of a role.
  ///
  /// @param roleArn with its path
  /// @param roleId `AROA…`
  /// @param tags the role's and the session's, the session's winning
  /// @param provider the identity provider that vouched for whoever began the session
  record AssumedRole(
      String roleArn,
      String roleId,
      String roleName,
      String sessionName,
      String accountId,
      Map<String, String> tags,
      Optional<String> provider)
      implements Principal {
    public AssumedRole {
      tags = Map.copyOf(tags);
    }

    /// A session that no identity provider vouched for.
    public AssumedRole(
        String roleArn,
        String roleId,
        String roleName,
        String sessionName,
        String accountId,
        Map<String, String> tags) {
      this(roleArn, roleId, roleName, sessionName, accountId, tags, Optional.empty());
    }

    @Override
    public Optional<String> arn() {
      return Optional.of(
          "arn:aws:sts::" + accountId + ":assumed-role/" + roleName + "/" + sessionName);
    }

    @Override
    public Optional<String> account() {
      return Optional.of(accountId);
    }
  }

  /// A session made by GetFederationToken.
  ///
  /// @param userArn the user who made it
  record FederatedUser(
      String name, String userArn, String userId, String accountId, Map<String, String> tags)
      implements Principal {
    public FederatedUser {
      tags = Map.copyOf(tags);
    }

    @Override
    public Optional<String> arn() {
      return Optional.of("arn:aws:sts::" + accountId + ":federated-user/" + name);
    }

    @Override
    public Optional<String> account() {
      return Optional.of(accountId);
    }
  }

  /// Someone an identity provider vouches for, not yet in a session.
  record Federated(String provider) implements Principal {}

  /// A service, by its name such as `ec2.amazonaws.com`.
  record Service(String name) implements Principal {}

  /// Nobody in particular.
  record Anonymous() implements Principal {}
}
