package dev.daypass.broker.passkeys;

import static dev.daypass.wire.ErrorCode.ACCESS_DENIED;
import static dev.daypass.wire.ErrorCode.ENTITY_ALREADY_EXISTS;
import static dev.daypass.wire.ErrorCode.VALIDATION_ERROR;

import dev.daypass.broker.access.Authorizer;
import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Session;
import dev.daypass.broker.access.Target;
import dev.daypass.broker.database.Database;
import dev.daypass.broker.digests.Base64Url;
import dev.daypass.broker.mfa.Device;
import dev.daypass.broker.mfa.DeviceActions;
import dev.daypass.broker.mfa.PostgresDevices;
import dev.daypass.broker.throttle.Throttle;
import dev.daypass.broker.tickets.Tickets;
import dev.daypass.broker.users.UserActions;
import dev.daypass.policy.Context;
import dev.daypass.policy.Principal;
import dev.daypass.wire.Arn;
import dev.daypass.wire.Base32;
import dev.daypass.wire.iam.DeviceName;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What people who have signed in can do to their own passkeys. As in AWS, `iam:EnableMFADevice` on
/// the user decides, and `iam:RegisterSecurityKey` says which half of the enrolment it is about.
///
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html">IAM
///   condition keys</a>
@Singleton
public final class PasskeyActions {
  private static final String ENROL = "iam:EnableMFADevice";
  private static final String LIST = "iam:ListMFADevices";
  private static final String REGISTER_KEY = "iam:RegisterSecurityKey";
  private static final int LONGEST_NAME = 64;
  private static final int USER_HANDLE_BYTES = 32;
  private static final int SERIAL_BYTES = 16;

  private static final Throttle.Rate RATE = new Throttle.Rate(10, Duration.ofSeconds(90));

  private final PostgresPasskeys passkeys;
  private final PostgresDevices devices;
  private final UserActions users;
  private final Authorizer authorizer;
  private final Database database;
  private final Challenges challenges;
  private final WebAuthn rules;
  private final RelyingParty site;
  private final Tickets tickets;
  private final Throttle throttle;
  private final SecureRandom random;
  private final PasskeyTrail trail;

  PasskeyActions(
      PostgresPasskeys passkeys,
      PostgresDevices devices,
      UserActions users,
      Authorizer authorizer,
      Database database,
      Challenges challenges,
      WebAuthn rules,
      RelyingParty site,
      Tickets tickets,
      Throttle throttle,
      SecureRandom random,
      PasskeyTrail trail) {
    this.passkeys = passkeys;
    this.devices = devices;
    this.users = users;
    this.authorizer = authorizer;
    this.database = database;
    this.challenges = challenges;
    this.rules = rules;
    this.site = site;
    this.tickets = tickets;
    this.throttle = throttle;
    this.random = random;
    this.trail = trail;
  }

  /// An enrolment that has begun.
  public record Begun(String transaction, CreationOptions publicKey) {}

  /// A passkey as its user sees it.
  public record Shown(
      String serialNumber,
      String name,
      Instant enabledAt,
      Optional<Instant> lastUsedAt,
      List<String> transports,
      boolean backedUp) {}

  /// Begins an enrolment. A user who has a device must have proven one of late: otherwise a stolen
  /// password, or a sign-in left open, would be enough to add another.
  public Uni<Begun> begin(Caller caller) {
    Principal.User user = user(caller);
    return permit(caller, ENROL, keyState("Create"))
        .chain(() -> throttle.take("passkey:enrol:" + user.id(), RATE))
        .chain(() -> room(caller, user))
        .chain(() -> passkeys.of(user.id()))
        .chain(present -> begin(caller, user, present))
        .onFailure()
        .call(failure -> trail.refused(caller, failure));
  }

  private Uni<Begun> begin(Caller caller, Principal.User user, List<Passkey> present) {
    // One holder to the authenticator, however many keys: the next one gets the handle of the
    // first.
    String handle =
        present.stream()
            .findFirst()
            .map(Passkey::userHandle)
            .orElseGet(() -> Base64Url.random(USER_HANDLE_BYTES, random));
    Enrolment enrolment = new Enrolment(user.id(), signIn(caller), challenges.next(), handle);
    return tickets
        .issue(Tickets.Kind.ENROLMENT, enrolment)
        .map(transaction -> new Begun(transaction, options(enrolment, user, present)));
  }

  private CreationOptions options(Enrolment enrolment, Principal.User user, List<Passkey> present) {
    String name = user.name() + "@" + user.accountId();
    return new CreationOptions(
        new CreationOptions.Site(site.id(), "Daypass"),
        new CreationOptions.Holder(enrolment.userHandle(), name, user.name()),
        enrolment.challenge(),
        WebAuthn.ALGORITHMS,
        Challenges.TIMEOUT.toMillis(),
        present.stream().map(Descriptor::of).toList(),
        new CreationOptions.Selection("preferred", false, "preferred"),
        "none");
  }

  /// Ends an enrolment; says the new device's serial number. What was begun is used up, whatever
  /// comes of it.
  public Uni<String> enrol(
      Caller caller, DeviceName name, String transaction, Attestation attestation) {
    Principal.User user = user(caller);
    String serialNumber = serialNumber(user, name);
    return permit(caller, ENROL, keyState("Activate"))
        .chain(() -> tickets.redeem(Tickets.Kind.ENROLMENT, transaction, Enrolment.class))
        .map(found -> found.filter(begun -> begun.userId().equals(user.id())))
        .map(found -> found.filter(begun -> begun.signIn().equals(signIn(caller))))
        .map(found -> found.flatMap(begun -> rules.made(attestation, begun, serialNumber)))
        .map(made -> made.orElseThrow(PasskeyActions::unproven))
        .chain(made -> add(caller, user, made))
        .onFailure()
        .call(failure -> trail.refused(caller, failure))
        .replaceWith(serialNumber);
  }

  private Uni<Void> add(Caller caller, Principal.User user, Passkey made) {
    return database.inAccount(
        caller.account(),
        () ->
            room(caller, user)
                .chain(() -> passkeys.find(made.credentialId()))
                .invoke(PasskeyActions::refuseKnown)
                .chain(
                    () ->
                        devices.addFido(
                            caller.account(),
                            made.serialNumber(),
                            user.id(),
                            caller.origin().time()))
                .chain(() -> passkeys.add(made))
                .chain(() -> trail.enrolled(caller, made.serialNumber())));
  }

  private static void refuseKnown(Optional<Passkey> known) {
    if (known.isPresent()) {
      throw ENTITY_ALREADY_EXISTS.error("MFA Device is already in use.");
    }
  }

  private Uni<Void> room(Caller caller, Principal.User user) {
    return devices
        .of(user.id())
        .invoke(present -> DeviceActions.refuseStale(caller, present))
        .invoke(DeviceActions::checkQuota)
        .replaceWithVoid();
  }

  /// The caller's own passkeys.
  public Uni<List<Shown>> list(Caller caller) {
    String userId = user(caller).id();
    return permit(caller, LIST, Context.EMPTY)
        .chain(() -> devices.of(userId))
        .chain(all -> passkeys.of(userId).map(own -> shown(all, own)))
        .call(() -> trail.listed(caller));
  }

  private static List<Shown> shown(List<Device> devices, List<Passkey> passkeys) {
    Map<String, Passkey> bySerial =
        passkeys.stream().collect(Collectors.toMap(Passkey::serialNumber, Function.identity()));
    return devices.stream()
        .flatMap(
            device ->
                Optional.ofNullable(bySerial.get(device.serialNumber()))
                    .map(passkey -> shown(device, passkey))
                    .stream())
        .toList();
  }

  private static Shown shown(Device device, Passkey passkey) {
    String serial = device.serialNumber();
    return new Shown(
        serial,
        serial.substring(serial.lastIndexOf('/') + 1, serial.lastIndexOf('-')),
        device.enabledAt().orElseThrow(),
        passkey.lastUsedAt(),
        passkey.transports(),
        passkey.backedUp());
  }

  private Uni<Void> permit(Caller caller, String permission, Context context) {
    return users
        .target(caller, Optional.empty())
        .map(target -> target.with(context))
        .chain((Target target) -> authorizer.require(caller, permission, target));
  }

  private static Context keyState(String state) {
    return Context.builder().put(REGISTER_KEY, state).build();
  }

  /// @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_MFADevice.html">Serial
  ///   numbers of FIDO security keys</a>
  private String serialNumber(Principal.User user, DeviceName name) {
    if (name.value().length() > LONGEST_NAME) {
      throw VALIDATION_ERROR.error("name must be at most " + LONGEST_NAME + " characters");
    }
    byte[] unique = new byte[SERIAL_BYTES];
    random.nextBytes(unique);
    String resource = "u2f/user/%s/%s-%s".formatted(user.name(), name, Base32.encode(unique));
    return Arn.iam(user.accountId(), resource).toString();
  }

  private static Principal.User user(Caller caller) {
    return caller.user().orElseThrow(() -> ACCESS_DENIED.error("Only users have passkeys."));
  }

  private static String signIn(Caller caller) {
    return caller.session().flatMap(Session::signIn).orElse("");
  }

  private static RuntimeException unproven() {
    return VALIDATION_ERROR.error("This is no new passkey for what was asked. Begin again.");
  }
}
