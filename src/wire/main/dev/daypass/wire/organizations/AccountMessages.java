package dev.daypass.wire.organizations;

import dev.daypass.wire.AtMost;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.Request;
import dev.daypass.wire.iam.RoleName;
import dev.daypass.wire.iam.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What travels between a client and Organizations about accounts.
public final class AccountMessages {
  private AccountMessages() {}

  public record CreateAccount(
      Email email,
      CreateAccountName accountName,
      Optional<RoleName> roleName,
      Optional<IamUserAccessToBilling> iamUserAccessToBilling,
      @AtMost(50) List<Tag> tags)
      implements Request<CreateAccount.Result> {
    public record Result(CreateAccountStatus createAccountStatus) {}
  }

  public record DescribeCreateAccountStatus(CreateAccountRequestId createAccountRequestId)
      implements Request<DescribeCreateAccountStatus.Result> {
    public record Result(CreateAccountStatus createAccountStatus) {}
  }

  public record ListCreateAccountStatus(
      List<CreateAccountState> states,
      Optional<NextToken> nextToken,
      Optional<MaxResults> maxResults)
      implements Request<ListCreateAccountStatus.Result> {
    public record Result(
        List<CreateAccountStatus> createAccountStatuses, Optional<String> nextToken) {}
  }

  public record ListAccounts(Optional<NextToken> nextToken, Optional<MaxResults> maxResults)
      implements Request<AccountPage> {}

  public record ListAccountsForParent(
      ParentId parentId, Optional<NextToken> nextToken, Optional<MaxResults> maxResults)
      implements Request<AccountPage> {}

  public record AccountPage(List<Account> accounts, Optional<String> nextToken) {}

  public record DescribeAccount(AccountId accountId) implements Request<DescribeAccount.Result> {
    public record Result(Account account) {}
  }

  public record MoveAccount(
      AccountId accountId, ParentId sourceParentId, ParentId destinationParentId)
      implements Request<Nothing> {}

  public record CloseAccount(AccountId accountId) implements Request<Nothing> {}

  public record RemoveAccountFromOrganization(AccountId accountId) implements Request<Nothing> {}

  /// @param status `ACTIVE` or `SUSPENDED`
  /// @param state `ACTIVE` or `CLOSED`
  /// @param paths where it is, from the organization down to the account itself
  public record Account(
      String id,
      String arn,
      Optional<String> email,
      String name,
      String status,
      String state,
      List<String> paths,
      String joinedMethod,
      Instant joinedTimestamp) {}

  public record CreateAccountStatus(
      String id,
      String accountName,
      CreateAccountState state,
      Instant requestedTimestamp,
      Instant completedTimestamp,
      Optional<String> accountId,
      Optional<String> failureReason) {}
}
