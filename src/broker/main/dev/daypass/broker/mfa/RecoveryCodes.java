package dev.daypass.broker.mfa;

import static dev.daypass.wire.ErrorCode.ACCESS_DENIED;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.daypass.broker.access.Authorizer;
import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Target;
import dev.daypass.broker.audit.Audit;
import dev.daypass.broker.audit.CloudTrail;
import dev.daypass.broker.database.Database;
import dev.daypass.broker.digests.Sha256;
import dev.daypass.broker.refusals.Refusals;
import dev.daypass.broker.throttle.Throttle;
import dev.daypass.policy.Principal;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.Base32;
import dev.daypass.wire.Secret;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// Look-up secrets (NIST SP 800-63B §3.1.2): ten codes of 120 random bits, each good once in place
/// of a device's. They are worth what a device is, so making them takes what adding one takes; and
/// they go with the first device that goes.
@Singleton
public final class RecoveryCodes {
  /// What the trail calls the device that was none.
  public static final String DEVICE = "recovery-code";

  private static final String PERMISSION = "iam:EnableMFADevice";
  private static final int CODES = 10;
  private static final int CODE_BYTES = 15;

  private final PostgresDevices devices;
  private final Authorizer authorizer;
  private final Throttle throttle;
  private final Database database;
  private final Audit audit;
  private final SecureRandom random;

  RecoveryCodes(
      PostgresDevices devices,
      Authorizer authorizer,
      Throttle throttle,
      Database database,
      Audit audit,
      SecureRandom random) {
    this.devices = devices;
    this.authorizer = authorizer;
    this.throttle = throttle;
    this.database = database;
    this.audit = audit;
    this.random = random;
  }

  /// How many the caller has left.
  public Uni<Long> left(Caller caller) {
    return database.count(
        "select count(*) from RecoveryCodeRow where userId = :user",
        Map.of("user", user(caller).id()));
  }

  /// New codes, in place of those there were. `iam:EnableMFADevice` on the user decides; whoever
  /// has no device, or has not proven one of late, has none.
  public Uni<List<Secret>> renew(Caller caller) {
    Principal.User user = user(caller);
    List<Secret> codes = Stream.generate(this::random).limit(CODES).toList();
    return authorizer
        .require(caller, PERMISSION, Target.tagged(user.userArn(), caller.account(), user.tags()))
        .chain(() -> devices.of(user.id()))
        .invoke(present -> refuse(caller, present))
        .chain(() -> database.inAccount(caller.account(), () -> replace(caller, user, codes)))
        .onFailure()
        .call(failure -> refused(caller, failure))
        .replaceWith(codes);
  }

  private static void refuse(Caller caller, List<Device> present) {
    if (present.isEmpty()) {
      throw ACCESS_DENIED.error("Recovery codes stand in for a device. Add one first.");
    }
    DeviceActions.refuseStale(caller, present);
  }

  private Secret random() {
    byte[] bytes = new byte[CODE_BYTES];
    random.nextBytes(bytes);
    String code = Base32.encode(bytes).toLowerCase(Locale.ROOT);
    return Secret.of(code.replaceAll("(.{4})(?=.)", "$1-"));
  }

  private Uni<Void> replace(Caller caller, Principal.User user, List<Secret> codes) {
    Object[] rows = codes.stream().map(code -> RecoveryCodeRow.of(user.id(), hash(code))).toArray();
    return devices
        .forgetRecoveryCodes(user.id())
        .chain(() -> database.put(rows))
        .chain(
            () ->
                audit.appendInTransaction(
                    event(caller)
                        .parameters(
                            JsonNodeFactory.instance.objectNode().put("userName", user.name()))
                        .entry()));
  }

  private Uni<Void> refused(Caller caller, Throwable failure) {
    ApiError refusal = Refusals.of(failure, caller.origin().callId());
    return audit.append(event(caller).error(refusal.code().wireName(), refusal.text()).entry());
  }

  private static CloudTrail event(Caller caller) {
    return new CloudTrail(caller.origin())
        .event("iam.amazonaws.com", "CreateRecoveryCodes", "AwsServiceEvent")
        .by(caller)
        .readOnly(false);
  }

  /// Uses a code up: of many at once one does. They are counted with the guesses at codes of
  /// devices; fails as [Throttle#take] does.
  public Uni<Boolean> use(String userId, Secret code) {
    return throttle
        .take("code:" + userId, Codes.RATE)
        .chain(
            () ->
                database.change(
                    "delete from RecoveryCodeRow where codeHash = :hash and userId = :user",
                    Map.of("hash", hash(code), "user", userId)))
        .map(used -> used == 1);
  }

  /// As people copy it.
  private static String hash(Secret code) {
    return Sha256.base64Url(code.revealText().replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT));
  }

  private static Principal.User user(Caller caller) {
    return caller.user().orElseThrow(() -> ACCESS_DENIED.error("Only users have devices."));
  }
}
