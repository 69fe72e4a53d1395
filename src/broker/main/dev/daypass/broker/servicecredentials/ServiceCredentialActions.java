package dev.daypass.broker.servicecredentials;

import static dev.daypass.wire.ErrorCode.VALIDATION_ERROR;
import static dev.daypass.wire.Nothing.NOTHING;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Target;
import dev.daypass.broker.database.Page;
import dev.daypass.broker.database.Quota;
import dev.daypass.broker.users.PostgresUsers;
import dev.daypass.broker.users.User;
import dev.daypass.broker.users.UserActions;
import dev.daypass.policy.Context;
import dev.daypass.wire.Arn;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.Secret;
import dev.daypass.wire.UniqueId;
import dev.daypass.wire.iam.CredentialAgeDays;
import dev.daypass.wire.iam.ServiceCredentialMessages.CreateServiceSpecificCredential;
import dev.daypass.wire.iam.ServiceCredentialMessages.DeleteServiceSpecificCredential;
import dev.daypass.wire.iam.ServiceCredentialMessages.ListServiceSpecificCredentials;
import dev.daypass.wire.iam.ServiceCredentialMessages.ResetServiceSpecificCredential;
import dev.daypass.wire.iam.ServiceCredentialMessages.ServiceSpecificCredential;
import dev.daypass.wire.iam.ServiceCredentialMessages.ServiceSpecificCredentialMetadata;
import dev.daypass.wire.iam.ServiceCredentialMessages.UpdateServiceSpecificCredential;
import dev.daypass.wire.iam.ServiceName;
import dev.daypass.wire.iam.ServiceSpecificCredentialId;
import dev.daypass.wire.iam.UserName;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// What callers can do to service-specific credentials.
@Singleton
public final class ServiceCredentialActions {
  private static final String SERVICE_KEY = "iam:ServiceSpecificCredentialServiceName";
  private static final String AGE_KEY = "iam:ServiceSpecificCredentialAgeDays";

  // 44 bytes are the 60 characters that AWS's passwords have.
  private static final int PASSWORD_BYTES = 44;

  private final PostgresServiceCredentials credentials;
  private final PostgresUsers users;
  private final UserActions userActions;
  private final SecureRandom random;

  ServiceCredentialActions(
      PostgresServiceCredentials credentials,
      PostgresUsers users,
      UserActions userActions,
      SecureRandom random) {
    this.credentials = credentials;
    this.users = users;
    this.userActions = userActions;
    this.random = random;
  }

  /// A credential with the secret it has just been given.
  private record Fresh(ServiceCredential credential, Secret secret) {
    static Fresh of(ServiceCredential credential, Secret password) {
      return new Fresh(credential, credential.service().shown(credential.login(), password));
    }

    ServiceSpecificCredential onWire(String owner, Instant now) {
      return credential.onWire(owner, now, secret);
    }
  }

  /// The user who is to have a credential, the service it is for, and how long it lasts.
  public Uni<Target> created(Caller caller, CreateServiceSpecificCredential request) {
    Context.Builder asked =
        Context.builder().put(SERVICE_KEY, request.serviceName().value().toLowerCase(Locale.ROOT));
    request.credentialAgeDays().ifPresent(days -> asked.put(AGE_KEY, days.toString()));
    return userActions
        .target(caller, request.userName().value())
        .map(target -> target.with(asked.build()));
  }

  /// The owner of a credential, and the service it is for.
  public Uni<Target> target(
      Caller caller, Optional<UserName> owner, ServiceSpecificCredentialId id) {
    String name = UserActions.nameOrOwn(caller, owner);
    return userActions
        .target(caller, name)
        .chain(target -> service(caller, name, id).map(target::with));
  }

  private Uni<Context> service(Caller caller, String owner, ServiceSpecificCredentialId id) {
    return users
        .find(caller.account(), owner)
        .chain(
            user ->
                user.map(found -> credentials.find(found.id(), id.value()))
                    .orElseGet(() -> Uni.createFrom().item(Optional.empty())))
        .map(
            found ->
                found
                    .map(is -> Context.builder().put(SERVICE_KEY, is.service().wireName()).build())
                    .orElse(Context.EMPTY));
  }

  /// The user whose credentials are asked for, or every user.
  public Uni<Target> listed(Caller caller, ListServiceSpecificCredentials request) {
    return ofAll(request)
        ? Uni.createFrom()
            .item(Target.of(Arn.iam(caller.account(), "user/*").toString(), caller.account()))
        : userActions.target(caller, request.userName());
  }

  private static boolean ofAll(ListServiceSpecificCredentials request) {
    return request.allUsers().orElse(false);
  }

  public Uni<CreateServiceSpecificCredential.Result> create(
      Caller caller, CreateServiceSpecificCredential request) {
    Instant now = caller.origin().time();
    Optional<Instant> end =
        request
            .credentialAgeDays()
            .map(CredentialAgeDays::value)
            .map(days -> now.plus(Duration.ofDays(days)));
    return users
        .get(caller.account(), request.userName().value())
        .chain(user -> add(user, Service.named(request.serviceName().value()), now, end))
        .map(CreateServiceSpecificCredential.Result::new);
  }

  private Uni<ServiceSpecificCredential> add(
      User user, Service service, Instant now, Optional<Instant> end) {
    Secret password = newPassword();
    return credentials
        .count(user.id(), service)
        .invoke(present -> Quota.SERVICE_CREDENTIALS_PER_USER.check(present + 1))
        .chain(() -> credentials.logins(user.account(), service, user.name()))
        .map(taken -> credential(user, service, freeLogin(user, taken), now, end))
        .map(added -> Fresh.of(added, password))
        .call(fresh -> credentials.add(fresh.credential(), fresh.secret()))
        .map(fresh -> fresh.onWire(user.name(), now));
  }

  private ServiceCredential credential(
      User user, Service service, String login, Instant now, Optional<Instant> end) {
    return new ServiceCredential(
        UniqueId.random(UniqueId.Kind.SERVICE_CREDENTIAL, random),
        user.account(),
        user.id(),
        service,
        login,
        true,
        now,
        end);
  }

  /// `jane-at-111122223333`, `jane+1-at-111122223333` and so on: the first that nobody has.
  private static String freeLogin(User user, Set<String> taken) {
    return IntStream.rangeClosed(0, taken.size())
        .mapToObj(i -> user.name() + (i == 0 ? "" : "+" + i) + "-at-" + user.account())
        .filter(login -> !taken.contains(login.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow();
  }

  private Secret newPassword() {
    byte[] bytes = new byte[PASSWORD_BYTES];
    random.nextBytes(bytes);
    return Secret.of(Base64.getEncoder().encodeToString(bytes));
  }

  public Uni<ListServiceSpecificCredentials.Result> list(
      Caller caller, ListServiceSpecificCredentials request) {
    Instant now = caller.origin().time();
    Page.Wanted wanted = Page.Wanted.of(request.marker(), request.maxItems());
    Optional<Service> service =
        request
            .serviceName()
            .map(ServiceName::value)
            .filter(name -> !name.isEmpty())
            .map(Service::named);
    return owner(caller, request)
        .chain(owner -> credentials.page(caller.account(), owner.map(User::id), service, wanted))
        .chain(page -> listed(page, now))
        .map(
            page ->
                new ListServiceSpecificCredentials.Result(
                    page.items(), page.marker(), page.isTruncated()));
  }

  /// Whose credentials are asked for; absent for everybody's.
  private Uni<Optional<User>> owner(Caller caller, ListServiceSpecificCredentials request) {
    if (!ofAll(request)) {
      return users
          .get(caller.account(), UserActions.nameOrOwn(caller, request.userName()))
          .map(Optional::of);
    }
    if (request.userName().isPresent()) {
      throw VALIDATION_ERROR.error("AllUsers cannot be specified together with UserName.");
    }
    return Uni.createFrom().item(Optional.empty());
  }

  /// A credential that has gone with its owner since the page was read is not on it.
  private Uni<Page<ServiceSpecificCredentialMetadata>> listed(
      Page<ServiceCredential> page, Instant now) {
    return users
        .byIds(page.items().stream().map(ServiceCredential::userId).distinct().toList())
        .map(
            owners ->
                page.items().stream()
                    .flatMap(
                        each ->
                            Optional.ofNullable(owners.get(each.userId())).stream()
                                .map(owner -> each.listed(owner.name(), now)))
                    .toList())
        .map(items -> new Page<>(items, page.marker()));
  }

  public Uni<Nothing> update(Caller caller, UpdateServiceSpecificCredential request) {
    boolean active = request.status().chosen();
    return user(caller, request.userName())
        .chain(
            user ->
                credentials.activate(
                    user.id(), request.serviceSpecificCredentialId().value(), active))
        .replaceWith(NOTHING);
  }

  /// The former secret is no longer one; everything else stays.
  public Uni<ResetServiceSpecificCredential.Result> reset(
      Caller caller, ResetServiceSpecificCredential request) {
    Secret password = newPassword();
    return user(caller, request.userName())
        .chain(
            user ->
                credentials
                    .get(user.id(), request.serviceSpecificCredentialId().value())
                    .chain(found -> reset(found, password))
                    .map(fresh -> fresh.onWire(user.name(), caller.origin().time())))
        .map(ResetServiceSpecificCredential.Result::new);
  }

  private Uni<Fresh> reset(ServiceCredential credential, Secret password) {
    Fresh fresh = Fresh.of(credential, password);
    return credentials.reset(credential.id(), fresh.secret()).replaceWith(fresh);
  }

  public Uni<Nothing> delete(Caller caller, DeleteServiceSpecificCredential request) {
    return user(caller, request.userName())
        .chain(user -> credentials.remove(user.id(), request.serviceSpecificCredentialId().value()))
        .replaceWith(NOTHING);
  }

  private Uni<User> user(Caller caller, Optional<UserName> name) {
    return users.get(caller.account(), UserActions.nameOrOwn(caller, name));
  }
}
