package dev.daypass.broker.bootstrap;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Origin;
import dev.daypass.broker.accounts.Account;
import dev.daypass.broker.accounts.PostgresAccounts;
import dev.daypass.broker.apply.Apply;
import dev.daypass.broker.audit.Audit;
import dev.daypass.broker.audit.CloudTrail;
import dev.daypass.broker.database.Database;
import dev.daypass.broker.keys.AccessKeyActions;
import dev.daypass.broker.logins.LoginProfileActions;
import dev.daypass.broker.permissions.PermissionActions;
import dev.daypass.broker.users.PostgresUsers;
import dev.daypass.broker.users.UserActions;
import dev.daypass.desired.Desired;
import dev.daypass.wire.AccessKeyId;
import dev.daypass.wire.Secret;
import dev.daypass.wire.iam.CredentialMessages.AccessKey;
import dev.daypass.wire.iam.CredentialMessages.CreateLoginProfile;
import dev.daypass.wire.iam.NewUserName;
import dev.daypass.wire.iam.Password;
import dev.daypass.wire.iam.PolicyArn;
import dev.daypass.wire.iam.UserMessages.CreateUser;
import dev.daypass.wire.iam.UserName;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/// Makes the first account and its administrator, once for all nodes, by the same deeds that
/// callers ask for later.
@Singleton
final class FirstStart {
  private static final String ADMINISTRATOR = "admin";
  private static final String POLICY = "arn:aws:iam::aws:policy/AdministratorAccess";
  private static final int PASSWORD_BYTES = 15;

  /// What was made, to be shown once.
  record Made(String account, String userName, Secret password, AccessKey key, boolean keyGiven) {}

  private final Database database;
  private final PostgresAccounts accounts;
  private final UserActions users;
  private final PostgresUsers storedUsers;
  private final PermissionActions permissions;
  private final AccessKeyActions keys;
  private final LoginProfileActions logins;
  private final Audit audit;
  private final Apply apply;
  private final SecureRandom random;
  private final Clock clock;

  FirstStart(
      Database database,
      PostgresAccounts accounts,
      UserActions users,
      PostgresUsers storedUsers,
      PermissionActions permissions,
      AccessKeyActions keys,
      LoginProfileActions logins,
      Audit audit,
      Apply apply,
      SecureRandom random,
      Clock clock) {
    this.database = database;
    this.accounts = accounts;
    this.users = users;
    this.storedUsers = storedUsers;
    this.permissions = permissions;
    this.keys = keys;
    this.logins = logins;
    this.audit = audit;
    this.apply = apply;
    this.random = random;
    this.clock = clock;
  }

  /// Makes them, unless an account exists.
  ///
  /// @param files what the account is to look like; read only if it is made
  Uni<Optional<Made>> make(
      FirstKey firstKey, Optional<String> accountId, Supplier<Optional<Desired>> files) {
    return database.inTransaction(
        () ->
            database
                .run(
                    "select cast(pg_advisory_xact_lock(hashtext(?1)) as text)",
                    "daypass-first-start")
                .chain(accounts::any)
                .chain(
                    any ->
                        any
                            ? Uni.createFrom().item(Optional.<Made>empty())
                            : make(
                                    accountId.orElseGet(() -> Account.randomId(random)),
                                    firstKey,
                                    files)
                                .map(Optional::of)));
  }

  private Uni<Made> make(String account, FirstKey firstKey, Supplier<Optional<Desired>> files) {
    Account first = Account.unnamed(account, clock.instant());
    Caller root = first.root(origin());
    Secret password = randomPassword();
    return accounts
        .add(first)
        .chain(() -> users.create(root, createUser()))
        .chain(() -> permissions.users().attach(root, ADMINISTRATOR, new PolicyArn(POLICY)))
        .chain(() -> logins.create(root, createLogin(password)))
        .chain(() -> storedUsers.get(account, ADMINISTRATOR))
        .chain(
            user ->
                keys.add(
                    user,
                    firstKey.idOr(() -> AccessKeyId.random(AccessKeyId.LONG_TERM, account, random)),
                    firstKey.secretOr(this::randomSecret),
                    clock.instant()))
        .call(() -> audit.appendInTransaction(record(root)))
        .call(() -> apply(root, files.get()))
        .map(key -> new Made(account, ADMINISTRATOR, password, key, firstKey.given()));
  }

  private Uni<Void> apply(Caller root, Optional<Desired> wanted) {
    return wanted
        .map(desired -> database.forget().chain(() -> apply.within(root, desired)))
        .orElseGet(() -> Uni.createFrom().voidItem());
  }

  private static dev.daypass.broker.audit.AuditEntry record(Caller root) {
    return new CloudTrail(root.origin())
        .event("iam.amazonaws.com", "CreateFirstAdministrator", "AwsServiceEvent")
        .readOnly(false)
        .by(root)
        .entry();
  }

  private Origin origin() {
    return new Origin(
        UUID.randomUUID().toString(),
        clock.instant(),
        "127.0.0.1",
        "daypass",
        Optional.empty(),
        false,
        "us-east-1");
  }

  private static CreateUser createUser() {
    return new CreateUser(
        Optional.empty(), new NewUserName(ADMINISTRATOR), Optional.empty(), List.of());
  }

  private static CreateLoginProfile createLogin(Secret password) {
    return new CreateLoginProfile(
        Optional.of(new UserName(ADMINISTRATOR)),
        Optional.of(new Password(password)),
        Optional.of(true));
  }

  private Secret randomPassword() {
    byte[] bytes = new byte[PASSWORD_BYTES];
    random.nextBytes(bytes);
    return Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  private Secret randomSecret() {
    byte[] bytes = new byte[30];
    random.nextBytes(bytes);
    return Secret.of(Base64.getEncoder().encodeToString(bytes));
  }
}
