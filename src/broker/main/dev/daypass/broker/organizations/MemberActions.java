package dev.daypass.broker.organizations;

import static dev.daypass.wire.ErrorCode.INVALID_INPUT;
import static dev.daypass.wire.Nothing.NOTHING;
import static dev.daypass.wire.organizations.OrganizationsError.ACCOUNT_ALREADY_CLOSED;
import static dev.daypass.wire.organizations.OrganizationsError.CREATE_ACCOUNT_STATUS_NOT_FOUND;
import static dev.daypass.wire.organizations.OrganizationsError.DESTINATION_PARENT_NOT_FOUND;
import static dev.daypass.wire.organizations.OrganizationsError.DUPLICATE_ACCOUNT;
import static dev.daypass.wire.organizations.OrganizationsError.MASTER_CANNOT_LEAVE;
import static dev.daypass.wire.organizations.OrganizationsError.SOURCE_PARENT_NOT_FOUND;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.accounts.Account;
import dev.daypass.broker.accounts.PostgresAccounts;
import dev.daypass.broker.database.Page;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.organizations.AccountMessages.AccountPage;
import dev.daypass.wire.organizations.AccountMessages.CloseAccount;
import dev.daypass.wire.organizations.AccountMessages.CreateAccount;
import dev.daypass.wire.organizations.AccountMessages.CreateAccountStatus;
import dev.daypass.wire.organizations.AccountMessages.DescribeAccount;
import dev.daypass.wire.organizations.AccountMessages.DescribeCreateAccountStatus;
import dev.daypass.wire.organizations.AccountMessages.ListAccounts;
import dev.daypass.wire.organizations.AccountMessages.ListAccountsForParent;
import dev.daypass.wire.organizations.AccountMessages.ListCreateAccountStatus;
import dev.daypass.wire.organizations.AccountMessages.MoveAccount;
import dev.daypass.wire.organizations.AccountMessages.RemoveAccountFromOrganization;
import dev.daypass.wire.organizations.CreateAccountState;
import dev.daypass.wire.organizations.PolicyType;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;

/// What callers can do to the accounts of their organization.
@Singleton
public final class MemberActions {
  private final Organizations guard;
  private final PostgresOrganizations organizations;
  private final PostgresTree tree;
  private final PostgresControlPolicies policies;
  private final PostgresAccounts accounts;
  private final AccountViews views;
  private final NewAccount newAccount;
  private final ResourceTags tags;
  private final Ids ids;
  private final SecureRandom random;

  MemberActions(
      Organizations guard,
      PostgresOrganizations organizations,
      PostgresTree tree,
      PostgresControlPolicies policies,
      PostgresAccounts accounts,
      AccountViews views,
      NewAccount newAccount,
      ResourceTags tags,
      Ids ids,
      SecureRandom random) {
    this.guard = guard;
    this.organizations = organizations;
    this.tree = tree;
    this.policies = policies;
    this.accounts = accounts;
    this.views = views;
    this.newAccount = newAccount;
    this.tags = tags;
    this.ids = ids;
    this.random = random;
  }

  /// It is done when this answers. As in AWS, an address that is taken is told by the status.
  public Uni<CreateAccount.Result> create(Caller caller, CreateAccount request) {
    request.roleName().map(Object::toString).ifPresent(MemberActions::checkRole);
    return guard
        .managed(caller)
        .call(
            organization ->
                tree.countMembers(organization.id())
                    .invoke(count -> Limit.ACCOUNT_NUMBER_LIMIT_EXCEEDED.check(count + 1)))
        .chain(
            organization ->
                accounts
                    .isOwned(request.email().value())
                    .chain(
                        taken ->
                            taken
                                ? Uni.createFrom().item(status(caller, request, Optional.empty()))
                                : make(caller, organization, request))
                    .call(status -> organizations.add(organization.id(), status)))
        .map(CreateAccount.Result::new);
  }

  private static void checkRole(String name) {
    if (name.startsWith("AWSServiceRoleFor")) {
      throw INVALID_INPUT
          .error("A role name can't begin with the reserved prefix AWSServiceRoleFor.")
          .with("reason", "INVALID_ROLE_NAME");
    }
  }

  private Uni<CreateAccountStatus> make(
      Caller caller, Organization organization, CreateAccount request) {
    Instant now = caller.origin().time();
    Account account =
        new Account(
            Account.randomId(random),
            request.accountName().value(),
            Optional.of(request.email().value()),
            now,
            Optional.empty());
    return newAccount
        .make(caller, account, request.roleName())
        .chain(() -> tree.root(organization.id()))
        .chain(
            root ->
                tree.add(new Member(account.id(), organization.id(), root.id(), "CREATED", now)))
        .chain(() -> controlled(organization, account.id()))
        .chain(() -> tags.put(account.id(), request.tags()))
        .map(_ -> status(caller, request, Optional.of(account.id())));
  }

  /// Whatever comes into an organization begins with the policies that allow everything.
  private Uni<Void> controlled(Organization organization, String account) {
    return organizations
        .types(organization.id())
        .chain(
            types -> {
              Uni<Void> attached = Uni.createFrom().voidItem();
              for (PolicyType type : types) {
                attached =
                    attached.chain(
                        () ->
                            policies.attach(
                                organization.id(), ControlPolicy.full(type), type, account));
              }
              return attached;
            });
  }

  /// @param account absent where there is none, because the address was taken
  private CreateAccountStatus status(
      Caller caller, CreateAccount request, Optional<String> account) {
    Instant now = caller.origin().time();
    return new CreateAccountStatus(
        ids.creation(),
        request.accountName().value(),
        account.isPresent() ? CreateAccountState.SUCCEEDED : CreateAccountState.FAILED,
        now,
        now,
        account,
        account.isPresent() ? Optional.empty() : Optional.of("EMAIL_ALREADY_EXISTS"));
  }

  public Uni<DescribeCreateAccountStatus.Result> describeCreation(
      Caller caller, DescribeCreateAccountStatus request) {
    return guard
        .managed(caller)
        .chain(
            organization ->
                organizations.creation(organization.id(), request.createAccountRequestId().value()))
        .map(found -> found.orElseThrow(CREATE_ACCOUNT_STATUS_NOT_FOUND::error))
        .map(DescribeCreateAccountStatus.Result::new);
  }

  public Uni<ListCreateAccountStatus.Result> listCreations(
      Caller caller, ListCreateAccountStatus request) {
    return guard
        .managed(caller)
        .chain(
            organization ->
                organizations.creations(
                    organization.id(),
                    request.states(),
                    Pages.wanted(request.nextToken(), request.maxResults())))
        .map(page -> new ListCreateAccountStatus.Result(page.items(), page.marker()));
  }

  public Uni<AccountPage> list(Caller caller, ListAccounts request) {
    return guard
        .managed(caller)
        .chain(
            organization ->
                tree.members(
                        organization.id(), Pages.wanted(request.nextToken(), request.maxResults()))
                    .chain(page -> shown(organization, page)));
  }

  public Uni<AccountPage> listForParent(Caller caller, ListAccountsForParent request) {
    return guard
        .managed(caller)
        .chain(
            organization ->
                guard
                    .parent(organization, request.parentId().value())
                    .chain(
                        parent ->
                            tree.membersIn(
                                parent.id(),
                                Pages.wanted(request.nextToken(), request.maxResults())))
                    .chain(page -> shown(organization, page)));
  }

  private Uni<AccountPage> shown(Organization organization, Page<Member> page) {
    return views.of(organization, page.items()).map(shown -> new AccountPage(shown, page.marker()));
  }

  public Uni<DescribeAccount.Result> describe(Caller caller, DescribeAccount request) {
    return guard
        .managed(caller)
        .chain(
            organization ->
                guard
                    .member(organization, request.accountId().value())
                    .chain(member -> views.of(organization, member)))
        .map(DescribeAccount.Result::new);
  }

  public Uni<Nothing> move(Caller caller, MoveAccount request) {
    String destination = request.destinationParentId().value();
    return guard
        .managed(caller)
        .chain(
            organization ->
                guard
                    .member(organization, request.accountId().value())
                    .call(
                        () ->
                            guard.unit(
                                organization,
                                request.sourceParentId().value(),
                                SOURCE_PARENT_NOT_FOUND))
                    .call(() -> guard.unit(organization, destination, DESTINATION_PARENT_NOT_FOUND))
                    .invoke(member -> check(member, request))
                    .chain(member -> tree.move(member.account(), destination)))
        .replaceWith(NOTHING);
  }

  private static void check(Member member, MoveAccount request) {
    if (!member.parent().equals(request.sourceParentId().value())) {
      throw SOURCE_PARENT_NOT_FOUND.error();
    }
    if (member.parent().equals(request.destinationParentId().value())) {
      throw DUPLICATE_ACCOUNT.error();
    }
  }

  /// From then on nobody in the account signs in or calls. It stays closed.
  public Uni<Nothing> close(Caller caller, CloseAccount request) {
    return guard
        .managed(caller)
        .chain(
            organization ->
                guard
                    .member(organization, request.accountId().value())
                    .invoke(member -> refuseManagement(organization, member))
                    .chain(member -> accounts.close(member.account(), caller.origin().time())))
        .invoke(MemberActions::refuseClosed)
        .replaceWith(NOTHING);
  }

  private static void refuseManagement(Organization organization, Member member) {
    if (member.account().equals(organization.managementAccount())) {
      throw Limit.refusal(
          "You attempted to close the management account.", "CANNOT_CLOSE_MANAGEMENT_ACCOUNT");
    }
  }

  private static void refuseClosed(int closed) {
    if (closed == 0) {
      throw ACCOUNT_ALREADY_CLOSED.error();
    }
  }

  /// The account goes on by itself, with all that is in it; no policy of the organization binds it
  /// any more. What let the management account in is still there: it is the account's own.
  public Uni<Nothing> remove(Caller caller, RemoveAccountFromOrganization request) {
    return guard
        .managed(caller)
        .chain(
            organization ->
                guard
                    .member(organization, request.accountId().value())
                    .invoke(member -> refuseMaster(organization, member))
                    .call(member -> tags.removeAll(member.account()))
                    .chain(tree::remove))
        .replaceWith(NOTHING);
  }

  private static void refuseMaster(Organization organization, Member member) {
    if (member.account().equals(organization.managementAccount())) {
      throw MASTER_CANNOT_LEAVE.error();
    }
  }
}
