package dev.daypass.broker.organizations;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.accounts.Account;
import dev.daypass.broker.accounts.PostgresAccounts;
import dev.daypass.broker.permissions.PermissionActions;
import dev.daypass.broker.roles.RoleActions;
import dev.daypass.wire.iam.Description;
import dev.daypass.wire.iam.PolicyArn;
import dev.daypass.wire.iam.PolicyText;
import dev.daypass.wire.iam.RoleMessages.CreateRole;
import dev.daypass.wire.iam.RoleName;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/// Makes accounts with the one way into them: a role that the management account may assume.
///
/// @see <a
///   href="https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_access.html">Accessing
///   member accounts</a>
@Singleton
final class NewAccount {
  private static final RoleName USUAL_ROLE = new RoleName("OrganizationAccountAccessRole");
  private static final PolicyArn ADMINISTRATOR =
      new PolicyArn("arn:aws:iam::aws:policy/AdministratorAccess");

  private final PostgresAccounts accounts;
  private final RoleActions roles;
  private final PermissionActions permissions;

  NewAccount(PostgresAccounts accounts, RoleActions roles, PermissionActions permissions) {
    this.accounts = accounts;
    this.roles = roles;
    this.permissions = permissions;
  }

  Uni<Void> make(Caller manager, Account account, Optional<RoleName> role) {
    Caller root = account.root(manager.origin());
    RoleName name = role.orElse(USUAL_ROLE);
    return accounts
        .add(account)
        .chain(() -> roles.create(root, trusting(manager.account(), name)))
        .chain(() -> permissions.roles().attach(root, name.value(), ADMINISTRATOR))
        .replaceWithVoid();
  }

  private static CreateRole trusting(String manager, RoleName name) {
    String trust =
        """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow",\
        "Principal":{"AWS":"arn:aws:iam::%s:root"},"Action":"sts:AssumeRole"}]}"""
            .formatted(manager);
    return new CreateRole(
        Optional.empty(),
        name,
        new PolicyText(trust),
        Optional.of(new Description("Lets the management account in.")),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }
}
