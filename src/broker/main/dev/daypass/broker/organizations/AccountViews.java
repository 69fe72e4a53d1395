package dev.daypass.broker.organizations;

import dev.daypass.broker.accounts.Account;
import dev.daypass.broker.accounts.PostgresAccounts;
import dev.daypass.wire.organizations.AccountMessages;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Accounts as Organizations shows them.
@Singleton
final class AccountViews {
  private final PostgresAccounts accounts;
  private final PostgresTree tree;

  AccountViews(PostgresAccounts accounts, PostgresTree tree) {
    this.accounts = accounts;
    this.tree = tree;
  }

  Uni<AccountMessages.Account> of(Organization organization, Member member) {
    return of(organization, List.of(member)).map(List::getFirst);
  }

  Uni<List<AccountMessages.Account>> of(Organization organization, List<Member> members) {
    return accounts
        .byIds(members.stream().map(Member::account).toList())
        .chain(
            byId -> {
              Uni<List<AccountMessages.Account>> all = Uni.createFrom().item(List.of());
              for (Member member : members) {
                all = all.chain(sofar -> plus(sofar, organization, member, byId));
              }
              return all;
            });
  }

  private Uni<List<AccountMessages.Account>> plus(
      List<AccountMessages.Account> sofar,
      Organization organization,
      Member member,
      Map<String, Account> byId) {
    return path(member)
        .map(
            path -> {
              List<AccountMessages.Account> all = new ArrayList<>(sofar);
              all.add(
                  shown(
                      organization,
                      member,
                      Optional.ofNullable(byId.get(member.account())).orElseThrow(),
                      path));
              return all;
            });
  }

  /// From the organization down to what holds the account, and a slash.
  private Uni<String> path(Member member) {
    return tree.unit(member.organization(), member.parent())
        .map(Optional::orElseThrow)
        .chain(tree::line)
        .map(AccountViews::path);
  }

  static String path(List<Unit> line) {
    return line.stream()
        .map(Unit::id)
        .collect(Collectors.joining("/", line.getFirst().organization() + "/", "/"));
  }

  private static AccountMessages.Account shown(
      Organization organization, Member member, Account account, String path) {
    boolean closed = account.closedAt().isPresent();
    return new AccountMessages.Account(
        account.id(),
        organization.accountArn(account.id()),
        account.email(),
        account.name(),
        closed ? "SUSPENDED" : "ACTIVE",
        closed ? "CLOSED" : "ACTIVE",
        List.of(path + account.id() + "/"),
        member.joinedMethod(),
        member.joinedAt());
  }
}
