package dev.daypass.broker.passkeys;

import dev.daypass.broker.access.Origin;
import dev.daypass.broker.digests.Base64Url;
import dev.daypass.broker.mfa.Device;
import dev.daypass.broker.mfa.PostgresDevices;
import dev.daypass.broker.throttle.Throttle;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The one gate through which every assertion goes. Signatures are not guessed, so attempts are
/// counted by where they come from, to bound the work they make.
@Singleton
public final class Challenges {
  static final int CHALLENGE_BYTES = 32;
  static final Duration TIMEOUT = Duration.ofMinutes(5);
  private static final Throttle.Rate PER_SOURCE = new Throttle.Rate(100, Duration.ofSeconds(3));

  private final PostgresPasskeys passkeys;
  private final PostgresDevices devices;
  private final WebAuthn rules;
  private final RelyingParty site;
  private final Throttle throttle;
  private final SecureRandom random;

  Challenges(
      PostgresPasskeys passkeys,
      PostgresDevices devices,
      WebAuthn rules,
      RelyingParty site,
      Throttle throttle,
      SecureRandom random) {
    this.passkeys = passkeys;
    this.devices = devices;
    this.rules = rules;
    this.site = site;
    this.throttle = throttle;
    this.random = random;
  }

  /// Something to sign: 256 random bits.
  public String next() {
    return Base64Url.random(CHALLENGE_BYTES, random);
  }

  /// Takes one attempt of those that come from there; fails as [Throttle#take] does.
  public Uni<Void> throttle(Origin origin) {
    return throttle.take("passkey:source:" + origin.address(), PER_SOURCE);
  }

  /// How a user's passkeys are asked to sign, beside a password; absent where there is none.
  public Uni<Optional<RequestOptions>> secondFactor(String userId, String challenge) {
    return passkeys
        .of(userId)
        .map(all -> all.stream().map(Descriptor::of).toList())
        .map(
            all ->
                all.isEmpty()
                    ? Optional.empty()
                    : Optional.of(options(challenge, all, "preferred")));
  }

  /// How any passkey is asked to sign in place of a password. It says nothing about who there is.
  public RequestOptions alone(String challenge) {
    return options(challenge, List.of(), "required");
  }

  private RequestOptions options(
      String challenge, List<Descriptor> allowed, String userVerification) {
    return new RequestOptions(challenge, site.id(), TIMEOUT.toMillis(), allowed, userVerification);
  }

  /// Uses up an assertion of a passkey of this user; absent where it is none.
  public Uni<Optional<Device>> use(
      Origin origin, Assertion assertion, String challenge, String userId) {
    return throttle(origin)
        .chain(() -> find(assertion))
        .map(found -> found.filter(owned -> owned.isOf(userId)))
        .chain(found -> use(origin, found, is -> proven(assertion, challenge, is, false)));
  }

  /// Uses up an assertion that stands in for a password: of a passkey that knows its user, made
  /// with the person verified. Absent where it is none.
  public Uni<Optional<Device>> useAlone(Origin origin, Assertion assertion, String challenge) {
    return throttle(origin)
        .chain(() -> find(assertion))
        .map(found -> found.filter(_ -> assertion.userHandle().isPresent()))
        .chain(found -> use(origin, found, is -> proven(assertion, challenge, is, true)));
  }

  private Optional<WebAuthn.Proven> proven(
      Assertion assertion, String challenge, Passkey passkey, boolean verified) {
    return assertion.userHandle().map(passkey.userHandle()::equals).orElse(true)
        ? rules.proven(assertion, challenge, passkey, verified)
        : Optional.empty();
  }

  private record Owned(Passkey passkey, Device device) {
    boolean isOf(String userId) {
      return device.userId().filter(userId::equals).isPresent();
    }
  }

  private Uni<Optional<Owned>> find(Assertion assertion) {
    if (!WebAuthn.isCredentialId(assertion.id())) {
      return Uni.createFrom().item(Optional.empty());
    }
    return passkeys
        .find(assertion.id())
        .chain(
            found ->
                found
                    .map(passkey -> devices.bySerialNumber(passkey.serialNumber()))
                    .orElseGet(() -> Uni.createFrom().item(Optional.empty()))
                    .map(device -> device.map(is -> new Owned(found.orElseThrow(), is))));
  }

  private Uni<Optional<Device>> use(
      Origin origin, Optional<Owned> found, Function<Passkey, Optional<WebAuthn.Proven>> check) {
    Optional<WebAuthn.Proven> proven = found.map(Owned::passkey).flatMap(check);
    if (proven.isEmpty()) {
      return Uni.createFrom().item(Optional.empty());
    }
    Owned owned = found.orElseThrow();
    WebAuthn.Proven told = proven.get();
    return passkeys
        .use(owned.passkey().serialNumber(), told.signCount(), told.backedUp(), origin.time())
        .map(used -> Optional.of(owned.device()).filter(_ -> used));
  }
}
