package dev.daypass.broker.keys;

import static dev.daypass.wire.ErrorCode.ACCESS_DENIED;
import static dev.daypass.wire.ErrorCode.NO_SUCH_ENTITY;
import static dev.daypass.wire.Nothing.NOTHING;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Target;
import dev.daypass.broker.database.Page;
import dev.daypass.broker.database.Quota;
import dev.daypass.broker.users.PostgresUsers;
import dev.daypass.broker.users.User;
import dev.daypass.broker.users.UserActions;
import dev.daypass.broker.uses.Uses;
import dev.daypass.wire.AccessKeyId;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.Secret;
import dev.daypass.wire.iam.CredentialMessages;
import dev.daypass.wire.iam.CredentialMessages.AccessKeyLastUsed;
import dev.daypass.wire.iam.CredentialMessages.CreateAccessKey;
import dev.daypass.wire.iam.CredentialMessages.DeleteAccessKey;
import dev.daypass.wire.iam.CredentialMessages.GetAccessKeyLastUsed;
import dev.daypass.wire.iam.CredentialMessages.ListAccessKeys;
import dev.daypass.wire.iam.CredentialMessages.UpdateAccessKey;
import dev.daypass.wire.iam.Status;
import dev.daypass.wire.iam.UserName;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// What callers can do to access keys.
@Singleton
public final class AccessKeyActions {
  // 30 bytes are the 40 characters that a secret access key has.
  private static final int SECRET_BYTES = 30;
  private static final String NEVER = "N/A";

  private final PostgresAccessKeys keys;
  private final PostgresUsers users;
  private final UserActions userActions;
  private final Uses uses;
  private final SecureRandom random;

  AccessKeyActions(
      PostgresAccessKeys keys,
      PostgresUsers users,
      UserActions userActions,
      Uses uses,
      SecureRandom random) {
    this.keys = keys;
    this.users = users;
    this.userActions = userActions;
    this.uses = uses;
    this.random = random;
  }

  public Uni<CreateAccessKey.Result> create(Caller caller, CreateAccessKey request) {
    return user(caller, request.userName())
        .call(
            user ->
                keys.of(user.id())
                    .invoke(present -> Quota.ACCESS_KEYS_PER_USER.check(present.size() + 1L)))
        .chain(user -> create(user, caller.origin().time()))
        .map(CreateAccessKey.Result::new);
  }

  private Uni<CredentialMessages.AccessKey> create(User user, Instant now) {
    AccessKeyId id = AccessKeyId.random(AccessKeyId.LONG_TERM, user.account(), random);
    return add(user, id, newSecret(), now);
  }

  /// Adds a key whose id and secret are given, as an installation's first one may be.
  public Uni<CredentialMessages.AccessKey> add(
      User user, AccessKeyId id, Secret secret, Instant now) {
    AccessKey key = new AccessKey(id.value(), user.account(), user.id(), true, now);
    return keys.add(key, secret)
        .replaceWith(new CredentialMessages.AccessKey(user.name(), id, Status.ACTIVE, secret, now));
  }

  private Secret newSecret() {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return Secret.of(Base64.getEncoder().encodeToString(bytes));
  }

  public Uni<Nothing> update(Caller caller, UpdateAccessKey request) {
    boolean active = request.status().chosen();
    return user(caller, request.userName())
        .chain(user -> keys.activate(user.id(), request.accessKeyId().value(), active))
        .invoke(changed -> refuseUnlessFound(changed, request.accessKeyId()))
        .replaceWith(NOTHING);
  }

  public Uni<Nothing> delete(Caller caller, DeleteAccessKey request) {
    return user(caller, request.userName())
        .chain(user -> keys.remove(user.id(), request.accessKeyId().value()))
        .invoke(removed -> refuseUnlessFound(removed, request.accessKeyId()))
        .replaceWith(NOTHING);
  }

  private static void refuseUnlessFound(int found, AccessKeyId id) {
    if (found == 0) {
      throw NO_SUCH_ENTITY.error(
          "The Access Key with id %s cannot be found.".formatted(id.value()));
    }
  }

  public Uni<ListAccessKeys.Result> list(Caller caller, ListAccessKeys request) {
    if (UserActions.isRoot(caller, request.userName())) {
      return Uni.createFrom().item(new ListAccessKeys.Result(List.of(), false, Optional.empty()));
    }
    Page.Wanted wanted = Page.Wanted.of(request.marker(), request.maxItems());
    return user(caller, request.userName())
        .chain(
            user ->
                keys.of(user.id())
                    .map(
                        all ->
                            Page.cut(all, wanted, AccessKey::id)
                                .map(key -> key.onWire(user.name()))))
        .map(page -> new ListAccessKeys.Result(page.items(), page.isTruncated(), page.marker()));
  }

  /// The owner of the key that is asked about.
  public Uni<Target> owner(Caller caller, GetAccessKeyLastUsed request) {
    return ownerName(caller, request.accessKeyId()).chain(name -> userActions.target(caller, name));
  }

  public Uni<GetAccessKeyLastUsed.Result> lastUsed(Caller caller, GetAccessKeyLastUsed request) {
    return ownerName(caller, request.accessKeyId())
        .chain(
            name ->
                uses.of(request.accessKeyId().value())
                    .map(used -> new GetAccessKeyLastUsed.Result(name, lastUsed(used))));
  }

  private static AccessKeyLastUsed lastUsed(Optional<Uses.Use> used) {
    return new AccessKeyLastUsed(
        used.map(Uses.Use::at),
        used.map(Uses.Use::service).orElse(NEVER),
        used.map(Uses.Use::region).orElse(NEVER));
  }

  /// A key of another account and one that is not there look the same.
  private Uni<String> ownerName(Caller caller, AccessKeyId id) {
    return keys.find(id.value())
        .map(found -> found.filter(key -> key.account().equals(caller.account())))
        .map(found -> found.orElseThrow(() -> denied(caller, id)))
        .chain(key -> users.byId(key.userId()))
        .map(user -> user.orElseThrow().name());
  }

  private static RuntimeException denied(Caller caller, AccessKeyId id) {
    return ACCESS_DENIED.error(
        "User: %s is not authorized to perform: iam:GetAccessKeyLastUsed on resource: access key %s"
            .formatted(caller.arn(), id));
  }

  private Uni<User> user(Caller caller, Optional<UserName> name) {
    return users.get(caller.account(), UserActions.nameOrOwn(caller, name));
  }
}
