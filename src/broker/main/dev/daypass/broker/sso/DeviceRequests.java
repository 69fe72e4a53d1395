package dev.daypass.broker.sso;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Origin;
import dev.daypass.broker.digests.Base64Url;
import dev.daypass.broker.publicurl.PublicUrl;
import dev.daypass.broker.signin.SignInFacts;
import dev.daypass.broker.throttle.Throttle;
import dev.daypass.broker.tickets.Tickets;
import dev.daypass.broker.tickets.Tickets.Kind;
import dev.daypass.wire.Secret;
import dev.daypass.wire.ssooidc.SsoOidcError;
import dev.daypass.wire.ssooidc.StartDeviceAuthorization;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// Devices without a browser, and the people who answer them in one (RFC 8628).
@Singleton
public final class DeviceRequests {
  /// Where people answer.
  public static final String PAGE = "/device";

  static final Duration LASTS = Kind.DEVICE_CODE.lifetime();

  private static final int INTERVAL_SECONDS = 1;
  private static final Throttle.Rate PER_SOURCE = new Throttle.Rate(100, Duration.ofSeconds(3));

  /// A guess is right once in 25 billion times the number of devices that wait.
  private static final Throttle.Rate PER_USER = new Throttle.Rate(20, Duration.ofSeconds(30));

  /// Letters that are not mistaken for others, and make no words (RFC 8628 §6.1).
  private static final String ALPHABET = "BCDFGHJKLMNPQRSTVWXZ";

  private static final int CODE_LENGTH = 8;
  private static final int DEVICE_CODE_BYTES = 24;
  private static final int LONGEST_USER_AGENT = 120;

  private final Tickets tickets;
  private final Throttle throttle;
  private final PublicUrl url;
  private final SecureRandom random;
  private final Consents consents;

  DeviceRequests(
      Tickets tickets, Throttle throttle, PublicUrl url, SecureRandom random, Consents consents) {
    this.tickets = tickets;
    this.throttle = throttle;
    this.url = url;
    this.random = random;
    this.consents = consents;
  }

  /// Begins to wait; fails as [Throttle#take] does where too many begin from one place.
  Uni<StartDeviceAuthorization.Result> begin(Client client, Origin origin) {
    String agent = origin.userAgent();
    DeviceRequest request =
        new DeviceRequest(
            Base64Url.random(DEVICE_CODE_BYTES, random),
            client.id(),
            client.name(),
            client.opensApi(),
            origin.address(),
            agent.substring(0, Math.min(agent.length(), LONGEST_USER_AGENT)),
            origin.time().getEpochSecond());
    return throttle
        .take("device:source:" + origin.address(), PER_SOURCE)
        .chain(() -> tickets.keep(Kind.DEVICE_CODE, request.deviceCode(), request))
        .chain(() -> named(request))
        .map(code -> result(request, code));
  }

  /// Under a code that no other device has at the time.
  private Uni<String> named(DeviceRequest request) {
    StringBuilder code = new StringBuilder();
    for (int i = 0; i < CODE_LENGTH; i++) {
      code.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return tickets
        .keep(Kind.USER_CODE, code.toString(), request)
        .chain(kept -> kept ? Uni.createFrom().item(code.toString()) : named(request));
  }

  private StartDeviceAuthorization.Result result(DeviceRequest request, String code) {
    String shown = shown(code);
    String page = url.origin() + PAGE;
    return new StartDeviceAuthorization.Result(
        Secret.of(request.deviceCode()),
        shown,
        page,
        page + "?user_code=" + shown,
        (int) LASTS.toSeconds(),
        INTERVAL_SECONDS);
  }

  /// A code as people read it: `BCDF-GHJK`.
  public static String shown(String code) {
    int half = CODE_LENGTH / 2;
    return code.substring(0, half) + "-" + code.substring(half);
  }

  /// A code as people type it; absent where it can be none.
  public static Optional<String> typed(String text) {
    String code = text.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
    boolean right =
        code.length() == CODE_LENGTH
            && code.chars().allMatch(letter -> ALPHABET.indexOf(letter) >= 0);
    return right ? Optional.of(code) : Optional.empty();
  }

  /// The device that shows this code; fails as [Throttle#take] does where a person tries too many.
  public Uni<Optional<DeviceRequest>> find(Caller caller, String code) {
    return throttle
        .take("device:user:" + SignInFacts.of(caller).userId(), PER_USER)
        .chain(() -> tickets.find(Kind.USER_CODE, code, DeviceRequest.class))
        .map(found -> found.filter(request -> request.isOf(caller.origin().time())));
  }

  /// Answers the device that shows this code, once: absent where there is none any more.
  ///
  /// @param allow whether it may go on in the caller's name
  public Uni<Optional<DeviceRequest>> answer(Caller caller, String code, boolean allow) {
    return find(caller, code)
        .chain(
            found ->
                found.isEmpty()
                    ? Uni.createFrom().item(Optional.<DeviceRequest>empty())
                    : tickets.take(Kind.USER_CODE, code, DeviceRequest.class))
        .call(
            found ->
                found
                    .map(request -> answer(caller, request, allow))
                    .orElseGet(() -> Uni.createFrom().voidItem()));
  }

  private Uni<Void> answer(Caller caller, DeviceRequest request, boolean allow) {
    Optional<SignInFacts> signIn = Optional.of(SignInFacts.of(caller)).filter(_ -> allow);
    DeviceAnswer answer = DeviceAnswer.of(signIn, request.everything());
    return consents
        .record(
            caller,
            new Consents.Asked(request.clientName(), Client.DEVICE_CODE, request.everything()),
            allow)
        .chain(() -> tickets.keep(Kind.DEVICE_ANSWER, request.deviceCode(), answer))
        .replaceWithVoid();
  }

  /// What the person answered the device; fails with what RFC 8628 §3.5 has for it to go on
  /// waiting, or to give up. Of many who ask at once one has the answer.
  Uni<SignInFacts> poll(Client client, String deviceCode, Instant now) {
    return tickets
        .find(Kind.DEVICE_CODE, deviceCode, DeviceRequest.class)
        .invoke(found -> refuse(found, client, now))
        .chain(() -> tickets.claim(Kind.DEVICE_POLL, deviceCode))
        .invoke(
            inTime -> {
              if (!inTime) {
                throw SsoOidcError.SLOW_DOWN.error("Wait a second before you ask again.");
              }
            })
        .chain(() -> tickets.take(Kind.DEVICE_ANSWER, deviceCode, DeviceAnswer.class))
        .map(
            answer ->
                answer.orElseThrow(
                    () -> SsoOidcError.AUTHORIZATION_PENDING.error("Nobody has answered yet.")))
        .call(() -> tickets.take(Kind.DEVICE_CODE, deviceCode, DeviceRequest.class))
        .map(
            answer ->
                answer
                    // Nobody has more than the page said.
                    .facts()
                    .filter(_ -> answer.everything() == client.opensApi())
                    .orElseThrow(() -> SsoOidcError.ACCESS_DENIED.error("The person refused.")));
  }

  private static void refuse(Optional<DeviceRequest> found, Client client, Instant now) {
    DeviceRequest request =
        found
            .filter(is -> is.isOf(now))
            .orElseThrow(
                () ->
                    SsoOidcError.EXPIRED_TOKEN.error("The device code has expired, or was used."));
    if (!request.clientId().equals(client.id())) {
      throw SsoOidcError.INVALID_GRANT.error("The device code is another tool's.");
    }
  }
}
