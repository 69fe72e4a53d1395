package dev.daypass.broker.webidentity;

import static dev.daypass.wire.ErrorCode.EXPIRED_WEB_IDENTITY_TOKEN;
import static dev.daypass.wire.ErrorCode.INVALID_IDENTITY_TOKEN;

import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;

/// What a token of an identity provider claims about somebody. Whether it is true is the
/// signature's to say.
record IdentityClaims(JWTClaimsSet all) {
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);
  private static final int LONGEST_SUBJECT = 255;
  private static final int MOST_AUDIENCES = 10;

  /// `iss`, exactly as it is written.
  String issuer() {
    return Optional.ofNullable(all.getIssuer()).orElseThrow(() -> missing("iss"));
  }

  String subject() {
    String subject = Optional.ofNullable(all.getSubject()).orElseThrow(() -> missing("sub"));
    boolean proper =
        !subject.isEmpty()
            && subject.length() <= LONGEST_SUBJECT
            && subject.chars().noneMatch(Character::isISOControl);
    if (!proper) {
      throw INVALID_IDENTITY_TOKEN.error("The subject of the token is not as it should be");
    }
    return subject;
  }

  /// `aud`, every one of which must be known to the provider: a token that is meant for others too
  /// can be sent by them.
  List<String> audience(List<String> clientIds) {
    List<String> audience = all.getAudience();
    if (audience.isEmpty()) {
      throw missing("aud");
    }
    if (audience.size() > MOST_AUDIENCES || !clientIds.containsAll(audience)) {
      throw INVALID_IDENTITY_TOKEN.error("Incorrect token audience");
    }
    return audience;
  }

  /// Fails unless the token lives at this instant.
  void checkTime(Instant now) {
    Instant expires = time(all.getExpirationTime()).orElseThrow(() -> missing("exp"));
    if (!now.isBefore(expires)) {
      throw EXPIRED_WEB_IDENTITY_TOKEN.error(
          "Token expired: current date/time %d must be before the expiration date/time %d"
              .formatted(now.getEpochSecond(), expires.getEpochSecond()));
    }
    Instant latest = now.plus(CLOCK_SKEW);
    boolean early =
        time(all.getNotBeforeTime()).filter(latest::isBefore).isPresent()
            || time(all.getIssueTime()).filter(latest::isBefore).isPresent();
    if (early) {
      throw INVALID_IDENTITY_TOKEN.error("The token is not valid yet");
    }
  }

  private static Optional<Instant> time(@org.jspecify.annotations.Nullable Date date) {
    return Optional.ofNullable(date).map(Date::toInstant);
  }

  private static RuntimeException missing(String claim) {
    return INVALID_IDENTITY_TOKEN.error("Missing a required claim: " + claim);
  }
}
