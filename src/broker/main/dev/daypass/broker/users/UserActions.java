package dev.daypass.broker.users;

import static dev.daypass.wire.ErrorCode.DELETE_CONFLICT;
import static dev.daypass.wire.ErrorCode.ENTITY_ALREADY_EXISTS;
import static dev.daypass.wire.ErrorCode.NO_SUCH_ENTITY;
import static dev.daypass.wire.ErrorCode.VALIDATION_ERROR;
import static dev.daypass.wire.Nothing.NOTHING;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Target;
import dev.daypass.broker.database.Page;
import dev.daypass.broker.database.Quota;
import dev.daypass.broker.grants.Attachments;
import dev.daypass.broker.grants.Boundaries;
import dev.daypass.broker.tags.PostgresTags;
import dev.daypass.policy.Context;
import dev.daypass.policy.Principal;
import dev.daypass.wire.Arn;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.UniqueId;
import dev.daypass.wire.iam.Path;
import dev.daypass.wire.iam.PathPrefix;
import dev.daypass.wire.iam.PolicyArn;
import dev.daypass.wire.iam.TagPage;
import dev.daypass.wire.iam.UserMessages.CreateUser;
import dev.daypass.wire.iam.UserMessages.DeleteUser;
import dev.daypass.wire.iam.UserMessages.GetUser;
import dev.daypass.wire.iam.UserMessages.ListUserTags;
import dev.daypass.wire.iam.UserMessages.ListUsers;
import dev.daypass.wire.iam.UserMessages.TagUser;
import dev.daypass.wire.iam.UserMessages.UntagUser;
import dev.daypass.wire.iam.UserMessages.UpdateUser;
import dev.daypass.wire.iam.UserName;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.Optional;

/// What callers can do to users.
@Singleton
public final class UserActions {
  private final PostgresUsers users;
  private final PostgresTags tags;
  private final Attachments attachments;
  private final Boundaries boundaries;
  private final SecureRandom random;

  UserActions(
      PostgresUsers users,
      PostgresTags tags,
      Attachments attachments,
      Boundaries boundaries,
      SecureRandom random) {
    this.users = users;
    this.tags = tags;
    this.attachments = attachments;
    this.boundaries = boundaries;
    this.random = random;
  }

  /// The user a call is about. One that is not there has the ARN it would have without a path.
  public Uni<Target> target(Caller caller, String name) {
    return users
        .find(caller.account(), name)
        .chain(
            found ->
                found
                    .map(this::target)
                    .orElseGet(() -> Uni.createFrom().item(unknown(caller, "user/" + name))));
  }

  /// The user a call is about, which is the caller where none is named.
  public Uni<Target> target(Caller caller, Optional<UserName> name) {
    return isRoot(caller, name)
        ? Uni.createFrom().item(unknown(caller, "root"))
        : target(caller, nameOrOwn(caller, name));
  }

  private Uni<Target> target(User user) {
    return tags.of(user.id())
        .map(own -> Target.tagged(user.arn(), user.account(), own))
        .map(target -> target.with(Boundaries.context(user.boundary())));
  }

  private static Target unknown(Caller caller, String resource) {
    return Target.of(Arn.iam(caller.account(), resource).toString(), caller.account());
  }

  public Uni<Target> created(Caller caller, CreateUser request) {
    String resource = "user" + pathOf(request.path()) + request.userName();
    Context brought =
        PostgresTags.context(request.tags())
            .with(Boundaries.context(request.permissionsBoundary().map(PolicyArn::value)));
    return Uni.createFrom().item(unknown(caller, resource).with(brought));
  }

  public Uni<Target> listed(Caller caller, ListUsers request) {
    String prefix = request.pathPrefix().map(PathPrefix::value).orElse("/");
    return Uni.createFrom().item(unknown(caller, "user" + prefix));
  }

  public Uni<CreateUser.Result> create(Caller caller, CreateUser request) {
    User user =
        new User(
            UniqueId.random(UniqueId.Kind.USER, random),
            caller.account(),
            pathOf(request.path()),
            request.userName().value(),
            request.permissionsBoundary().map(PolicyArn::value),
            caller.origin().time(),
            Optional.empty());
    return refuseTaken(user.account(), user.name())
        .chain(() -> users.count(user.account()))
        .invoke(count -> Quota.USERS.check(count + 1))
        .chain(() -> boundaries.check(caller.account(), user.boundary()))
        .chain(() -> users.add(user))
        .chain(() -> tags.put(user.id(), request.tags()))
        .map(_ -> new CreateUser.Result(user.onWire(request.tags())));
  }

  public Uni<GetUser.Result> get(Caller caller, GetUser request) {
    return users
        .get(caller.account(), nameOrOwn(caller, request.userName()))
        .chain(user -> tags.list(user.id()).map(user::onWire))
        .map(GetUser.Result::new);
  }

  public Uni<ListUsers.Result> list(Caller caller, ListUsers request) {
    String prefix = request.pathPrefix().map(PathPrefix::value).orElse("");
    return users
        .page(caller.account(), prefix, Page.Wanted.of(request.marker(), request.maxItems()))
        .map(page -> page.map(User::listed))
        .map(page -> new ListUsers.Result(page.items(), page.isTruncated(), page.marker()));
  }

  public Uni<Nothing> update(Caller caller, UpdateUser request) {
    return users
        .get(caller.account(), request.userName().value())
        .call(user -> refuseTakenByAnother(user, request))
        .map(user -> renamed(user, request))
        .chain(users::update)
        .replaceWith(NOTHING);
  }

  private Uni<Void> refuseTakenByAnother(User user, UpdateUser request) {
    return request
        .newUserName()
        .filter(name -> !name.value().equalsIgnoreCase(user.name()))
        .map(name -> refuseTaken(user.account(), name.value()))
        .orElseGet(() -> Uni.createFrom().voidItem());
  }

  private static User renamed(User user, UpdateUser request) {
    return new User(
        user.id(),
        user.account(),
        request.newPath().map(Path::value).orElse(user.path()),
        request.newUserName().map(name -> name.value()).orElse(user.name()),
        user.boundary(),
        user.createdAt(),
        user.passwordLastUsed());
  }

  public Uni<Nothing> delete(Caller caller, DeleteUser request) {
    return users
        .get(caller.account(), request.userName().value())
        .call(user -> attachments.refuseAttached(user.id()))
        .call(user -> users.belonging(user.id()).invoke(UserActions::refuseInUse))
        .call(user -> tags.removeAll(user.id()))
        .chain(user -> users.remove(user.id()))
        .replaceWith(NOTHING);
  }

  private static void refuseInUse(Optional<String> remedy) {
    remedy.ifPresent(
        words -> {
          throw DELETE_CONFLICT.error("Cannot delete entity, " + words);
        });
  }

  public Uni<Nothing> tag(Caller caller, TagUser request) {
    return users
        .get(caller.account(), request.userName().value())
        .chain(user -> tags.put(user.id(), request.tags()))
        .replaceWith(NOTHING);
  }

  public Uni<Nothing> untag(Caller caller, UntagUser request) {
    return users
        .get(caller.account(), request.userName().value())
        .chain(user -> tags.remove(user.id(), request.tagKeys()))
        .replaceWith(NOTHING);
  }

  public Uni<TagPage> listTags(Caller caller, ListUserTags request) {
    return users
        .get(caller.account(), request.userName().value())
        .chain(user -> tags.page(user.id(), Page.Wanted.of(request.marker(), request.maxItems())));
  }

  private Uni<Void> refuseTaken(String account, String name) {
    return users
        .find(account, name)
        .invoke(
            taken -> {
              if (taken.isPresent()) {
                throw ENTITY_ALREADY_EXISTS.error(
                    "User with name %s already exists.".formatted(name));
              }
            })
        .replaceWithVoid();
  }

  /// Whether a call is about the account's root, which has no credentials.
  public static boolean isRoot(Caller caller, Optional<UserName> name) {
    return name.isEmpty() && caller.principal() instanceof Principal.Root;
  }

  /// The user that is named, or who calls; `ValidationError` where neither is one, `NoSuchEntity`
  /// for a root.
  public static String nameOrOwn(Caller caller, Optional<UserName> name) {
    if (isRoot(caller, name)) {
      throw NO_SUCH_ENTITY.error(
          "The root of account %s has no credentials.".formatted(caller.account()));
    }
    return name.map(UserName::value)
        .or(() -> caller.user().map(user -> user.name()))
        .orElseThrow(
            () ->
                VALIDATION_ERROR.error(
                    "Must specify userName when calling with non-User credentials"));
  }

  private static String pathOf(Optional<Path> path) {
    return path.map(Path::value).orElse("/");
  }
}
