package dev.daypass.broker.logins;

import static dev.daypass.wire.ErrorCode.NO_SUCH_ENTITY;
import static dev.daypass.wire.Nothing.NOTHING;

import dev.daypass.broker.access.Caller;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.iam.AccountMessages;
import dev.daypass.wire.iam.AccountMessages.DeleteAccountPasswordPolicy;
import dev.daypass.wire.iam.AccountMessages.GetAccountPasswordPolicy;
import dev.daypass.wire.iam.AccountMessages.UpdateAccountPasswordPolicy;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;

/// What callers can do about their account's password policy.
@Singleton
public final class PasswordPolicyActions {
  private final PostgresPasswordPolicies policies;

  PasswordPolicyActions(PostgresPasswordPolicies policies) {
    this.policies = policies;
  }

  public Uni<GetAccountPasswordPolicy.Result> get(Caller caller, GetAccountPasswordPolicy request) {
    return policies
        .find(caller.account())
        .map(found -> found.orElseThrow(() -> none(caller)))
        .map(policy -> new GetAccountPasswordPolicy.Result(policy.onWire()));
  }

  /// The account's own policy, as GetAccountPasswordPolicy shows it.
  public Uni<Optional<AccountMessages.PasswordPolicy>> find(String account) {
    return policies.find(account).map(found -> found.map(PasswordPolicy::onWire));
  }

  /// What a request asks for, as GetAccountPasswordPolicy would show it.
  public static AccountMessages.PasswordPolicy asked(UpdateAccountPasswordPolicy request) {
    return PasswordPolicy.of(request).onWire();
  }

  /// Holds for passwords that are set from now on; ages count from when each was set.
  public Uni<Nothing> update(Caller caller, UpdateAccountPasswordPolicy request) {
    return policies.put(caller.account(), PasswordPolicy.of(request)).replaceWith(NOTHING);
  }

  public Uni<Nothing> delete(Caller caller, DeleteAccountPasswordPolicy request) {
    return policies
        .remove(caller.account())
        .invoke(
            removed -> {
              if (removed == 0) {
                throw none(caller);
              }
            })
        .replaceWith(NOTHING);
  }

  private static RuntimeException none(Caller caller) {
    return NO_SUCH_ENTITY.error(
        "The Password Policy with domain name %s cannot be found.".formatted(caller.account()));
  }
}
