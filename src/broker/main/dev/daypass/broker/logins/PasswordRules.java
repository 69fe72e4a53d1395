package dev.daypass.broker.logins;

import static dev.daypass.wire.ErrorCode.PASSWORD_POLICY_VIOLATION;

import dev.daypass.broker.users.User;
import dev.daypass.wire.Secret;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether a password can be set, and whether one that is set still holds, by the account's policy.
@Singleton
public final class PasswordRules {
  /// How long an account lets a password last; absent where it lasts for ever.
  public Uni<Optional<Duration>> longestAge(String account) {
    return policy(account).map(PasswordPolicy::maxAge);
  }

  /// What a password that matched is good for.
  public enum Standing {
    GOOD,
    /// Another one must be chosen.
    EXPIRED,
    /// Only an administrator can help.
    EXPIRED_FOR_GOOD
  }

  private final PostgresPasswordPolicies policies;
  private final PostgresLoginProfiles profiles;
  private final Passwords passwords;

  PasswordRules(
      PostgresPasswordPolicies policies, PostgresLoginProfiles profiles, Passwords passwords) {
    this.policies = policies;
    this.profiles = profiles;
    this.passwords = passwords;
  }

  private Uni<PasswordPolicy> policy(String account) {
    return policies.find(account).map(found -> found.orElse(PasswordPolicy.USUAL));
  }

  /// Fails with `PasswordPolicyViolation` where an account's user cannot have this password.
  ///
  /// @param current what it would replace
  public Uni<Void> check(String account, Optional<LoginProfile> current, Secret password) {
    return policy(account)
        .invoke(policy -> policy.check(password))
        .chain(policy -> formerHashes(policy, current))
        .chain(hashes -> refuseFormer(hashes, password));
  }

  /// Fails with `PasswordPolicyViolation` for what people cannot choose themselves, as it would be
  /// guessed soon. What administrators and their tools set is theirs to weigh, as in AWS.
  public Uni<Void> refuseGuessable(User user, Secret password) {
    return passwords
        .guessable(password, List.of(user.name(), user.account(), "daypass"))
        .invoke(
            guessable -> {
              if (guessable) {
                throw PASSWORD_POLICY_VIOLATION.error(
                    "The password is easy to guess. Choose a longer one, of words that do not"
                        + " belong together.");
              }
            })
        .replaceWithVoid();
  }

  /// The hashes of the passwords that cannot be chosen again, the current one first.
  private Uni<List<String>> formerHashes(PasswordPolicy policy, Optional<LoginProfile> current) {
    if (policy.reusePrevention() == 0 || current.isEmpty()) {
      return Uni.createFrom().item(List.of());
    }
    LoginProfile profile = current.get();
    return profiles
        .formerHashes(profile.userId(), policy.reusePrevention() - 1)
        .map(
            former -> {
              List<String> hashes = new ArrayList<>(List.of(profile.passwordHash()));
              hashes.addAll(former);
              return hashes;
            });
  }

  private Uni<Void> refuseFormer(List<String> hashes, Secret password) {
    Uni<Void> checked = Uni.createFrom().voidItem();
    for (String hash : hashes) {
      checked =
          checked
              .chain(() -> passwords.matches(password, Optional.of(hash)))
              .invoke(
                  matches -> {
                    if (matches) {
                      throw PASSWORD_POLICY_VIOLATION.error(
                          "Password should not be one of the passwords used before");
                    }
                  })
              .replaceWithVoid();
    }
    return checked;
  }

  /// What a password that matched is good for now.
  public Uni<Standing> standing(String account, LoginProfile profile, Instant now) {
    return policy(account)
        .map(
            policy -> {
              if (!policy.expired(profile.changedAt(), now)) {
                return profile.resetRequired() ? Standing.EXPIRED : Standing.GOOD;
              }
              return policy.hardExpiry() ? Standing.EXPIRED_FOR_GOOD : Standing.EXPIRED;
            });
  }
}
