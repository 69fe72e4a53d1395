package dev.daypass.broker.accounts;

import static dev.daypass.wire.ErrorCode.ENTITY_ALREADY_EXISTS;
import static dev.daypass.wire.ErrorCode.NO_SUCH_ENTITY;
import static dev.daypass.wire.Nothing.NOTHING;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Target;
import dev.daypass.broker.database.Page;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.iam.AccountMessages.CreateAccountAlias;
import dev.daypass.wire.iam.AccountMessages.DeleteAccountAlias;
import dev.daypass.wire.iam.AccountMessages.GetAccountSummary;
import dev.daypass.wire.iam.AccountMessages.ListAccountAliases;
import dev.daypass.wire.iam.AccountMessages.SetSecurityTokenServicePreferences;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.function.Function;

/// What callers can do about their account as a whole.
@Singleton
public final class AccountActions {
  private final PostgresAccounts accounts;
  private final AccountSummary summary;

  AccountActions(PostgresAccounts accounts, AccountSummary summary) {
    this.accounts = accounts;
    this.summary = summary;
  }

  /// IAM's actions on accounts know no resource.
  public Uni<Target> account(Caller caller) {
    return Uni.createFrom().item(Target.of("*", caller.account()));
  }

  /// A second alias takes the place of the first, as in AWS.
  public Uni<Nothing> createAlias(Caller caller, CreateAccountAlias request) {
    String alias = request.accountAlias().value();
    return accounts
        .named(alias)
        .invoke(
            owner -> {
              if (owner.isPresent()) {
                throw ENTITY_ALREADY_EXISTS.error(
                    "The account alias %s already exists.".formatted(alias));
              }
            })
        .chain(() -> accounts.call(caller.account(), alias, caller.origin().time()))
        .replaceWith(NOTHING);
  }

  public Uni<Nothing> deleteAlias(Caller caller, DeleteAccountAlias request) {
    String alias = request.accountAlias().value();
    return accounts
        .remove(caller.account(), alias)
        .invoke(
            removed -> {
              if (removed == 0) {
                throw NO_SUCH_ENTITY.error(
                    "The account alias %s cannot be found.".formatted(alias));
              }
            })
        .replaceWith(NOTHING);
  }

  public Uni<ListAccountAliases.Result> listAliases(Caller caller, ListAccountAliases request) {
    Page.Wanted wanted = Page.Wanted.of(request.marker(), request.maxItems());
    return accounts
        .alias(caller.account())
        .map(alias -> Page.cut(alias.stream().toList(), wanted, Function.identity()))
        .map(
            page -> new ListAccountAliases.Result(page.items(), page.isTruncated(), page.marker()));
  }

  /// Kept and told, and nothing else: here every endpoint gives out the same tokens.
  public Uni<Nothing> prefer(Caller caller, SetSecurityTokenServicePreferences request) {
    return accounts
        .prefer(caller.account(), request.globalEndpointTokenVersion())
        .replaceWith(NOTHING);
  }

  public Uni<GetAccountSummary.Result> summary(Caller caller, GetAccountSummary request) {
    return summary.of(caller.account()).map(GetAccountSummary.Result::new);
  }
}
