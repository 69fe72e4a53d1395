package dev.daypass.broker.sso;

import dev.daypass.broker.access.AccessDenied;
import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Origin;
import dev.daypass.broker.accounts.Account;
import dev.daypass.broker.accounts.PostgresAccounts;
import dev.daypass.broker.audit.Audit;
import dev.daypass.broker.audit.CloudTrail;
import dev.daypass.broker.database.Page;
import dev.daypass.broker.revocations.Revocation;
import dev.daypass.broker.revocations.Revocations;
import dev.daypass.broker.roles.PostgresRoles;
import dev.daypass.broker.roles.Role;
import dev.daypass.broker.sessions.AssumableRoles;
import dev.daypass.broker.sessions.AssumableRoles.Assumable;
import dev.daypass.broker.sessions.AssumableRoles.When;
import dev.daypass.broker.signin.SignedInCaller;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.ErrorCode;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.sso.PortalMessages.AccountInfo;
import dev.daypass.wire.sso.PortalMessages.GetRoleCredentials;
import dev.daypass.wire.sso.PortalMessages.ListAccountRoles;
import dev.daypass.wire.sso.PortalMessages.ListAccounts;
import dev.daypass.wire.sso.PortalMessages.RoleCredentials;
import dev.daypass.wire.sso.PortalMessages.RoleInfo;
import dev.daypass.wire.sso.SsoError;
import dev.daypass.wire.sts.Credentials;
import dev.daypass.wire.sts.RoleDuration;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What a tool with an access token can do: see the roles that its person can have now, and have
/// credentials of theirs.
@Singleton
final class Portal {
  private static final RoleDuration LASTS = new RoleDuration((int) Duration.ofHours(1).toSeconds());

  private final AccessTokens tokens;
  private final SignedInCaller callers;
  private final AssumableRoles assumable;
  private final PostgresRoles roles;
  private final PostgresAccounts accounts;
  private final Revocations revocations;
  private final Audit audit;

  Portal(
      AccessTokens tokens,
      SignedInCaller callers,
      AssumableRoles assumable,
      PostgresRoles roles,
      PostgresAccounts accounts,
      Revocations revocations,
      Audit audit) {
    this.tokens = tokens;
    this.callers = callers;
    this.assumable = assumable;
    this.roles = roles;
    this.accounts = accounts;
    this.revocations = revocations;
    this.audit = audit;
  }

  /// Who calls; fails with `UnauthorizedException` where the sign-in has ended.
  Uni<Caller> caller(String token, Origin origin) {
    return tokens
        .proven(token, origin.time())
        .chain(signIn -> callers.of(signIn, origin))
        .onFailure(SsoTokens::ended)
        .transform(_ -> AccessTokens.unauthorized());
  }

  private Uni<List<Role>> available(Caller caller) {
    return assumable
        .of(caller)
        .map(
            found ->
                found.stream().filter(is -> is.when() == When.NOW).map(Assumable::role).toList());
  }

  Uni<ListAccounts.Result> accounts(Caller caller, ListAccounts request) {
    Page.Wanted wanted = Page.Wanted.of(request.nextToken(), request.maxResults());
    return available(caller)
        .map(found -> found.stream().map(Role::account).distinct().toList())
        .map(all -> Page.cut(all, wanted, Function.identity()))
        .chain(
            page ->
                accounts
                    .byIds(page.items())
                    .map(known -> page.map(id -> info(id, known)))
                    .map(shown -> new ListAccounts.Result(shown.items(), shown.marker())));
  }

  private static AccountInfo info(String id, Map<String, Account> known) {
    Optional<Account> account = Optional.ofNullable(known.get(id));
    return new AccountInfo(
        id, account.map(Account::name).orElse(id), account.flatMap(Account::email));
  }

  Uni<ListAccountRoles.Result> roles(Caller caller, ListAccountRoles request) {
    String account = request.accountId().value();
    Page.Wanted wanted = Page.Wanted.of(request.nextToken(), request.maxResults());
    return available(caller)
        .map(
            found ->
                found.stream()
                    .filter(role -> role.account().equals(account))
                    .map(Role::name)
                    .toList())
        .map(
            all ->
                Page.cut(all, wanted, Function.identity()).map(name -> new RoleInfo(name, account)))
        .map(page -> new ListAccountRoles.Result(page.items(), page.marker()));
  }

  /// Fails alike for a role that is not there and for one that the caller cannot have.
  Uni<GetRoleCredentials.Result> credentials(Caller caller, GetRoleCredentials request) {
    return roles
        .find(request.accountId().value(), request.roleName().value())
        .map(found -> found.orElseThrow(Portal::forbidden))
        .chain(role -> assumable.assume(caller, role.arn(), LASTS))
        .onFailure(Portal::denied)
        .transform(_ -> forbidden())
        .map(result -> new GetRoleCredentials.Result(credentials(result.credentials())));
  }

  private static RoleCredentials credentials(Credentials credentials) {
    return new RoleCredentials(
        credentials.accessKeyId().value(),
        credentials.secretAccessKey(),
        credentials.sessionToken(),
        credentials.expiration().toEpochMilli());
  }

  private static boolean denied(Throwable failure) {
    return failure instanceof AccessDenied
        || failure instanceof ApiError refusal && refusal.code() == ErrorCode.ACCESS_DENIED;
  }

  private static RuntimeException forbidden() {
    return SsoError.FORBIDDEN.error("No access");
  }

  /// Ends the sign-in, and all that came of it.
  Uni<Nothing> logout(Caller caller) {
    CloudTrail trail =
        new CloudTrail(caller.origin())
            .event("sso.amazonaws.com", "Logout", "AwsServiceEvent")
            .readOnly(false)
            .by(caller);
    return audit.append(trail.entry()).chain(() -> end(caller)).replaceWith(Nothing.NOTHING);
  }

  private Uni<Void> end(Caller caller) {
    return revocations.end(
        Revocation.of(caller.session().orElseThrow().accessKeyId(), caller.origin().time()));
  }
}
