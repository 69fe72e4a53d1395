package dev.daypass.broker.sshkeys;

import static dev.daypass.wire.ErrorCode.DUPLICATE_SSH_PUBLIC_KEY;
import static dev.daypass.wire.Nothing.NOTHING;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.database.Page;
import dev.daypass.broker.database.Quota;
import dev.daypass.broker.users.PostgresUsers;
import dev.daypass.broker.users.User;
import dev.daypass.broker.users.UserActions;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.UniqueId;
import dev.daypass.wire.iam.SshPublicKeyMessages.DeleteSSHPublicKey;
import dev.daypass.wire.iam.SshPublicKeyMessages.GetSSHPublicKey;
import dev.daypass.wire.iam.SshPublicKeyMessages.ListSSHPublicKeys;
import dev.daypass.wire.iam.SshPublicKeyMessages.UpdateSSHPublicKey;
import dev.daypass.wire.iam.SshPublicKeyMessages.UploadSSHPublicKey;
import dev.daypass.wire.iam.UserName;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/// What callers can do to SSH public keys.
@Singleton
public final class SshPublicKeyActions {
  private final PostgresSshPublicKeys keys;
  private final PostgresUsers users;
  private final SecureRandom random;

  SshPublicKeyActions(PostgresSshPublicKeys keys, PostgresUsers users, SecureRandom random) {
    this.keys = keys;
    this.users = users;
    this.random = random;
  }

  public Uni<UploadSSHPublicKey.Result> upload(Caller caller, UploadSSHPublicKey request) {
    String body = request.sshPublicKeyBody().value();
    return user(caller, request.userName())
        .chain(
            user ->
                add(user, SshRsaKey.read(body), caller.origin().time())
                    .map(added -> added.onWire(user.name(), body)))
        .map(UploadSSHPublicKey.Result::new);
  }

  private Uni<SshPublicKey> add(User user, SshRsaKey key, Instant now) {
    String id = UniqueId.random(UniqueId.Kind.PUBLIC_KEY, random);
    SshPublicKey added = new SshPublicKey(id, user.account(), user.id(), key, true, now);
    return keys.of(user.id())
        .invoke(present -> check(present, key))
        .chain(() -> keys.add(added))
        .replaceWith(added);
  }

  private static void check(List<SshPublicKey> present, SshRsaKey added) {
    if (present.stream().anyMatch(each -> Arrays.equals(each.key().blob(), added.blob()))) {
      throw DUPLICATE_SSH_PUBLIC_KEY.error(
          "The SSH public key is already associated with the specified IAM user.");
    }
    Quota.SSH_PUBLIC_KEYS_PER_USER.check(present.size() + 1L);
  }

  public Uni<GetSSHPublicKey.Result> get(Caller caller, GetSSHPublicKey request) {
    return user(caller, request.userName())
        .chain(
            user ->
                keys.get(user.id(), request.sshPublicKeyId().value())
                    .map(key -> key.onWire(user.name(), request.encoding())))
        .map(GetSSHPublicKey.Result::new);
  }

  public Uni<ListSSHPublicKeys.Result> list(Caller caller, ListSSHPublicKeys request) {
    Page.Wanted wanted = Page.Wanted.of(request.marker(), request.maxItems());
    return users
        .get(caller.account(), UserActions.nameOrOwn(caller, request.userName()))
        .chain(
            user ->
                keys.page(user.id(), wanted).map(page -> page.map(key -> key.listed(user.name()))))
        .map(page -> new ListSSHPublicKeys.Result(page.items(), page.isTruncated(), page.marker()));
  }

  public Uni<Nothing> update(Caller caller, UpdateSSHPublicKey request) {
    boolean active = request.status().chosen();
    return user(caller, request.userName())
        .chain(user -> keys.activate(user.id(), request.sshPublicKeyId().value(), active))
        .replaceWith(NOTHING);
  }

  public Uni<Nothing> delete(Caller caller, DeleteSSHPublicKey request) {
    return user(caller, request.userName())
        .chain(user -> keys.remove(user.id(), request.sshPublicKeyId().value()))
        .replaceWith(NOTHING);
  }

  private Uni<User> user(Caller caller, UserName name) {
    return users.get(caller.account(), name.value());
  }
}
