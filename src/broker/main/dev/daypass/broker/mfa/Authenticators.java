package dev.daypass.broker.mfa;

import static dev.daypass.wire.ErrorCode.ACCESS_DENIED;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.daypass.broker.access.Authorizer;
import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Target;
import dev.daypass.broker.audit.Audit;
import dev.daypass.broker.audit.CloudTrail;
import dev.daypass.broker.database.Database;
import dev.daypass.broker.refusals.Refusals;
import dev.daypass.broker.users.PostgresUsers;
import dev.daypass.broker.users.User;
import dev.daypass.policy.Principal;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.Arn;
import dev.daypass.wire.Base32;
import dev.daypass.wire.Secret;
import dev.daypass.wire.iam.AuthenticationCode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;

/// Authenticator apps that people enrol for themselves. As in AWS, `iam:CreateVirtualMFADevice` on
/// the device and `iam:EnableMFADevice` on the user decide. Nothing is kept of an enrolment until
/// it is done.
@Singleton
public final class Authenticators {
  private static final String CREATE = "iam:CreateVirtualMFADevice";
  private static final String ENABLE = "iam:EnableMFADevice";
  private static final int SUFFIX_BYTES = 5;

  private final PostgresDevices devices;
  private final PostgresUsers users;
  private final CodePairs codes;
  private final Authorizer authorizer;
  private final Database database;
  private final Audit audit;
  private final SecureRandom random;

  Authenticators(
      PostgresDevices devices,
      PostgresUsers users,
      CodePairs codes,
      Authorizer authorizer,
      Database database,
      Audit audit,
      SecureRandom random) {
    this.devices = devices;
    this.users = users;
    this.codes = codes;
    this.authorizer = authorizer;
    this.database = database;
    this.audit = audit;
    this.random = random;
  }

  /// What goes into an app.
  ///
  /// @param seed in Base32, to be typed
  /// @param qrCode the same for a camera, as a PNG
  public record Begun(Secret seed, byte[] qrCode) {}

  /// A new seed. Whoever has a device must have proven one of late.
  public Uni<Begun> begin(Caller caller) {
    Principal.User user = user(caller);
    return permit(caller, user, serialNumber(user.accountId(), user.name(), ""))
        .chain(() -> room(caller, user))
        .map(_ -> begun(user.accountId(), user.name(), newSeed()))
        .onFailure()
        .call(failure -> refused(caller, failure));
  }

  /// The same, for somebody who cannot have signed in yet.
  public Begun begin(User user) {
    return begun(user.account(), user.name(), newSeed());
  }

  private Secret newSeed() {
    byte[] bytes = new byte[DeviceActions.SEED_BYTES];
    random.nextBytes(bytes);
    return Secret.of(Base32.encode(bytes));
  }

  /// The same seed again, for whoever mistyped a code.
  public static Begun begun(Caller caller, Secret seed) {
    return begun(user(caller).accountId(), user(caller).name(), seed);
  }

  /// The same, for somebody who cannot have signed in yet.
  public static Begun begun(User user, Secret seed) {
    return begun(user.account(), user.name(), seed);
  }

  private static Begun begun(String account, String name, Secret seed) {
    return new Begun(seed, QrCode.png(DeviceActions.uri(account, name, seed.revealText())));
  }

  /// Enables an app that shows these two codes one after the other; says its serial number.
  public Uni<String> enrol(
      Caller caller, Secret seed, AuthenticationCode first, AuthenticationCode second) {
    Principal.User user = user(caller);
    return free(user.accountId(), user.name())
        .call(serial -> permit(caller, user, serial))
        .call(
            serial ->
                database.inAccount(
                    caller.account(),
                    () -> add(caller, user, serial, seed, new CodePairs.Pair(first, second))))
        .onFailure()
        .call(failure -> refused(caller, failure));
  }

  /// Under the user's name, as policies for self-service expect it; under another, where that is
  /// taken.
  private Uni<String> free(String account, String name) {
    String usual = serialNumber(account, name, "");
    return devices
        .find(account, usual)
        .map(
            taken -> {
              byte[] suffix = new byte[SUFFIX_BYTES];
              random.nextBytes(suffix);
              return taken.isPresent()
                  ? serialNumber(account, name, "-" + Base32.encode(suffix))
                  : usual;
            });
  }

  private static String serialNumber(String account, String name, String suffix) {
    return Arn.iam(account, "mfa/" + name + suffix).toString();
  }

  private Uni<Void> add(
      Caller caller, Principal.User user, String serial, Secret seed, CodePairs.Pair pair) {
    return room(caller, user)
        .chain(() -> users.byId(user.id()))
        .map(found -> found.orElseThrow(Authenticators::gone))
        .chain((User is) -> enable(is, serial, seed, pair, caller.origin().time()))
        .chain(
            () ->
                audit.appendInTransaction(
                    event(caller)
                        .parameters(
                            JsonNodeFactory.instance
                                .objectNode()
                                .put("serialNumber", serial)
                                .put("userName", user.name()))
                        .entry()));
  }

  private Uni<Integer> enable(
      User user, String serial, Secret seed, CodePairs.Pair pair, Instant now) {
    return devices
        .add(user.account(), serial, seed)
        .chain(() -> codes.step(user, serial, pair, now))
        .chain(step -> devices.enable(serial, user.id(), step, now));
  }

  /// Enables an app that shows these two codes one after the other, in place of every device that
  /// the user has, in the transaction; says its serial number. Fails with
  /// `InvalidAuthenticationCode`, and as [Throttle#take] does.
  public Uni<String> replaceAll(
      User user, Secret seed, AuthenticationCode first, AuthenticationCode second, Instant now) {
    CodePairs.Pair pair = new CodePairs.Pair(first, second);
    return devices
        .of(user.id())
        .chain(
            former ->
                Multi.createFrom()
                    .iterable(former)
                    .onItem()
                    .transformToUniAndConcatenate(device -> devices.takeAway(device, user.id()))
                    .toUni())
        .chain(() -> free(user.account(), user.name()))
        .call(serial -> enable(user, serial, seed, pair, now));
  }

  private Uni<Void> room(Caller caller, Principal.User user) {
    return devices
        .of(user.id())
        .invoke(present -> DeviceActions.refuseStale(caller, present))
        .invoke(DeviceActions::checkQuota)
        .replaceWithVoid();
  }

  /// The caller's own devices.
  public Uni<List<Device>> of(Caller caller) {
    return devices.of(user(caller).id());
  }

  private Uni<Void> permit(Caller caller, Principal.User user, String serial) {
    return authorizer
        .require(caller, CREATE, Target.of(serial, caller.account()))
        .chain(
            () ->
                authorizer.require(
                    caller, ENABLE, Target.tagged(user.userArn(), caller.account(), user.tags())));
  }

  private Uni<Void> refused(Caller caller, Throwable failure) {
    ApiError refusal = Refusals.of(failure, caller.origin().callId());
    return audit.append(event(caller).error(refusal.code().wireName(), refusal.text()).entry());
  }

  private static CloudTrail event(Caller caller) {
    return new CloudTrail(caller.origin())
        .event("iam.amazonaws.com", "EnableMFADevice", "AwsApiCall")
        .by(caller)
        .readOnly(false);
  }

  private static Principal.User user(Caller caller) {
    return caller.user().orElseThrow(Authenticators::gone);
  }

  private static ApiError gone() {
    return ACCESS_DENIED.error("Only users have devices.");
  }
}
