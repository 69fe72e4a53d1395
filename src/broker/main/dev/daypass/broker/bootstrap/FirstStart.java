package dev.daypass.broker.bootstrap;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Origin;
import dev.daypass.broker.accounts.Account;
import dev.daypass.broker.accounts.PostgresAccounts;
import dev.daypass.broker.apply.Apply;
import dev.daypass.broker.audit.Audit;
import dev.daypass.broker.audit.AuditEntry;
import dev.daypass.broker.audit.CloudTrail;
import dev.daypass.broker.database.Database;
import dev.daypass.broker.enrolment.EnrolmentLinks;
import dev.daypass.broker.keys.AccessKeyActions;
import dev.daypass.broker.permissions.PermissionActions;
import dev.daypass.broker.users.PostgresUsers;
import dev.daypass.broker.users.User;
import dev.daypass.broker.users.UserActions;
import dev.daypass.desired.Desired;
import dev.daypass.wire.AccessKeyId;
import dev.daypass.wire.Secret;
import dev.daypass.wire.iam.CredentialMessages.AccessKey;
import dev.daypass.wire.iam.NewUserName;
import dev.daypass.wire.iam.PolicyArn;
import dev.daypass.wire.iam.UserMessages.CreateUser;
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

  /// What was made, to be shown once.
  ///
  /// @param link where the administrator sets a password and a device
  record Made(String account, String userName, Secret link, AccessKey key, boolean keyGiven) {}

  /// An administrator who has lost everything, and the link to begin again with.
  record Recovered(String account, String userName, Secret link) {}

  private final Database database;
  private final PostgresAccounts accounts;
  private final UserActions users;
  private final PostgresUsers storedUsers;
  private final PermissionActions permissions;
  private final AccessKeyActions keys;
  private final EnrolmentLinks links;
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
      EnrolmentLinks links,
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
    this.links = links;
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
    return accounts
        .add(first)
        .chain(() -> users.create(root, createUser(new NewUserName(ADMINISTRATOR))))
        .chain(() -> permissions.users().attach(root, ADMINISTRATOR, new PolicyArn(POLICY)))
        .chain(() -> storedUsers.get(account, ADMINISTRATOR))
        .chain(user -> equip(user, firstKey))
        .call(
            () ->
                audit.appendInTransaction(record(root, "CreateFirstAdministrator", ADMINISTRATOR)))
        .call(() -> apply(root, files.get()));
  }

  private Uni<Made> equip(User user, FirstKey firstKey) {
    String account = user.account();
    return keys.add(
            user,
            firstKey.idOr(() -> AccessKeyId.random(AccessKeyId.LONG_TERM, account, random)),
            firstKey.secretOr(this::randomSecret),
            clock.instant())
        .chain(
            key ->
                links
                    .issue(user.id(), clock.instant())
                    .map(
                        link -> new Made(account, user.name(), link.url(), key, firstKey.given())));
  }

  /// Lets a user of the first account be its administrator again, who is made where there is none,
  /// and begin anew by a link. Whoever can start a broker over the database can do so.
  Uni<Recovered> recover(NewUserName name) {
    return accounts
        .first()
        .chain(
            account ->
                database.inAccount(
                    account,
                    () ->
                        accounts.find(account).chain(found -> recover(found.orElseThrow(), name))));
  }

  private Uni<Recovered> recover(Account account, NewUserName name) {
    Caller root = account.root(origin());
    return storedUsers
        .find(account.id(), name.value())
        .chain(
            found ->
                found.isPresent()
                    ? Uni.createFrom().voidItem()
                    : users.create(root, createUser(name)).replaceWithVoid())
        .chain(() -> permissions.users().attach(root, name.value(), new PolicyArn(POLICY)))
        .chain(() -> storedUsers.get(account.id(), name.value()))
        .chain(user -> links.issue(user.id(), clock.instant()))
        .call(() -> audit.appendInTransaction(record(root, "RecoverAdministrator", name.value())))
        .map(link -> new Recovered(account.id(), name.value(), link.url()));
  }

  private Uni<Void> apply(Caller root, Optional<Desired> wanted) {
    return wanted
        .map(desired -> database.forget().chain(() -> apply.within(root, desired)))
        .orElseGet(() -> Uni.createFrom().voidItem());
  }

  private static AuditEntry record(Caller root, String event, String userName) {
    return new CloudTrail(root.origin())
        .event("iam.amazonaws.com", event, "AwsServiceEvent")
        .readOnly(false)
        .by(root)
        .parameters(JsonNodeFactory.instance.objectNode().put("userName", userName))
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

  private static CreateUser createUser(NewUserName name) {
    return new CreateUser(Optional.empty(), name, Optional.empty(), List.of());
  }

  private Secret randomSecret() {
    byte[] bytes = new byte[30];
    random.nextBytes(bytes);
    return Secret.of(Base64.getEncoder().encodeToString(bytes));
  }
}
