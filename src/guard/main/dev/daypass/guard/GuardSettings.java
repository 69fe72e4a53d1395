package dev.daypass.guard;

import dev.daypass.wire.sigv4.RequestSigner;
import dev.daypass.wire.sigv4.SignedService;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// What a guard needs to know. Begin with [#of], and change what is not as usual.
///
/// @param broker where the broker is: `https://…`, or `http://` on this machine
/// @param credentials the guard's own access key, asked for each time, so that it may change
/// @param service the name that clients sign for, such as `orders`
/// @param region the region that clients sign for
/// @param hosts what the `Host` header may say; empty where that does not matter
/// @param unsignedPayload whether bodies may be left out of signatures, `UNSIGNED-PAYLOAD`
/// @param longestBody the most bytes of a body that are read before it is refused
/// @param grace how long after the broker was last heard of what is kept still counts while the
///   broker cannot be reached; from 2 seconds to 5 minutes
/// @param mostKept the most lent keys that are kept
/// @param mostQuestions the most questions to the broker in a second
/// @param bearer whose bearer tokens are taken, if any
/// @param plainHttp whether a broker that is not on this machine may be spoken to without TLS
public record GuardSettings(
    URI broker,
    Supplier<RequestSigner> credentials,
    String service,
    String region,
    Set<String> hosts,
    boolean unsignedPayload,
    int longestBody,
    Duration grace,
    int mostKept,
    int mostQuestions,
    Optional<BearerIssuer> bearer,
    boolean plainHttp) {
  private static final Duration SHORTEST_GRACE = Duration.ofSeconds(2);
  private static final Duration LONGEST_GRACE = Duration.ofMinutes(5);
  private static final int USUAL_BODY = 1 << 20;
  private static final int LONGEST_BODY = 1 << 30;
  private static final int USUALLY_KEPT = 10_000;
  private static final int USUAL_QUESTIONS = 200;

  /// Fails with `IllegalArgumentException` for what would be unsafe or senseless.
  public GuardSettings {
    hosts = Set.copyOf(hosts);
    refuse(!isTrustworthy(broker) && !plainHttp, "a broker elsewhere is spoken to over https");
    refuse(!broker.getRawPath().matches("/?"), "the broker's address has no path");
    refuse(!service.matches("[a-z0-9-]{1,64}"), "a service's name is of a-z, 0-9 and -");
    refuse(!region.matches("[a-z0-9-]{1,64}"), "a region's name is of a-z, 0-9 and -");
    refuse(
        grace.compareTo(SHORTEST_GRACE) < 0 || grace.compareTo(LONGEST_GRACE) > 0,
        "a grace is from 2 seconds to 5 minutes");
    refuse(
        longestBody < 0 || longestBody > LONGEST_BODY || mostKept < 1 || mostQuestions < 1,
        "a limit is a positive number, and a body at most 1 GiB");
    bearer.ifPresent(
        issuer -> refuse(!isTrustworthy(issuer.keys()) && !plainHttp, "keys are read over https"));
  }

  private static void refuse(boolean wrong, String why) {
    if (wrong) {
      throw new IllegalArgumentException(why);
    }
  }

  private static boolean isTrustworthy(URI address) {
    String host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
    boolean here =
        host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
    return "https".equals(address.getScheme()) || ("http".equals(address.getScheme()) && here);
  }

  /// The usual settings: signed bodies of at most 1 MiB, two seconds of grace, 10,000 keys kept,
  /// 200 questions a second, and no bearer tokens.
  public static GuardSettings of(
      URI broker, Supplier<RequestSigner> credentials, String service, String region) {
    return new GuardSettings(
        broker,
        credentials,
        service,
        region,
        Set.of(),
        false,
        USUAL_BODY,
        SHORTEST_GRACE,
        USUALLY_KEPT,
        USUAL_QUESTIONS,
        Optional.empty(),
        false);
  }

  /// The same, for requests to these hosts alone, as `Host` has them: with the port, if not usual.
  public GuardSettings withHosts(Set<String> only) {
    return new GuardSettings(
        broker,
        credentials,
        service,
        region,
        only,
        unsignedPayload,
        longestBody,
        grace,
        mostKept,
        mostQuestions,
        bearer,
        plainHttp);
  }

  /// The same, taking signatures that leave out the body.
  public GuardSettings withUnsignedPayload() {
    return new GuardSettings(
        broker,
        credentials,
        service,
        region,
        hosts,
        true,
        longestBody,
        grace,
        mostKept,
        mostQuestions,
        bearer,
        plainHttp);
  }

  /// The same, reading bodies of at most so many bytes.
  public GuardSettings withLongestBody(int bytes) {
    return new GuardSettings(
        broker,
        credentials,
        service,
        region,
        hosts,
        unsignedPayload,
        bytes,
        grace,
        mostKept,
        mostQuestions,
        bearer,
        plainHttp);
  }

  /// The same with another grace.
  public GuardSettings withGrace(Duration other) {
    return new GuardSettings(
        broker,
        credentials,
        service,
        region,
        hosts,
        unsignedPayload,
        longestBody,
        other,
        mostKept,
        mostQuestions,
        bearer,
        plainHttp);
  }

  /// The same within other bounds.
  public GuardSettings withMost(int kept, int questions) {
    return new GuardSettings(
        broker,
        credentials,
        service,
        region,
        hosts,
        unsignedPayload,
        longestBody,
        grace,
        kept,
        questions,
        bearer,
        plainHttp);
  }

  /// The same, taking this issuer's bearer tokens.
  public GuardSettings withBearer(BearerIssuer issuer) {
    return new GuardSettings(
        broker,
        credentials,
        service,
        region,
        hosts,
        unsignedPayload,
        longestBody,
        grace,
        mostKept,
        mostQuestions,
        Optional.of(issuer),
        plainHttp);
  }

  /// The same, speaking to the broker without TLS wherever it is: whoever is in between can make
  /// the guard believe anything.
  public GuardSettings withPlainHttp() {
    return new GuardSettings(
        broker,
        credentials,
        service,
        region,
        hosts,
        unsignedPayload,
        longestBody,
        grace,
        mostKept,
        mostQuestions,
        bearer,
        true);
  }

  SignedService signed() {
    return new SignedService(service, Optional.of(region), unsignedPayload);
  }
}
